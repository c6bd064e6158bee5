import Testing

@testable import CallStore

/// Calls without an id: the line, and how many equal ones came before.
@Suite struct LineIdentityTests {
  @Test func `equal lines are counted from zero`() {
    var lines = LineCounter()
    #expect([7, 7, 8, 7, 8].map { lines.next($0) } == [0, 1, 0, 2, 1])
  }

  @Test func `counting forgets only what lies far back`() {
    var lines = LineCounter()
    #expect(lines.next(1) == 0)
    for other in 2..<200_001 as Range<UInt64> { _ = lines.next(other) }
    #expect(lines.next(1) == 1)
    for other in 300_000..<500_001 as Range<UInt64> { _ = lines.next(other) }
    #expect(lines.next(1) == 2)
  }

  @Test func `each ordinal is an identity of its own`() {
    let identities = (0..<1000).flatMap { ordinal in
      [3, 4].map { LineIdentity.identity($0, ordinal: ordinal) }
    }
    #expect(Set(identities).count == 2000)
    // Stored in databases: it may never change.
    #expect(LineIdentity.identity(3, ordinal: 0) == LineIdentity.identity(3, ordinal: 0))
  }
}
