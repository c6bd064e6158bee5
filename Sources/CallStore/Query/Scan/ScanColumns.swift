import GRDB

/// The columns of the part at hand, as a scan needs them: codes, numbers, and each call's share in an amount.
final class ScanColumns {
  let calls: PackedCalls
  /// What `share` and `numbers` write: one value for each of the rows asked for.
  let values = ScanBuffer<Int64>()
  let places = ScanBuffer<Int32>()
  private let others = ScanBuffer<Int64>()

  init(_ db: Database) throws { calls = try PackedCalls(db) }

  /// Calls in the part.
  var count: Int { calls.count }

  /// Makes room for the part.
  func reserve() {
    values.reserve(count)
    places.reserve(count)
    others.reserve(count)
  }

  /// Writes each call's share in an amount into `values`.
  func share(of amount: UsageAmount, _ rows: ScanRows) throws {
    let out = values.start
    switch amount {
    case .calls: try flag(rows, isExtra: false)
    case .extraCalls: try flag(rows, isExtra: true)
    case .pricedCalls, .pricedExtraCalls:
      try flag(rows, isExtra: amount == .pricedExtraCalls)
      if try calls.nulls(in: .costNanos) == .none { return }
      try numbers(.costNanos, rows, into: others)
      for row in 0..<rows.count where others.start[row] == CodedCalls.null { out[row] = 0 }
    case .callsWithoutUsage:
      if try calls.nulls(in: .costNanos) == .none { return fill(rows, 0) }
      try numbers(.costNanos, rows, into: others)
      try numbers(.inputTokens, rows, into: values)
      for row in 0..<rows.count {
        out[row] = out[row] == CodedCalls.null && others.start[row] == CodedCalls.null ? 1 : 0
      }
    case .errors: try errors(rows)
    case .inputTokens: try amounts(.inputTokens, rows)
    case .cacheCreateTokens: try amounts(.cacheCreateTokens, rows)
    case .cacheCreate1hTokens: try amounts(.cacheCreate1hTokens, rows)
    case .cacheReadTokens: try amounts(.cacheReadTokens, rows)
    case .outputTokens: try amounts(.outputTokens, rows)
    case .webSearchRequests: try amounts(.webSearchRequests, rows)
    case .cost: try amounts(.costNanos, rows)
    case .latency: try amounts(.latencyMs, rows)
    case .latencyCalls:
      if try calls.nulls(in: .latencyMs) == .none { return fill(rows, 1) }
      try numbers(.latencyMs, rows, into: values)
      for row in 0..<rows.count { out[row] = out[row] == CodedCalls.null ? 0 : 1 }
    case .unpricedTokens: try unpricedTokens(rows)
    case .coveredCalls, .coveredCost: try covered(rows, counts: amount == .coveredCalls)
    case .listCost:
      try amounts(.costNanos, rows)
      if try calls.bytes(.listCostNanos) == nil { return }
      try numbers(.listCostNanos, rows, into: others)
      for row in 0..<rows.count where others.start[row] != CodedCalls.null {
        out[row] = others.start[row]
      }
    case .promptTokens:
      fill(rows, 0)
      for column in [ScanColumn.inputTokens, .cacheCreateTokens, .cacheReadTokens] {
        try numbers(column, rows, into: others)
        for row in 0..<rows.count { values.start[row] &+= max(others.start[row], 0) }
      }
    case .sharedTokens: try shared(rows)
    case .addedTokens:
      try amounts(.cacheCreateTokens, rows)
      try numbers(.cacheReadTokens, rows, into: others)
      for row in 0..<rows.count where others.start[row] <= 0 { out[row] = 0 }
    case .firstToken: try amounts(.ttftMs, rows)
    case .firstTokenCalls:
      try numbers(.ttftMs, rows, into: values)
      for row in 0..<rows.count { out[row] = out[row] == CodedCalls.null ? 0 : 1 }
    case .followingCalls, .resentTokens, .grownCalls, .waitMs: fill(rows, 0)
    case .retryCalls: try retries(rows)
    case .retryCost, .supersededCost: try amounts(.costNanos, rows)
    case .callsWithoutTenant: try missing(.tenant, rows)
    case .callsWithoutFeature: try missing(.feature, rows)
    case .callsWithoutPrompt: try missing(.prompt, rows)
    case .smallestPrompt, .largestPrompt: try measure(.promptTokens, rows)
    case .largestOutput: try measure(.outputTokens, rows)
    case .longestLatency: try measure(.latency, rows)
    case .firstAt, .lastAt: try numbers(.occurredAt, rows, into: values)
    case .peakCalls:
      try numbers(.occurredAt, rows, into: values)
      guard let kinds = try codes(.kind) else { return }
      kinds.read(rows, into: places.start)
      for row in 0..<rows.count where places.start[row] != 0 { out[row] = CodedCalls.null }
    }
  }

  /// Writes what single calls show into `values`; NULL where it was not told, and for hidden iterations.
  func measure(_ measure: UsagePercentile.Measure, _ rows: ScanRows) throws {
    switch measure {
    case .promptTokens:
      try share(of: .promptTokens, rows)
      if try calls.nulls(in: .inputTokens) != .none {
        try numbers(.inputTokens, rows, into: others)
        for row in 0..<rows.count where others.start[row] == CodedCalls.null {
          values.start[row] = CodedCalls.null
        }
      }
    case .outputTokens: try numbers(.outputTokens, rows, into: values)
    case .cost: try numbers(.costNanos, rows, into: values)
    case .latency: try numbers(.latencyMs, rows, into: values)
    case .firstToken: try numbers(.ttftMs, rows, into: values)
    }
    guard let kinds = try codes(.kind) else { return }
    kinds.read(rows, into: places.start)
    for row in 0..<rows.count where places.start[row] != 0 { values.start[row] = CodedCalls.null }
  }

