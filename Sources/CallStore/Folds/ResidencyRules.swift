/// Which places each tenant's calls may be processed in.
///
/// Written `default=us,eu;alder-bank=eu`; no name or place holds `;`, `=` or `,`.
package struct ResidencyRules: Sendable, Equatable {
  /// For tenants without a rule of their own, and calls without a tenant.
  package var standard: [String]?
  package var tenants: [String: [String]]

  package init(standard: [String]? = nil, tenants: [String: [String]] = [:]) {
    self.standard = standard
    self.tenants = tenants
  }

  /// As one argument; nil if there are none.
  package var argument: String? {
    let own = tenants.sorted { $0.key < $1.key }.map {
      "\($0.key)=\($0.value.joined(separator: ","))"
    }
    let all = (standard.map { ["default=\($0.joined(separator: ","))"] } ?? []) + own
    return all.isEmpty ? nil : all.joined(separator: ";")
  }

  /// - Throws: `RecipeError` naming the part that is no rule.
  init(_ argument: String) throws {
    self.init()
    for rule in argument.split(separator: ";") {
      let sides = rule.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw RecipeError.wrongValue(
          parameter: "rules", wanted: "rules such as default=us,eu;alder-bank=eu, not '\(rule)'")
      }
      let places = sides[1].split(separator: ",").map { Self.plain(String($0)) }
      if sides[0] == "default" { standard = places } else { tenants[sides[0]] = places }
    }
  }

  /// What is allowed to a tenant; nil if nothing says.
  func allowed(_ tenant: String?) -> [String]? { tenant.flatMap { tenants[$0] } ?? standard }

  package static func plain(_ place: String) -> String {
    place.filter { !$0.isWhitespace }.lowercased()
  }
}

/// Where a call was processed, as far as its log tells.
package struct Geography {
  /// `eu`, `us`, `global` …; nil where nothing tells.
  let name: String?
  /// The cloud's region.
  let region: String?

  package init(inferenceGeo: String?, region: String?) {
    self.region = region.map(ResidencyRules.plain)
    let told = inferenceGeo.map(ResidencyRules.plain)
    // What the API answers where it does not say.
    if let told, !["", "not_available", "global"].contains(told) {
      name = told
    } else {
      name = self.region.flatMap(Self.place) ?? (told == "global" ? "global" : nil)
    }
  }

  /// Nil where nothing tells.
  package func isAmong(_ allowed: [String]) -> Bool? {
    guard let name else { return nil }
    return allowed.contains(name) || region.map(allowed.contains) == true
  }

  /// Regions of AWS, Google Cloud and Azure by how their names begin.
  private static func place(of region: String) -> String? {
    let starts: [(String, String)] = [
      ("global", "global"), ("us-gov", "us"), ("us", "us"), ("ca-", "ca"), ("canada", "ca"),
      ("northamerica-northeast", "ca"), ("northamerica-south", "mx"), ("mx-", "mx"),
      ("europe-west2", "uk"), ("eu-west-2", "uk"), ("uk", "uk"), ("europe-west6", "ch"),
      ("eu-central-2", "ch"), ("switzerland", "ch"), ("eu", "eu"), ("westeurope", "eu"),
      ("northeurope", "eu"), ("sweden", "eu"), ("france", "eu"), ("germany", "eu"),
      ("ap-", "apac"), ("apac", "apac"), ("asia", "apac"), ("australia", "apac"),
      ("japan", "apac"), ("sa-", "sa"), ("southamerica", "sa"), ("brazil", "sa"), ("me-", "me"),
      ("il-", "me"), ("af-", "af"), ("africa", "af"), ("eastus", "us"), ("westus", "us"),
      ("centralus", "us"), ("northcentralus", "us"), ("southcentralus", "us"),
    ]
    // europe-west20 is not europe-west2.
    return starts.first { start, _ in
      guard region.hasPrefix(start) else { return false }
      let next = region.dropFirst(start.count).first
      return !(start.last?.isNumber ?? false) || !(next?.isNumber ?? false)
    }?.1
  }
}
