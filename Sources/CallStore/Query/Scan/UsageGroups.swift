/// Amounts by group, kept column by column: what a scan adds up into.
///
/// Slot 0 is the group of what was not logged; with nothing to group by, the only one.
struct UsageGroups {
  let amounts: [UsageAmount]
  private var slots = CodeSlots()
  private var sums: [[Int64]]
  /// Groups that some call belongs to; only slot 0 may be without.
  private var hasNull = false
  private var groupCount = 1
  private var peaks: PeakWindows?
  private let percentiles: [UsagePercentile]
  /// What percentiles are taken of, and by slot the values seen.
  let measures: [UsagePercentile.Measure]
  private var measured: [[MeasuredValues]]
  private var slotOfPlace: [Int32] = []

  init(_ amounts: [UsageAmount], _ percentiles: [UsagePercentile] = []) {
    self.amounts = amounts
    self.percentiles = percentiles
    measures = UsagePercentile.Measure.allCases.filter { measure in
      percentiles.contains { $0.measure == measure }
    }
    measured = measures.map { _ in [MeasuredValues()] }
    sums = amounts.map { [$0.start] }
    peaks = amounts.contains(.peakCalls) ? PeakWindows() : nil
    peaks?.addGroup()
  }

  /// The slot of a code, made on first sight.
  @inline(__always)
  mutating func slot(of code: Int64) -> Int32 {
    let slot = slots.slot(of: code) &+ 1
    if slot == groupCount { grow() }
    return Int32(truncatingIfNeeded: slot)
  }

  private mutating func grow() {
    groupCount += 1
    for index in measured.indices { measured[index].append(MeasuredValues()) }
    for index in sums.indices { sums[index].append(amounts[index].start) }
    peaks?.addGroup()
  }

  /// Turns places in a part's dictionary into slots.
  mutating func turn(
    _ places: UnsafeMutablePointer<Int32>, of column: UnpackedCodes, _ chosen: ScanRows
  ) {
    slotOfPlace.removeAll(keepingCapacity: true)
    slotOfPlace.append(contentsOf: repeatElement(-1, count: column.count + 1))
    if chosen.list == nil {
      // Every code occurs: looked up in a loop of its own, the look-ups overlap.
      for place in 1...column.count { slotOfPlace[place] = slot(of: column.code(place)) }
    }
    for row in 0..<chosen.count {
      let place = Int(places[row])
      if slotOfPlace[place] < 0 {
        if place == 0 { hasNull = true }
        slotOfPlace[place] = place == 0 ? 0 : slot(of: column.code(place))
      }
      places[row] = slotOfPlace[place]
    }
  }

  /// The slots of combined keys, one for each row.
  mutating func place(
    _ combined: UnsafeMutablePointer<Int64>, _ count: Int, into groups: UnsafeMutablePointer<Int32>
  ) {
    for row in 0..<count { groups[row] = slot(of: combined[row]) }
  }

  /// Keeps each call's value for its group; `CodedCalls.null` tells nothing.
  mutating func measure(
    _ values: UnsafeMutablePointer<Int64>, _ groups: UnsafeMutablePointer<Int32>?, _ count: Int,
    at place: Int
  ) {
    for row in 0..<count where values[row] != CodedCalls.null {
      measured[place][groups.map { Int($0[row]) } ?? 0].add(values[row])
    }
  }

  /// Some call belongs to slot 0.
  mutating func seeNull() { hasNull = true }

  /// Brings each call's value together with what its group has; nil groups are all slot 0.
  mutating func add(
    _ values: UnsafeMutablePointer<Int64>, _ groups: UnsafeMutablePointer<Int32>?, _ count: Int,
    to amount: Int
  ) {
    let kind = amounts[amount]
    if kind == .peakCalls {
      for row in 0..<count where values[row] != CodedCalls.null {
        peaks?.add(values[row], to: groups.map { $0[row] } ?? 0)
      }
      return
    }
    sums[amount].withUnsafeMutableBufferPointer { sums in
      switch kind {
      case .firstAt: Self.each(groups, count) { sums[$0] = min(sums[$0], values[$1]) }
      case .smallestPrompt:
        Self.each(groups, count) {
          if values[$1] != CodedCalls.null { sums[$0] = min(sums[$0], values[$1]) }
        }
      // What is not told is smaller than all that is.
      case .lastAt, .largestPrompt, .largestOutput, .longestLatency:
        Self.each(groups, count) { sums[$0] = max(sums[$0], values[$1]) }
      default: Self.each(groups, count) { sums[$0] &+= values[$1] }
      }
    }
  }

  @inline(__always)
  private static func each(
    _ groups: UnsafeMutablePointer<Int32>?, _ count: Int, _ body: (Int, Int) -> Void
  ) {
    if let groups {
      for row in 0..<count { body(Int(groups[row]), row) }
    } else {
      for row in 0..<count { body(0, row) }
    }
  }

  /// All calls of an hour have been added.
  mutating func settle() { peaks?.settle() }

  /// One row a group: its code (`CodedCalls.null` was not logged), its amounts and its percentiles.
  ///
  /// - Parameter least: groups that have less of an amount are passed over.
  mutating func eachRow(
    least: ScanRequest.Least? = nil, _ body: (_ code: Int64, _ amounts: [Int64]) throws -> Void
  ) rethrows {
    let floor = least.flatMap { least in
      amounts.firstIndex(of: least.amount).map { (sums[$0], least.value) }
    }
    for slot in (hasNull ? 0 : 1)..<groupCount {
      if let (sums, value) = floor, sums[slot] < value { continue }
      var values = amounts.indices.map { index in
        switch amounts[index] {
        case .peakCalls: peaks?.peaks[slot] ?? 0
        case .smallestPrompt where sums[index][slot] == .max: CodedCalls.null
        default: sums[index][slot]
        }
      }
      for percentile in percentiles {
        guard let place = measures.firstIndex(of: percentile.measure) else { continue }
        values.append(measured[place][slot].value(at: percentile))
      }
      try body(slot == 0 ? CodedCalls.null : slots.codes[slot - 1], values)
    }
  }

  /// The groups with the largest sums of the first amount, ties included; all if there are fewer.
  func top(_ count: Int) -> CodeSlots {
    let totals = sums[0].dropFirst()
    let least = largest(totals, count) ?? Int64.min
    return CodeSlots(totals.indices.filter { totals[$0] >= least }.map { slots.codes[$0 - 1] })
  }
}