  private func shared(_ rows: ScanRows) throws {
    try amounts(.inputTokens, rows)
    for column in [ScanColumn.cacheCreateTokens, .cacheReadTokens] {
      try numbers(column, rows, into: others)
      for row in 0..<rows.count where others.start[row] > 0 {
        values.start[row] = others.start[row]
      }
    }
  }

  /// Attempts after the first, as they are numbered.
  private func retries(_ rows: ScanRows) throws {
    guard try values(of: .attempt, rows, into: values) else { return fill(rows, 0) }
    for row in 0..<rows.count { values.start[row] = values.start[row] > 1 ? 1 : 0 }
    guard let kinds = try codes(.kind) else { return }
    kinds.read(rows, into: places.start)
    for row in 0..<rows.count where places.start[row] != 0 { values.start[row] = 0 }
  }

  private func unpricedTokens(_ rows: ScanRows) throws {
    fill(rows, 0)
    if try calls.nulls(in: .costNanos) == .none { return }
    for column in [
      ScanColumn.inputTokens, .cacheCreateTokens, .cacheReadTokens, .outputTokens,
    ] {
      try numbers(column, rows, into: others)
      for row in 0..<rows.count { values.start[row] &+= max(others.start[row], 0) }
    }
    for column in [ScanColumn.costNanos, .listCostNanos] {
      try numbers(column, rows, into: others)
      for row in 0..<rows.count where others.start[row] != CodedCalls.null {
        values.start[row] = 0
      }
    }
  }

  /// Calls that have a list price and no cost, or that list price.
  private func covered(_ rows: ScanRows, counts: Bool) throws {
    if try calls.bytes(.listCostNanos) == nil { return fill(rows, 0) }
    try numbers(.listCostNanos, rows, into: values)
    try numbers(.costNanos, rows, into: others)
    for row in 0..<rows.count {
      let isCovered =
        others.start[row] == CodedCalls.null && values.start[row] != CodedCalls.null
      values.start[row] = isCovered ? (counts ? 1 : values.start[row]) : 0
    }
  }

  func amounts(_ column: ScanColumn, _ rows: ScanRows) throws {
    try numbers(column, rows, into: values)
    for row in 0..<rows.count { values.start[row] = max(values.start[row], 0) }
  }

  /// 1 for the caller's calls, or for the hidden ones inside.
  func flag(_ rows: ScanRows, isExtra: Bool) throws {
    guard let kinds = try codes(.kind) else { return fill(rows, isExtra ? 0 : 1) }
    kinds.read(rows, into: places.start)
    for row in 0..<rows.count { values.start[row] = (places.start[row] != 0) == isExtra ? 1 : 0 }
  }

  func errors(_ rows: ScanRows) throws {
    guard let statuses = try codes(.statusCode) else { return fill(rows, 0) }
    statuses.read(rows, into: places.start)
    let isError = [Int64(0)] + (1...statuses.count).map { statuses.code($0) >= 400 ? 1 : 0 }
    for row in 0..<rows.count { values.start[row] = isError[Int(places.start[row])] }
  }

  /// 1 for the caller's calls that do not tell a column.
  private func missing(_ column: ScanColumn, _ rows: ScanRows) throws {
    try flag(rows, isExtra: false)
    guard let codes = try codes(column) else { return }
    codes.read(rows, into: places.start)
    for row in 0..<rows.count where places.start[row] != 0 { values.start[row] = 0 }
  }

  func fill(_ rows: ScanRows, _ value: Int64) {
    for row in 0..<rows.count { values.start[row] = value }
  }

  // MARK: - Columns

  func codes(_ column: ScanColumn) throws -> UnpackedCodes? {
    guard let bytes = try calls.bytes(column) else { return nil }
    guard let codes = UnpackedCodes(bytes, count: calls.count) else {
      throw StoreError.damagedColumns
    }
    return codes
  }

  /// Writes any column that is stored for the rows; NULL is `CodedCalls.null`.
  func read(
    _ column: ScanColumn, _ rows: ScanRows, into values: UnsafeMutablePointer<Int64>
  ) throws {
    guard column.isCode else { return try unpacked(column)?.read(rows, into: values) ?? () }
    guard let codes = try codes(column) else { return }
    codes.read(rows, into: places.start)
    for row in 0..<rows.count {
      let place = Int(places.start[row])
      values[row] = place == 0 ? CodedCalls.null : codes.code(place)
    }
  }

  /// Writes a coded column's codes for the rows; false, and NULL throughout, where it is not stored.
  func values(
    of column: ScanColumn, _ rows: ScanRows, into buffer: ScanBuffer<Int64>
  ) throws -> Bool {
    guard try calls.bytes(column) != nil else {
      for row in 0..<rows.count { buffer.start[row] = CodedCalls.null }
      return false
    }
    try read(column, rows, into: buffer.start)
    return true
  }

  /// Writes a column's values for the rows; NULL throughout where it is not stored.
  func numbers(
    _ column: ScanColumn, _ rows: ScanRows, into buffer: ScanBuffer<Int64>
  ) throws {
    guard let numbers = try unpacked(column) else {
      for row in 0..<rows.count { buffer.start[row] = CodedCalls.null }
      return
    }
    numbers.read(rows, into: buffer.start)
  }

  private func unpacked(_ column: ScanColumn) throws -> UnpackedNumbers? {
    guard let bytes = try calls.bytes(column) else { return nil }
    guard let numbers = UnpackedNumbers(bytes, count: calls.count) else {
      throw StoreError.damagedColumns
    }
    return numbers
  }
}
