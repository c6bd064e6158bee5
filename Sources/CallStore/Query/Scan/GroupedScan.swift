/// Adds the calls of one span up by group, and hands the groups over bucket by bucket.
final class GroupedScan {
  private let request: ScanRequest
  private let columns: ScanColumns
  private let slots: ScanBuffer<Int32>
  private let combined = ScanBuffer<Int64>()
  private(set) var sequenced: SequencedCalls?
  private var groups: UsageGroups
  private var isCounted: [Bool] = []
  private var combiner: KeyCombiner
  private var start: Int64?
  private var last: Int64 = 0
  /// Buckets that parts do not keep apart are one more key.
  private let groupsByTime: Bool

  init(
    _ request: ScanRequest, _ columns: ScanColumns, _ sequenced: SequencedCalls?,
    groups slots: ScanBuffer<Int32>
  ) {
    self.request = request
    self.columns = columns
    self.sequenced = sequenced
    self.slots = slots
    groups = UsageGroups(request.amounts, request.percentiles)
    groupsByTime = request.bucket != nil && request.bucket?.grain == nil
    combiner = KeyCombiner(columns: request.keys.count + (groupsByTime ? 1 : 0))
  }

  typealias Row = (_ occurredAt: Int64, _ keys: [Int64], _ amounts: [Int64]) throws -> Void

  /// Adds what is chosen of a part; parts come in order of their hours.
  func add(_ chosen: ScanRows, hour: Int64, _ span: Range<Int64>, _ row: Row) throws {
    if let bucket = request.bucket, !groupsByTime {
      let at = max(span.lowerBound, bucket.start(of: hour * hourLength))
      if let start, at != start { try flush(start, row) }
      start = at
    }
    if hour != last { groups.settle() }
    last = hour
    let places = try place(chosen)
    for (index, amount) in request.amounts.enumerated() {
      try share(of: amount, chosen)
      groups.add(columns.values.start, places, chosen.count, to: index)
    }
    for (index, measure) in groups.measures.enumerated() {
      try columns.measure(measure, chosen)
      groups.measure(columns.values.start, places, chosen.count, at: index)
    }
    sequenced?.advance(chosen.count)
  }

  func finish(_ span: Range<Int64>, _ row: Row) throws {
    try flush(start ?? span.lowerBound, row)
  }

  private func flush(_ start: Int64, _ row: Row) throws {
    groups.settle()
    try groups.eachRow(least: request.least) { code, amounts in
      guard isCombined else {
        return try row(start, request.keys.isEmpty ? [] : [code], amounts)
      }
      var keys = combiner.codes(of: code)
      let at = groupsByTime ? max(start, keys.removeLast()) : start
      try row(at, keys, amounts)
    }
    groups = UsageGroups(request.amounts, request.percentiles)
  }

  // MARK: - Keys

  private var isCombined: Bool {
    groupsByTime || request.keys.count > 1 || request.keys.contains { $0.dimension == nil }
  }

  /// Each row's group; nil is the only one.
  private func place(_ chosen: ScanRows) throws -> UnsafeMutablePointer<Int32>? {
    guard isCombined else { return try placeByOne(chosen) }
    combined.reserve(columns.count)
    for (index, key) in request.keys.enumerated() {
      guard let dimension = key.dimension else {
        sequenced?.write(key, chosen.count, into: columns.values.start)
        combiner.join(columns.values.start, chosen.count, column: index, into: combined.start)
        continue
      }
      guard let column = try columns.codes(dimension.scanColumn) else {
        combiner.joinNull(chosen.count, column: index, into: combined.start)
        continue
      }
      column.read(chosen, into: slots.start)
      combiner.join(slots.start, of: column, chosen.count, column: index, into: combined.start)
    }
    if groupsByTime, let bucket = request.bucket {
      try columns.numbers(.occurredAt, chosen, into: columns.values)
      for row in 0..<chosen.count {
        columns.values.start[row] = bucket.start(of: columns.values.start[row])
      }
      combiner.join(
        columns.values.start, chosen.count, column: request.keys.count, into: combined.start)
    }
    groups.place(combined.start, chosen.count, into: slots.start)
    return slots.start
  }

  private func placeByOne(_ chosen: ScanRows) throws -> UnsafeMutablePointer<Int32>? {
    guard let group = request.keys.first?.dimension?.scanColumn,
      let column = try columns.codes(group)
    else {
      groups.seeNull()
      return nil
    }
    column.read(chosen, into: slots.start)
    groups.turn(slots.start, of: column, chosen)
    return slots.start
  }

  private func share(of amount: UsageAmount, _ chosen: ScanRows) throws {
    if let sequenced, sequenced.write(amount, chosen.count, into: columns.values.start) { return }
    switch amount {
    case .retryCalls: try markRetries(chosen)
    case .retryCost:
      try markRetries(chosen)
      isCounted.removeAll(keepingCapacity: true)
      for row in 0..<chosen.count { isCounted.append(columns.values.start[row] == 1) }
      try columns.share(of: amount, chosen)
      for row in 0..<chosen.count where !isCounted[row] { columns.values.start[row] = 0 }
    case .supersededCost:
      try columns.share(of: amount, chosen)
      for row in 0..<chosen.count where sequenced?.isFollowed(row) != true {
        columns.values.start[row] = 0
      }
    default: try columns.share(of: amount, chosen)
    }
  }

  /// 1 for each attempt after the first.
  private func markRetries(_ chosen: ScanRows) throws {
    try columns.share(of: .retryCalls, chosen)
    guard let sequenced, !sequenced.wait.isEmpty else { return }
    for row in 0..<chosen.count where sequenced.isRetry(row) { columns.values.start[row] = 1 }
  }
}
