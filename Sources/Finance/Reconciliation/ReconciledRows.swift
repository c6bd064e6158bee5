/// What a reconciliation's amounts are shown by.
package enum ReconciledAspect: String, CaseIterable, Sendable {
  case day, model, workspace
  case tokenClass = "token-class"

  package var column: String { rawValue.replacing("-", with: "_") }
}

extension Reconciliation {
  /// The amounts of one place; what the calls cost and its lines are what the provider reports.
  package struct Row: Sendable {
    package var place: Place
    package var calls: ExactDollars
    package var provider: ExactDollars
    package var lines: [Line]

    package var gap: ExactDollars { provider - calls }

    /// The gap less what is only counted otherwise.
    package var deviation: ExactDollars {
      lines.filter { !$0.residual.isBookkeeping }.reduce(.zero) { $0 + $1.amount }
    }

    /// Beyond what is only counted otherwise.
    package var deviates: Bool {
      lines.contains { !$0.residual.isBookkeeping && $0.amount != .zero }
    }
  }

  /// In order of the day, then by what they are told apart by.
  package func rows(by aspects: Set<ReconciledAspect>) -> [Row] {
    let grouped = Dictionary(grouping: postings) { $0.place.kept(aspects) }
    return grouped.sorted { $0.key.order < $1.key.order }.map { place, postings in
      func sum(_ account: Account) -> ExactDollars {
        postings.filter { $0.account == account }.reduce(.zero) { $0 + $1.amount }
      }
      return Row(
        place: place, calls: sum(.calls), provider: sum(.provider), lines: Self.lines(postings))
    }
  }
}

extension Reconciliation.Place {
  package func value(of aspect: ReconciledAspect) -> String? {
    switch aspect {
    case .day: day?.text
    case .model: model
    case .workspace: workspace
    case .tokenClass: tokenClass
    }
  }

  func kept(_ aspects: Set<ReconciledAspect>) -> Self {
    Self(
      day: aspects.contains(.day) ? day : nil, model: aspects.contains(.model) ? model : nil,
      workspace: aspects.contains(.workspace) ? workspace : nil,
      tokenClass: aspects.contains(.tokenClass) ? tokenClass : nil)
  }

  var order: String {
    [day?.text, model, workspace, tokenClass].map { $0.map { "=" + $0 } ?? "~" }
      .joined(separator: "\u{1F}")
  }
}
