import GRDB

/// Goes over the packed calls part by part, and tells which of a part lie in a span and pass the filters.
final class ChosenCalls {
  let columns: ScanColumns
  private let known: DimensionCodes
  private let checkDeadline: () throws -> Void
  private let rows = ScanBuffer<Int32>()

  /// - Parameter checkDeadline: called with every part; throws when it is time to stop.
  init(_ db: Database, checkDeadline: @escaping () throws -> Void) throws {
    columns = try ScanColumns(db)
    known = try DimensionCodes(db)
    self.checkDeadline = checkDeadline
  }

  func filters(_ filters: [ScanRequest.Filter]) throws -> [CodeFilter] {
    try filters.map { try CodeFilter($0, known) }
  }

  /// Hands over what is chosen of each part, in order of their hours.
  func each(
    in span: Range<Int64>, _ filters: [CodeFilter],
    _ body: (_ hour: Int64, _ chosen: ScanRows) throws -> Void
  ) throws {
    guard !span.isEmpty else { return }
    try columns.calls.eachPart(in: Self.hours(of: span)) { hour in
      let chosen = try choose(hour, span, filters)
      if chosen.count > 0 { try body(hour, chosen) }
    }
  }

  /// The newest hours that hold so many calls between them; all that hold one if there are fewer.
  func newestHours(
    _ count: Int, in span: Range<Int64>, _ filters: [ScanRequest.Filter]
  ) throws -> [Int64] {
    guard !span.isEmpty else { return [] }
    let filters = try self.filters(filters)
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

  /// The hours in which some call may have one of the columns; nil if they are all there are.
  func hours(holding wanted: [ScanColumn], in span: Range<Int64>) throws -> [Int64]? {
    guard !span.isEmpty else { return nil }
    var hours: [Int64] = []
    var isAll = true
    try columns.calls.eachPart(in: Self.hours(of: span)) { hour in
      try checkDeadline()
      let isHeld = try wanted.contains { try columns.calls.nulls(in: $0) != .all }
      if !isHeld { isAll = false }
      if isHeld, hours.last != hour { hours.append(hour) }
    }
    return isAll ? nil : hours
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
    var chosen = ScanRows(list: nil, count: columns.count)
    if hour * hourLength < span.lowerBound || (hour + 1) * hourLength > span.upperBound {
      try keep(&chosen, where: .occurredAt) { span.contains($0) }
    }
    for filter in filters where chosen.count > 0 { try keep(filter, &chosen) }
    return chosen
  }

  // MARK: - Choosing

  /// Leaves the calls whose number is wanted; `CodedCalls.null` is NULL.
  func keep(
    _ chosen: inout ScanRows, where column: ScanColumn, _ isWanted: (Int64) -> Bool
  ) throws {
    try columns.numbers(column, chosen, into: columns.values)
    narrow(&chosen) { isWanted(columns.values.start[$0]) }
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
