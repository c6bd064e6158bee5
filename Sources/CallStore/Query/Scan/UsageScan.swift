import GRDB

/// Adds usage up over the packed columns: filters and groups by codes, a column at a time.
///
/// Measured beside grouping rows in SQL and beside DuckDB: docs/decisions/0005.
final class UsageScan {
  private let calls: PackedCalls
  private let selectName: Statement
  private let checkDeadline: () throws -> Void
  private let rows = ScanBuffer<Int32>()
  private let groups = ScanBuffer<Int32>()
  private let places = ScanBuffer<Int32>()
  private let values = ScanBuffer<Int64>()
  private let others = ScanBuffer<Int64>()
  private var slotOfPlace: [Int32] = []
  private var totals: [Int64] = []
  /// The hour of the part at hand.
  private var hour: Int64 = 0

  /// - Parameter checkDeadline: called with every part; throws when it is time to stop.
  init(_ db: Database, checkDeadline: @escaping () throws -> Void) throws {
    calls = try PackedCalls(db)
    selectName = try Statement("SELECT id FROM name WHERE text = ?1", on: db)
    self.checkDeadline = checkDeadline
  }

  /// Hands over one row a span and group: the span's start, the group's code and its amounts.
  ///
  func run(
    _ request: ScanRequest,
    _ row: (_ occurredAt: Int64, _ code: Int64?, _ amounts: [Int64]) throws -> Void
  ) throws {
    var filters = try request.filters.map { try CodeFilter($0, code: code) }
    let group = request.group?.scanColumn
    if let top = request.top, let group {
      // First who they are, by one amount; then all there is to know about these few.
      filters.append(
        CodeFilter(group, codes: try candidates(request.spans, filters, group, top)))
    }
    for span in request.spans {
      var groups = UsageGroups(request.amounts)
      try add(span, filters, group, to: &groups)
      for (code, amounts) in groups.rows() { try row(span.lowerBound, code, amounts) }
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
        guard let column = try codes(group) else { return }
        column.read(chosen, into: groups.start)
        try share(of: top.amount, chosen)
        totals.removeAll(keepingCapacity: true)
        totals.append(contentsOf: repeatElement(0, count: column.count + 1))
        totals.withUnsafeMutableBufferPointer { totals in
          for row in 0..<chosen.count { totals[Int(groups.start[row])] &+= values.start[row] }
          candidates.add(UnsafeBufferPointer(totals), column)
        }
      }
    }
    if let found = candidates.candidates() { return found }
    var all = UsageGroups([top.amount])
    for span in spans { try add(span, filters, group, to: &all) }
    return all.top(top.count)
  }

  private func code(of name: String) throws -> Int64? {
    defer { selectName.reset() }
    selectName.bind(0, text: name)
    return try selectName.next() ? selectName.int(0) : nil
  }

  /// The newest hours that hold so many calls between them; all that hold one if there are fewer.
  func newestHours(
    _ count: Int, in span: Range<Int64>, _ filters: [ScanRequest.Filter]
  ) throws -> [Int64] {
    guard !span.isEmpty else { return [] }
    let filters = try filters.map { try CodeFilter($0, code: code) }
    var hours: [Int64] = []
    var found = 0
    try calls.eachPartBackwards(from: Self.hours(of: span), while: { found < count }) { hour in
      let matching = try choose(hour, span, filters).count
      found += matching
      if matching > 0, hours.last != hour { hours.append(hour) }
    }
    return hours
  }

  private func add(
    _ span: Range<Int64>, _ filters: [CodeFilter], _ group: ScanColumn?,
    to groups: inout UsageGroups
  ) throws {
    var last: Int64 = 0
    try eachChoice(in: span, filters) { chosen in
      if hour != last { groups.settle(before: hour * hourLength) }
      last = hour
      try add(chosen, by: group, to: &groups)
    }
    groups.settle(before: .max)
  }

  /// Hands over what is chosen of each part, in order of time.
  private func eachChoice(
    in span: Range<Int64>, _ filters: [CodeFilter], _ body: (ScanRows) throws -> Void
  ) throws {
    guard !span.isEmpty else { return }
    try calls.eachPart(in: Self.hours(of: span)) { hour in
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
    reserve(calls.count)
    var chosen = ScanRows(list: nil, count: calls.count)
    if hour * hourLength < span.lowerBound || (hour + 1) * hourLength > span.upperBound {
      try keep(within: span, &chosen)
    }
    for filter in filters where chosen.count > 0 { try keep(filter, &chosen) }
    return chosen
  }

  private func reserve(_ count: Int) {
    rows.reserve(count)
    groups.reserve(count)
    places.reserve(count)
    values.reserve(count)
    others.reserve(count)
  }

  // MARK: - Choosing

  private func keep(within span: Range<Int64>, _ chosen: inout ScanRows) throws {
    try numbers(.occurredAt, chosen, into: values)
    narrow(&chosen) { span.contains(values.start[$0]) }
  }

  private func keep(_ filter: CodeFilter, _ chosen: inout ScanRows) throws {
    guard let column = try codes(filter.column) else {
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
    column.read(chosen, into: places.start)
    isWanted.withUnsafeBufferPointer { isWanted in
      narrow(&chosen) { isWanted[Int(places.start[$0])] }
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

  // MARK: - Adding up

  private func add(_ chosen: ScanRows, by group: ScanColumn?, to sums: inout UsageGroups) throws {
    var slots: UnsafeMutablePointer<Int32>?
    if let group, let column = try codes(group) {
      column.read(chosen, into: groups.start)
      place(column, chosen, in: &sums)
      slots = groups.start
    } else {
      sums.seeNull()
    }
    for (index, amount) in sums.amounts.enumerated() {
      try share(of: amount, chosen)
      sums.add(values.start, slots, chosen.count, to: index)
    }
  }

  /// Turns places in the part's dictionary into slots of the groups.
  private func place(_ column: UnpackedCodes, _ chosen: ScanRows, in sums: inout UsageGroups) {
    slotOfPlace.removeAll(keepingCapacity: true)
    slotOfPlace.append(contentsOf: repeatElement(-1, count: column.count + 1))
    slotOfPlace.withUnsafeMutableBufferPointer { slotOfPlace in
      if chosen.list == nil {
        // Every code occurs: looked up in a loop of its own, the look-ups overlap.
        for place in 1...column.count { slotOfPlace[place] = sums.slot(of: column.code(place)) }
      }
      var hasNull = false
      for row in 0..<chosen.count {
        let place = Int(groups.start[row])
        if slotOfPlace[place] < 0 {
          if place == 0 { hasNull = true }
          slotOfPlace[place] = place == 0 ? 0 : sums.slot(of: column.code(place))
        }
        groups.start[row] = slotOfPlace[place]
      }
      if hasNull { sums.seeNull() }
    }
  }

  /// Writes each call's share in an amount into `values`.
  private func share(of amount: UsageAmount, _ rows: ScanRows) throws {
    let out = values.start
    switch amount {
    case .calls: try flag(rows, isExtra: false)
    case .extraCalls: try flag(rows, isExtra: true)
    case .pricedCalls, .pricedExtraCalls:
      try numbers(.costNanos, rows, into: others)
      try flag(rows, isExtra: amount == .pricedExtraCalls)
      for row in 0..<rows.count where others.start[row] == CodedCalls.null { out[row] = 0 }
    case .callsWithoutUsage:
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
      try numbers(.latencyMs, rows, into: values)
      for row in 0..<rows.count { out[row] = out[row] == CodedCalls.null ? 0 : 1 }
    case .firstAt, .lastAt: try numbers(.occurredAt, rows, into: values)
    case .peakCalls:
      try numbers(.occurredAt, rows, into: values)
      guard let kinds = try codes(.kind) else { return }
      kinds.read(rows, into: places.start)
      for row in 0..<rows.count where places.start[row] != 0 { out[row] = CodedCalls.null }
    }
  }

  private func amounts(_ column: ScanColumn, _ rows: ScanRows) throws {
    try numbers(column, rows, into: values)
    for row in 0..<rows.count { values.start[row] = max(values.start[row], 0) }
  }

  /// 1 for the caller's calls, or for the hidden ones inside.
  private func flag(_ rows: ScanRows, isExtra: Bool) throws {
    guard let kinds = try codes(.kind) else {
      for row in 0..<rows.count { values.start[row] = isExtra ? 0 : 1 }
      return
    }
    kinds.read(rows, into: places.start)
    for row in 0..<rows.count { values.start[row] = (places.start[row] != 0) == isExtra ? 1 : 0 }
  }

  private func errors(_ rows: ScanRows) throws {
    guard let statuses = try codes(.statusCode) else {
      for row in 0..<rows.count { values.start[row] = 0 }
      return
    }
    statuses.read(rows, into: places.start)
    let isError = [Int64(0)] + (1...statuses.count).map { statuses.code($0) >= 400 ? 1 : 0 }
    for row in 0..<rows.count { values.start[row] = isError[Int(places.start[row])] }
  }

  // MARK: - Columns

  private func codes(_ column: ScanColumn) throws -> UnpackedCodes? {
    guard let bytes = try calls.bytes(column) else { return nil }
    guard let codes = UnpackedCodes(bytes, count: calls.count) else {
      throw StoreError.damagedColumns
    }
    return codes
  }

  /// Writes a column's values for the rows; NULL throughout where it is not stored.
  private func numbers(
    _ column: ScanColumn, _ rows: ScanRows, into buffer: ScanBuffer<Int64>
  ) throws {
    guard let bytes = try calls.bytes(column) else {
      for row in 0..<rows.count { buffer.start[row] = CodedCalls.null }
      return
    }
    guard let numbers = UnpackedNumbers(bytes, count: calls.count) else {
      throw StoreError.damagedColumns
    }
    numbers.read(rows, into: buffer.start)
  }
}
