import GRDB

/// Adds usage up over the packed columns: filters and groups by codes, a column at a time.
///
/// Measured beside grouping rows in SQL and beside DuckDB: docs/decisions/0005.
final class UsageScan {
  private let columns: ScanColumns
  private let known: DimensionCodes
  private let checkDeadline: () throws -> Void
  private let rows = ScanBuffer<Int32>()
  private let groups = ScanBuffer<Int32>()
  private var totals: [Int64] = []
  /// The hour of the part at hand.
  private var hour: Int64 = 0

  /// - Parameter checkDeadline: called with every part; throws when it is time to stop.
  init(_ db: Database, checkDeadline: @escaping () throws -> Void) throws {
    columns = try ScanColumns(db)
    known = try DimensionCodes(db)
    self.checkDeadline = checkDeadline
  }

  /// Hands over one row a span, bucket and group: its start, the group's codes by key and its amounts.
  ///
  /// `CodedCalls.null` is what was not logged.
  func run(
    _ request: ScanRequest,
    _ row: (_ occurredAt: Int64, _ keys: [Int64], _ amounts: [Int64]) throws -> Void
  ) throws {
    var filters = try request.filters.map { try CodeFilter($0, known) }
    if let top = request.top, let group = request.keys.first?.dimension?.scanColumn {
      // First who they are, by one amount; then all there is to know about these few.
      filters.append(
        CodeFilter(group, codes: try candidates(request.spans, filters, group, top)))
    }
    if let storm = request.sequence?.storm, storm.isAlone {
      let keys = try SequenceScan.stormyKeys(storm, columns) { body in
        for span in request.spans { try eachChoice(in: span, filters) { try body(hour, $0) } }
      }
      filters.append(CodeFilter(storm.key.scanColumn, codes: keys, letsNullThrough: false))
    }
    var sequenced: SequencedCalls?
    if let wanted = request.sequence {
      sequenced = try SequenceScan.run(wanted, columns) { body in
        for span in request.spans {
          try eachChoice(in: span, filters) { try body(hour, $0) }
        }
      }
    }
    for span in request.spans {
      let grouped = GroupedScan(request, columns, sequenced, groups: groups)
      try eachChoice(in: span, filters) { chosen in
        try grouped.add(chosen, hour: hour, span, row)
      }
      try grouped.finish(span, row)
      sequenced = grouped.sequenced
    }
  }

  /// The groups that may be among the largest: told by a part's own dictionary where that suffices, else by
  /// adding up every group.
  private func candidates(
    _ spans: [Range<Int64>], _ filters: [CodeFilter], _ group: ScanColumn, _ top: ScanRequest.Top
  ) throws -> CodeSlots {
    var candidates = TopCandidates(top.count)
    for span in spans {
      try eachChoice(in: span, filters) { chosen in
        guard let column = try columns.codes(group) else { return }
        column.read(chosen, into: groups.start)
        try columns.share(of: top.amount, chosen)
        totals.removeAll(keepingCapacity: true)
        totals.append(contentsOf: repeatElement(0, count: column.count + 1))
        totals.withUnsafeMutableBufferPointer { totals in
          for row in 0..<chosen.count {
            totals[Int(groups.start[row])] &+= columns.values.start[row]
          }
          candidates.add(UnsafeBufferPointer(totals), column)
        }
      }
    }
    if let found = candidates.candidates() { return found }
    var all = UsageGroups([top.amount])
    for span in spans {
      try eachChoice(in: span, filters) { chosen in
        var slots: UnsafeMutablePointer<Int32>?
        if let column = try columns.codes(group) {
          column.read(chosen, into: groups.start)
          all.turn(groups.start, of: column, chosen)
          slots = groups.start
        } else {
          all.seeNull()
        }
        try columns.share(of: top.amount, chosen)
        all.add(columns.values.start, slots, chosen.count, to: 0)
      }
    }
    return all.top(top.count)
  }

  /// The newest hours that hold so many calls between them; all that hold one if there are fewer.
  func newestHours(
    _ count: Int, in span: Range<Int64>, _ filters: [ScanRequest.Filter]
  ) throws -> [Int64] {
    guard !span.isEmpty else { return [] }
    let filters = try filters.map { try CodeFilter($0, known) }
    var hours: [Int64] = []
    var found = 0
    try columns.calls.eachPartBackwards(from: Self.hours(of: span), while: { found < count }) {
      hour in
      let matching = try choose(hour, span, filters).count
      found += matching
      if matching > 0, hours.last != hour { hours.append(hour) }
    }
    return hours
  }

  /// Hands over what is chosen of each part, in order of time.
  private func eachChoice(
    in span: Range<Int64>, _ filters: [CodeFilter], _ body: (ScanRows) throws -> Void
  ) throws {
    guard !span.isEmpty else { return }
    try columns.calls.eachPart(in: Self.hours(of: span)) { hour in
      self.hour = hour
      let chosen = try choose(hour, span, filters)
      if chosen.count > 0 { try body(chosen) }
    }
  }

  private static func hours(of span: Range<Int64>) -> ClosedRange<Int64> {
    span.lowerBound / hourLength...(span.upperBound - 1) / hourLength
  }

  /// The calls of the part at hand that lie in the span and pass the filters.
  private func choose(
    _ hour: Int64, _ span: Range<Int64>, _ filters: [CodeFilter]
  ) throws -> ScanRows {
    try checkDeadline()
    columns.reserve()
    rows.reserve(columns.count)
    groups.reserve(columns.count)
    var chosen = ScanRows(list: nil, count: columns.count)
    if hour * hourLength < span.lowerBound || (hour + 1) * hourLength > span.upperBound {
      try keep(within: span, &chosen)
    }
    for filter in filters where chosen.count > 0 { try keep(filter, &chosen) }
    return chosen
  }

  // MARK: - Choosing

  private func keep(within span: Range<Int64>, _ chosen: inout ScanRows) throws {
    try columns.numbers(.occurredAt, chosen, into: columns.values)
    narrow(&chosen) { span.contains(columns.values.start[$0]) }
  }

  private func keep(_ filter: CodeFilter, _ chosen: inout ScanRows) throws {
    guard let column = try columns.codes(filter.column) else {
      if !filter.letsNullThrough { chosen.count = 0 }
      return
    }
    var isWanted = [filter.letsNullThrough && column.hasNull]
    isWanted.reserveCapacity(column.count + 1)
    for place in 1...column.count { isWanted.append(filter.letsThrough(column.code(place))) }
    guard isWanted.contains(true) else {
      chosen.count = 0
      return
    }
    column.read(chosen, into: columns.places.start)
    isWanted.withUnsafeBufferPointer { isWanted in
      narrow(&chosen) { isWanted[Int(columns.places.start[$0])] }
    }
  }

  /// Leaves the rows for which the test holds; it is given their place among the chosen ones.
  @inline(__always)
  private func narrow(_ chosen: inout ScanRows, _ isWanted: (Int) -> Bool) {
    let list = rows.start
    var count = 0
    for place in 0..<chosen.count {
      list[count] = chosen.list.map { $0[place] } ?? Int32(truncatingIfNeeded: place)
      if isWanted(place) { count &+= 1 }
    }
    chosen = ScanRows(list: list, count: count)
  }
}
