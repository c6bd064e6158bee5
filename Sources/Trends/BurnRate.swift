/// How fast a budget burns in a window, beside what its profile expects there.
///
/// 1 is on budget. Without the profile a weekday afternoon alone would burn at 2 to 4.
package struct BurnRate: Sendable, Equatable {
  /// UTC milliseconds.
  package let window: Range<Int64>
  /// Nano-dollars.
  package let spent, expected, budget: Int64
  /// The share of the budget that the profile expects in the window.
  package let expectedShare: Double

  /// Measures what was `spent` in `window` against the `budget` of `period`; amounts in
  /// nano-dollars.
  package init(
    spent: Int64, window: Range<Int64>, budget: Int64, period: Range<Int64>, profile: HourProfile
  ) {
    self.window = window
    self.spent = spent
    self.budget = budget
    expectedShare = profile.expectedShare(of: window, in: period)
    expected = Int64(saturating: Double(budget) * expectedShare)
  }

  /// `spent / (budget × expected share)`; nil where nothing is expected.
  package var rate: Double? { expected > 0 ? Double(spent) / Double(expected) : nil }

  /// Spend beyond the profile, in nano-dollars.
  package var extra: Int64 { spent.saturatingSubtracting(expected) }

  /// Spend beyond the profile as a share of the budget; 0 without a budget.
  package var extraShare: Double { budget > 0 ? Double(extra) / Double(budget) : 0 }
}
