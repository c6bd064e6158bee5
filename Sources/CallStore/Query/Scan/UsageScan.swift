/// Adds usage up over the packed columns: filters and groups by codes, a column at a time.
///
/// Measured beside grouping rows in SQL and beside DuckDB: docs/decisions/0005.
final class UsageScan {
  private let calls: ChosenCalls
  private let columns: ScanColumns
  private let groups = ScanBuffer<Int32>()
  private var totals: [Int64] = []

  init(_ calls: ChosenCalls) {
    self.calls = calls
    columns = calls.columns
  }

  /// Hands over one row a span, bucket and group: its start, the group's codes by key and its amounts.
  ///
  /// `CodedCalls.null` is what was not logged.
  func run(
    _ request: ScanRequest,
    _ row: (_ occurredAt: Int64, _ keys: [Int64], _ amounts: [Int64]) throws -> Void
  ) throws {
    var filters = try calls.filters(request.filters)
    if let top = request.top, let group = request.keys.first?.dimension?.scanColumn {
      // First who they are, by one amount; then all there is to know about these few.
      filters.append(
        CodeFilter(group, codes: try candidates(request.spans, filters, group, top)))
    }
    if let storm = request.sequence?.storm, storm.isAlone {
      let keys = try SequenceScan.stormyKeys(storm, columns) { body in
        for span in request.spans { try each(in: span, filters, body) }
      }
      filters.append(CodeFilter(storm.key.scanColumn, codes: keys, letsNullThrough: false))
    }
    var sequenced: SequencedCalls?
    if let wanted = request.sequence {
      sequenced = try SequenceScan.run(wanted, columns) { body in
        for span in request.spans { try each(in: span, filters, body) }
      }
    }
    for span in request.spans {
      let grouped = GroupedScan(request, columns, sequenced, groups: groups)
      try each(in: span, filters) { hour, chosen in
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
      try each(in: span, filters) { _, chosen in
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
      try each(in: span, filters) { _, chosen in
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

  private func each(
    in span: Range<Int64>, _ filters: [CodeFilter],
    _ body: (_ hour: Int64, _ chosen: ScanRows) throws -> Void
  ) throws {
    try calls.each(in: span, filters) { hour, chosen in
      groups.reserve(chosen.count)
      try body(hour, chosen)
    }
  }
}
