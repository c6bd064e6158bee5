import GRDB
import Tables

/// Holds what is derived from calls against them, an hour at a time: the sums and the packed columns.
final class HourCheck {
  private let stored: StoredHours
  private let packed: PackedCalls
  private let selectSums: Statement
  private let highestName: Int64
  private var day: Int64 = -1
  private var daySums = UsageSums()

  private var calls: Int64 = 0
  /// Hours and days whose sums differ from their calls.
  private var wrongSums: [String] = []
  private var wrongColumns: [String] = []
  private var unpackedHours = 0
  private var namelessCalls = 0
  private var missingNames = 0
  /// Hours and days that were summed, to find sums that no call stands behind.
  private var buckets = 0

  private let db: Database

  init(_ db: Database) throws {
    self.db = db
    stored = try StoredHours(db)
    packed = try PackedCalls(db)
    let amounts = UsageAmount.summed.map(\.rawValue).joined(separator: ", ")
    selectSums = try Statement(
      "SELECT dimension, value, \(amounts) FROM usage_sum WHERE dimension = ?1 AND grain = ?2 AND bucket = ?3",
      on: db)
    highestName = try Int64.fetchOne(db, sql: "SELECT COALESCE(MAX(id), 0) FROM name") ?? 0
  }

  var findings: [Doctor.Finding] {
    let rebuild = "forensics doctor --rebuild"
    let hours = unpackedHours == 1 ? "1 hour" : "\(unpackedHours) hours"
    return [
      Doctor.Finding(
        check: "names", isSound: namelessCalls == 0 && missingNames == 0,
        detail: namelessCalls > 0
          ? "\(namelessCalls) calls have a code without a name"
          : missingNames > 0 ? "\(missingNames) names are missing" : "every code has its name",
        remedy: namelessCalls == 0 && missingNames == 0
          ? "" : "import the logs into a new database"),
      Doctor.Finding(
        check: "sums", isSound: wrongSums.isEmpty,
        detail: wrongSums.isEmpty
          ? "equal to the \(calls) calls they stand for" : "wrong: \(Self.listed(wrongSums))",
        remedy: wrongSums.isEmpty ? "" : rebuild),
      Doctor.Finding(
        check: "columns", isSound: wrongColumns.isEmpty,
        detail: wrongColumns.isEmpty
          ? "equal to the calls"
            + (unpackedHours == 0 ? "" : "; \(hours) not packed yet: slower, not wrong")
          : "wrong: \(Self.listed(wrongColumns))",
        remedy: wrongColumns.isEmpty ? "" : rebuild),
    ]
  }

  private static func listed(_ places: [String]) -> String {
    places.prefix(3).joined(separator: ", ")
      + (places.count > 3 ? " and \(places.count - 3) more" : "")
  }

  func check(_ hour: Int64) throws {
    if hour / 24 != day { try finishDay() }
    day = hour / 24
    var sums = UsageSums()
    var fingerprint: UInt64 = 0
    try stored.eachBatch(of: hour) { batch in
      for row in 0..<batch.count {
        sums.add(batch, row)
        fingerprint &+= Self.fingerprint { batch[row, $0.column] }
        if isNameless(batch, row) { namelessCalls += 1 }
      }
      calls += Int64(batch.count)
    }
    try compare(sums, grain: 1, bucket: hour)
    daySums.add(sums)
    try compareColumns(hour, fingerprint)
  }

  /// Behind the last hour: the last day, and sums of hours and days without calls.
  func finish() throws {
    try finishDay()
    let sums = try count("SELECT COUNT(*) FROM (SELECT DISTINCT grain, bucket FROM usage_sum)")
    if sums != buckets { wrongSums.append("\(abs(sums - buckets)) that no call stands behind") }
    let parts = try count(
      """
      SELECT (SELECT COUNT(*) FROM call_part AS p WHERE NOT EXISTS (
          SELECT 1 FROM call WHERE call.hour = p.hour))
        + (SELECT COUNT(*) FROM call_column AS c WHERE NOT EXISTS (
          SELECT 1 FROM call_part AS p WHERE p.hour = c.hour AND p.part = c.part))
      """)
    if parts > 0 { wrongColumns.append("\(parts) that no call stands behind") }
    // Names are numbered without gaps.
    missingNames = try count("SELECT COALESCE(MAX(id), 0) - COUNT(*) FROM name")
  }

  private func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }

  private func finishDay() throws {
    guard day >= 0 else { return }
    daySums.addDays()
    try compare(daySums, grain: 24, bucket: day)
    daySums.removeAll()
  }

  private func compare(_ sums: UsageSums, grain: Int64, bucket: Int64) throws {
    var rows = 0
    buckets += 1
    for dimension in SumDimension.allCases {
      selectSums.reset()
      selectSums.bind(0, dimension.rawValue)
      selectSums.bind(1, grain)
      selectSums.bind(2, bucket)
      while try selectSums.next() {
        rows += 1
        let key = UsageSums.Key(
          dimension: dimension.rawValue, grain: grain, bucket: bucket, value: selectSums.int(1) ?? 0
        )
        let values = UsageAmount.summed.indices.map { selectSums.int($0 + 2) ?? 0 }
        if sums[key]?.values != values { return note(&wrongSums, grain, bucket) }
      }
    }
    if rows != sums.keys.count(where: { $0.grain == grain }) { note(&wrongSums, grain, bucket) }
  }

  private func note(_ list: inout [String], _ grain: Int64, _ bucket: Int64) {
    let start = ClockTime(bucket &* grain &* hourLength).rfc3339
    list.append(grain == 1 ? String(start.prefix(13)) : String(start.prefix(10)))
  }

  private func isNameless(_ calls: CodedCalls, _ row: Int) -> Bool {
    let coded: [CallColumn] = [.tenant, .feature, .model, .deploy, .channel, .workspace, .kind]
    return coded.contains { calls[row, $0] > highestName }
  }

  private func compareColumns(_ hour: Int64, _ fingerprint: UInt64) throws {
    guard try packed.isPacked(hour) else {
      unpackedHours += 1
      return
    }
    var told: UInt64 = 0
    do {
      try packed.eachPart(in: hour...hour) { _ in
        let columns = try ScanColumn.allCases.map { try packed.values(of: $0) }
        for row in 0..<packed.count { told &+= Self.fingerprint { columns[$0.rawValue][row] } }
      }
    } catch StoreError.damagedColumns {
      told = ~fingerprint
    }
    if told != fingerprint { note(&wrongColumns, 1, hour) }
  }

  /// A call's columns as one number; added up over calls, their order does not matter.
  private static func fingerprint(_ value: (ScanColumn) -> Int64) -> UInt64 {
    var hash: UInt64 = 0
    for column in ScanColumn.allCases {
      hash = (hash ^ UInt64(bitPattern: value(column))) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }
}
