import GRDB

/// The schema's history: one line a file of `migrations/`, in order.
///
/// Landed files are never edited.
enum Migrations {
  static let all: [(name: String, sql: [UInt8])] = [
    ("0001-create-call", PackageResources._001_create_call_sql),
    ("0002-create-import-ledger", PackageResources._002_create_import_ledger_sql),
    ("0003-create-usage-sum", PackageResources._003_create_usage_sum_sql),
    ("0004-create-usage-bucket", PackageResources._004_create_usage_bucket_sql),
    ("0005-create-llm-call-view", PackageResources._005_create_llm_call_view_sql),
    ("0006-create-call-column", PackageResources._006_create_call_column_sql),
    ("0007-create-call-telling", PackageResources._007_create_call_telling_sql),
    ("0008-create-bucket-telling", PackageResources._008_create_bucket_telling_sql),
    ("0009-create-price-book", PackageResources._009_create_price_book_sql),
    ("0010-pack-more-columns", PackageResources._010_pack_more_columns_sql),
    ("0011-create-closing", PackageResources._011_create_closing_sql),
    ("0012-pack-what-prices-read", PackageResources._012_pack_what_prices_read_sql),
  ]

  /// Marks the file as ours in its header: "fore".
  static let applicationID = 0x666F_7265

  /// Brings the schema up to date, each file in a transaction of its own.
  ///
  /// - Parameter last: number of the last one to apply, for tests of older databases.
  static func apply(to writer: some DatabaseWriter, upTo last: Int = all.count) throws {
    var migrator = DatabaseMigrator()
    for (index, migration) in all.prefix(last).enumerated() {
      migrator.registerMigration(migration.name) { db in
        try db.execute(sql: String(decoding: migration.sql, as: UTF8.self))
        try db.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    try migrator.migrate(writer)
  }
}
