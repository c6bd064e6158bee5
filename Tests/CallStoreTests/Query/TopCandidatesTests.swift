import Testing

@testable import CallStore

/// Who may be among the dearest, told by parts of the calls: never too few, and soon not too many.
@Suite struct TopCandidatesTests {
  /// Parts of a day, each with what its prompts cost in it.
  private func candidates(_ parts: [[Int64: Int64]], _ count: Int) -> Set<Int64>? {
    var candidates = TopCandidates(count)
    var dictionary = CodeSlots()
    for part in parts {
      let codes = part.keys.sorted()
      guard
        let packed = codes.withUnsafeBufferPointer({
          PackedColumn.pack(codes: $0, with: &dictionary)
        })
      else { continue }
      packed.withUnsafeBytes { bytes in
        guard let column = UnpackedCodes(bytes, count: codes.count) else { return }
        let totals = [0] + (1...column.count).map { part[column.code($0)] ?? 0 }
        totals.withUnsafeBufferPointer { candidates.add($0, column) }
      }
    }
    return candidates.candidates().map { Set($0.codes) }
  }

  private func largest(_ parts: [[Int64: Int64]], _ count: Int) -> Set<Int64> {
    let totals = parts.reduce(into: [Int64: Int64]()) { $0.merge($1, uniquingKeysWith: +) }
    guard totals.count > count else { return Set(totals.keys) }
    let least = totals.values.sorted(by: >)[count - 1]
    return Set(totals.filter { $0.value >= least }.keys)
  }

  @Test(arguments: runs(150)) func `the largest are always among them, ties included`(seed: UInt64)
  {
    var dice = Dice(seed)
    let steepness = Int.random(in: 1...4, using: &dice)
    let prompts = Int64.random(in: 1...3000, using: &dice)
    let parts = (0..<Int.random(in: 1...12, using: &dice)).map { _ in
      var part: [Int64: Int64] = [:]
      for _ in 0..<Int.random(in: 1...2000, using: &dice) {
        let rank = Int64.random(in: 1...prompts, using: &dice)
        let cost = (0..<steepness).reduce(Int64(1_000_000)) { cost, _ in cost / rank }
        part[rank - prompts / 2, default: 0] += cost
      }
      return part
    }
    for count in [1, 3, 10] {
      guard let found = candidates(parts, count) else { continue }
      #expect(found.isSuperset(of: largest(parts, count)))
    }
  }

  @Test func `where a few stand out, few are left`() throws {
    var parts: [[Int64: Int64]] = []
    for part in 0..<8 as Range<Int64> {
      var costs: [Int64: Int64] = [-1: 90_000, -2: 80_000]
      for prompt in 0..<4000 as Range<Int64> { costs[prompt + part * 3000] = prompt % 9 }
      parts.append(costs)
    }
    #expect(try #require(candidates(parts, 2)) == [-1, -2])
  }

  @Test func `the last of the largest is the same however it is found`() {
    var dice = Dice(5)
    let values = (0..<500).map { _ in Int64.random(in: 0...90, using: &dice) }
    for count in [1, 7, 64, 65, 300, 500] {
      #expect(CallStore.largest(values, count) == values.sorted(by: >)[count - 1])
    }
    #expect(CallStore.largest(values, 501) == nil)
  }

  @Test func `where all are alike, nothing is claimed`() {
    let parts = [Dictionary(uniqueKeysWithValues: (0..<5000).map { (Int64($0), Int64(7)) })]
    #expect(candidates(parts, 10) == nil)
    #expect(candidates([[1: 5]], 10) == nil)
  }
}
