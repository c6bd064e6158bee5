import CallStore

/// A profile's priorities beside what the data says of them.
struct ProfileView: Equatable {
  struct Line: Equatable {
    let name: String
    /// The place of its first lever, from 1; nil where there is none.
    let rank: Int?
    let monthNanos: Int64
    let words: String
    let evidence: String
  }

  let profile: BuyerProfile
  /// Somebody said so.
  let isChosen: Bool
  let lines: [Line]
  /// Where the order of the matrix and that of the money differ.
  let mismatches: [String]

  init(
    _ profile: BuyerProfile, isChosen: Bool, _ levers: [Lever], command: ([String]) -> String
  ) {
    self.profile = profile
    self.isChosen = isChosen
    lines = profile.priorities.map { priority in
      let own = levers.enumerated().filter { priority.kinds.contains($0.element.kind) }
      let month = own.reduce(0) { $0 + $1.element.monthNanos }
      let rank = own.first.map { $0.offset + 1 }
      let words =
        if priority.kinds.isEmpty { "no saving by itself" } else if let rank {
          "\(money(month)) a month in \(counted(Int64(own.count), "lever")), the first at place \(rank)"
        } else { "nothing to gain here" }
      return Line(
        name: priority.name, rank: rank, monthNanos: month, words: words,
        evidence: command(priority.command))
    }
    mismatches = Self.mismatches(profile, levers)
  }

  private static func mismatches(_ profile: BuyerProfile, _ levers: [Lever]) -> [String] {
    let named = Set(profile.priorities.flatMap(\.kinds))
    let others = levers.prefix(3).filter { !named.contains($0.kind) }.map {
      "not among the first for this profile, but worth \(money($0.monthNanos)) a month: \($0.title)"
    }
    let worth = profile.priorities.filter { !$0.kinds.isEmpty }.map { priority in
      (
        priority.name,
        levers.filter { priority.kinds.contains($0.kind) }.reduce(0) { $0 + $1.monthNanos }
      )
    }
    let swapped = zip(worth, worth.dropFirst()).filter { $0.1 < $1.1 }.map {
      "by the money \($1.0) (\(money($1.1))) comes before \($0.0) (\(money($0.1)))"
    }
    return others + swapped
  }
}
