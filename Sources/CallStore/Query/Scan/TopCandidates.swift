/// Which groups may be among those with the largest sums, found without adding up every group.
///
/// Of each part only the groups that hold a sizeable share of it are remembered. What a group may have had
/// where it was not remembered is bounded, so whoever cannot reach the last of the largest is out for certain.
/// A variant of the threshold algorithms (Fagin; Cao and Wang's TPUT): exact, or nil where sums are too even.
struct TopCandidates {
  private let count: Int
  private var slots = CodeSlots()
  /// By slot: what was remembered, and what bounds the parts in which it was.
  private var sums: [Int64] = []
  private var bounds: [Int64] = []
  /// No group had more than this in all the parts that forgot it.
  private var slack: Int64 = 0

  /// One in so many of a part's total is sizeable.
  private static let share: Int64 = 2048

  /// - Parameter count: how many groups are wanted.
  init(_ count: Int) { self.count = count }

  /// Takes note of one part.
  ///
  /// - Parameter totals: by the code's place in the part's dictionary; place 0, not logged, is left alone.
  mutating func add(_ totals: UnsafeBufferPointer<Int64>, _ column: UnpackedCodes) {
    var total: Int64 = 0
    for place in 1..<totals.count { total &+= totals[place] }
    let bound = total / Self.share
    slack &+= bound
    for place in 1..<totals.count where totals[place] > bound {
      let slot = slots.slot(of: column.code(place))
      if slot == sums.count {
        sums.append(0)
        bounds.append(0)
      }
      sums[slot] &+= totals[place]
      bounds[slot] &+= bound
    }
  }

  /// The groups that may be among the largest, ties included; nil if that cannot be told.
  func candidates() -> CodeSlots? {
    guard let least = largest(sums, count), least > slack else { return nil }
    return CodeSlots(
      sums.indices.filter { sums[$0] &+ slack &- bounds[$0] >= least }.map { slots.codes[$0] })
  }
}

/// The last of so many largest values; nil if there are fewer.
func largest(_ values: some Sequence<Int64>, _ count: Int) -> Int64? {
  guard count <= 64 else {
    let sorted = values.sorted(by: >)
    return sorted.count < count ? nil : sorted[count - 1]
  }
  var largest: [Int64] = []
  for value in values where largest.count < count || value > largest[0] {
    if largest.count == count { largest.removeFirst() }
    largest.insert(value, at: largest.firstIndex { $0 > value } ?? largest.count)
  }
  return largest.count == count ? largest.first : nil
}
