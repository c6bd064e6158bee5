import GRDB

/// The table `usage_sum` as those who write it see it: additions, and a day made anew.
struct StoredSums {
  private let add: Statement
  private let dropEmpty: Statement
  private let forgetBuckets: Statement

  init(_ db: Database) throws {
    let amounts = UsageAmount.summed.map(\.rawValue)
    add = try Statement(
      """
      INSERT INTO usage_sum (dimension, grain, bucket, value, \(amounts.joined(separator: ", ")))
      VALUES (\((1...(4 + amounts.count)).map { "?\($0)" }.joined(separator: ", ")))
      ON CONFLICT (dimension, grain, bucket, value) DO UPDATE SET
        \(amounts.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", "))
      """, on: db)
    dropEmpty = try Statement(
      """
      DELETE FROM usage_sum WHERE dimension = ?1 AND grain = ?2 AND bucket = ?3 AND value = ?4
        AND calls = 0 AND extra_calls = 0
      """, on: db)
    forgetBuckets = try Statement(
      """
      DELETE FROM usage_sum
      WHERE dimension = ?1 AND grain = ?2 AND bucket >= ?3 AND bucket < ?4
      """, on: db)
  }

  /// Adds to what is there; a sum that no call is left of goes.
  func write(_ sums: UsageSums) throws {
    for (key, amounts) in zip(sums.keys, sums.amounts) where !amounts.isZero {
      bind(key, to: add)
      for (index, value) in amounts.values.enumerated() { add.bind(4 + index, value) }
      try add.run()
      if amounts.calls < 0 || amounts.extraCalls < 0 {
        bind(key, to: dropEmpty)
        try dropEmpty.run()
      }
    }
  }

  /// Forgets the sums of a day and of its hours.
  func forget(day: Int64) throws {
    // Every dimension there ever was, those no longer kept included.
    for dimension in 0...8 as ClosedRange<Int64> {
      try forgetBuckets.run([dimension, 1, day * 24, day * 24 + 24])
      try forgetBuckets.run([dimension, 24, day, day + 1])
    }
  }

  private func bind(_ key: UsageSums.Key, to statement: Statement) {
    statement.bind(0, key.dimension)
    statement.bind(1, key.grain)
    statement.bind(2, key.bucket)
    statement.bind(3, key.value)
  }
}
