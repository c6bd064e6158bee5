/// What calls cost, held against what a provider reports: a bridge from one total to the other whose lines have
/// names and add up exactly.
///
/// Kept like a journal: every amount is posted once, under the finest place that both sides know, so that the
/// lines of any grouping add up as those of the whole do. Provider days are UTC days.
package struct Reconciliation: Sendable {
  /// Where an amount belongs; nil is what is not told apart.
  package struct Place: Hashable, Sendable {
    package var day: CivilDate?
    package var model: String?
    package var workspace: String?
    /// A class of tokens, or what else is charged: `web_search`, `code_execution`.
    package var tokenClass: String?

    package init(
      day: CivilDate? = nil, model: String? = nil, workspace: String? = nil,
      tokenClass: String? = nil
    ) {
      self.day = day
      self.model = model
      self.workspace = workspace
      self.tokenClass = tokenClass
    }
  }

  package enum Account: Hashable, Sendable {
    case calls, provider
    case residual(Residual)
  }

  package struct Posting: Sendable {
    package var place: Place
    package var account: Account
    package var amount: ExactDollars
    /// Tokens, or searches, that the amount is for; 0 where it moves none.
    package var tokens: Int64
  }

  /// A line of the bridge.
  package struct Line: Sendable, Equatable {
    package var residual: Residual
    package var amount: ExactDollars
    package var tokens: Int64
  }

  /// What each side was read from.
  package struct Source: Sendable, Equatable {
    package var side: String
    package var report: String
    package var days: Int
    /// `1d by model, workspace_id`, and on how many days.
    package var groupings: [String: Int]
    /// Days whose figures were fetched before they were complete.
    package var provisional: [CivilDate]
  }

  package var postings: [Posting] = []
  package var sources: [Source] = []
  package var remarks: [String] = []
  /// Calls of the period.
  package var callCount: Int64 = 0

  package var callsTotal: ExactDollars { total(.calls) }
  package var providerTotal: ExactDollars { total(.provider) }
  package var gap: ExactDollars { providerTotal - callsTotal }

  /// In the order of the bridge, those that are nothing left out; they add up to the gap.
  package var lines: [Line] { Self.lines(postings) }

  /// What the provider charges and no log shows.
  package var unseen: ExactDollars {
    lines.filter { $0.residual.isUnseen && $0.amount > .zero }.reduce(.zero) { $0 + $1.amount }
  }

  /// What the lines move beside bookkeeping, without pluses and minuses cancelling out.
  package var deviation: ExactDollars {
    lines.filter { !$0.residual.isBookkeeping }.reduce(.zero) { $0 + $1.amount.magnitude }
  }

  private func total(_ account: Account) -> ExactDollars {
    postings.filter { $0.account == account }.reduce(.zero) { $0 + $1.amount }
  }

  static func lines(_ postings: [Posting]) -> [Line] {
    Residual.allCases.compactMap { residual in
      let own = postings.filter { $0.account == .residual(residual) }
      let amount = own.reduce(ExactDollars.zero) { $0 + $1.amount }
      let tokens = own.reduce(Int64(0)) { $0 + $1.tokens }
      return amount == .zero && tokens == 0
        ? nil : Line(residual: residual, amount: amount, tokens: tokens)
    }
  }

  mutating func post(
    _ account: Account, _ amount: ExactDollars, tokens: Int64 = 0, at place: Place
  ) {
    guard amount != .zero || tokens != 0 else { return }
    postings.append(Posting(place: place, account: account, amount: amount, tokens: tokens))
  }
}
