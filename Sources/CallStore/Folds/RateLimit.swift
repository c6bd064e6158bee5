/// How much a minute may hold: of all calls, of a model or of a class of models.
package struct RateLimit: Sendable, Equatable {
  package enum Measure: CaseIterable, Sendable { case requests, input, output }

  /// A model, a word of models' names (`sonnet`), the start of them, or `all`.
  package var name: String
  package var perMinute: [Measure: Int64]
  /// Not one's own, but what a usage tier is said to have.
  package var isApproximate: Bool

  package init(_ name: String, _ perMinute: [Measure: Int64], isApproximate: Bool = false) {
    self.name = name
    self.perMinute = perMinute
    self.isApproximate = isApproximate
  }

  /// Approximate limits of the vendor's usage tiers, for Sonnet: requests and input tokens a minute.
  package static func tier(_ number: Int) -> RateLimit? {
    let tiers: [(requests: Int64, input: Int64)] = [
      (50, 50_000), (1000, 100_000), (2000, 200_000), (4000, 400_000),
    ]
    guard tiers.indices.contains(number - 1) else { return nil }
    let tier = tiers[number - 1]
    return RateLimit(
      "sonnet", [.requests: tier.requests, .input: tier.input], isApproximate: true)
  }

  // MARK: - As a recipe's parameter: `NAME=REQUESTS/INPUT/OUTPUT;…`, `-` where there is none, `~` before approximate ones

  package var text: String {
    let numbers = Measure.allCases.map { perMinute[$0].map(String.init) ?? "-" }
    return "\(isApproximate ? "~" : "")\(name)=\(numbers.joined(separator: "/"))"
  }

  static func parse(_ text: String) -> [RateLimit] {
    text.split(separator: ";").compactMap { item in
      guard let bar = item.lastIndex(of: "=") else { return nil }
      let numbers = item[item.index(after: bar)...].split(
        separator: "/", omittingEmptySubsequences: false)
      var limit = RateLimit(
        String(item[..<bar].drop { $0 == "~" }), [:], isApproximate: item.first == "~")
      for (measure, number) in zip(Measure.allCases, numbers) {
        limit.perMinute[measure] = Int64(number).flatMap { $0 > 0 ? $0 : nil }
      }
      return limit
    }
  }

  // MARK: - Whose it is

  /// Under which names a model's calls count: the closest limit's, else its own, and `all` where there is one.
  static func names(of model: String?, among limits: [RateLimit]) -> [String?] {
    let fitting = limits.filter { $0.name != "all" && $0.holds(for: model ?? "") }
    let closest = fitting.max { $0.name.utf8.count < $1.name.utf8.count }
    let own: [String?] = [closest?.name ?? model]
    return own + (limits.contains { $0.name == "all" } ? ["all"] : [])
  }

  private func holds(for model: String) -> Bool {
    model == name || model.hasPrefix(name)
      || model.split(separator: "-").contains { $0 == name }
  }
}
