import Alerts
import CallStore
import Tables

/// Calls that were answered where they must not be.
///
/// Without a list of what is allowed there is nothing to say.
enum RegionCheck {
  static let name = "region"

  struct Limits: Equatable {
    var window: Int64 = 86_400_000
    /// For tenants who have no list of their own.
    var all: Allowed?
    var tenants: [String: Allowed] = [:]

    mutating func read(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        switch setting.key {
        case "window": window = try setting.value.duration()
        case "all": all = try Allowed(setting.value)
        case "tenants":
          for tenant in try setting.value.members() {
            tenants[tenant.key] = try Allowed(tenant.value)
          }
        default: throw setting.value.unknown(known: ["window", "all", "tenants"])
        }
      }
    }

    /// Takes what `residency` says of those of whom the check's own section says nothing.
    mutating func adopt(_ rules: ResidencyRules) {
      guard all == nil else { return }
      all = rules.standard.map(Allowed.init)
      tenants.merge(rules.tenants.mapValues(Allowed.init)) { own, _ in own }
    }
  }

  /// What each of three columns may hold; `eu-*` is everything that starts like it.
  struct Allowed: Equatable {
    /// In the order of the query's columns.
    static let columns = ["channel", "region", "inference_geo"]
    private(set) var values: [String: Set<String>] = [:]
    /// What the recipe `residency` goes by, where that is what is set.
    private(set) var places: [String]?

    init(_ places: [String]) { self.places = places.map(ResidencyRules.plain) }

    init(_ section: ConfigurationNode) throws {
      for setting in try section.members() {
        guard Self.columns.contains(setting.key) else {
          throw setting.value.unknown(known: Self.columns)
        }
        values[setting.key] = Set(try setting.value.names().map { $0.lowercased() })
      }
    }

    enum Verdict { case allowed, unlogged, refused }

    func verdict(on row: CheckFacts.Row) -> Verdict {
      if let places {
        let place = Geography(inferenceGeo: row.text(3), region: row.text(2))
        return place.isAmong(places).map { $0 ? .allowed : .refused } ?? .unlogged
      }
      let verdicts = Self.columns.enumerated().compactMap { index, column in
        values[column].map { verdict(row.text(index + 1), $0) }
      }
      return verdicts.contains(.refused)
        ? .refused : verdicts.contains(.unlogged) ? .unlogged : .allowed
    }

    private func verdict(_ value: String?, _ allowed: Set<String>) -> Verdict {
      // What the API says of models that know no geography is no place.
      guard let value = value?.lowercased(), value != "not_available" else { return .unlogged }
      let isAllowed = allowed.contains {
        $0.hasSuffix("*") ? value.hasPrefix($0.dropLast()) : value == $0
      }
      return isAllowed ? .allowed : .refused
    }
  }

  static func findings(_ facts: CheckFacts, _ configuration: CheckConfiguration) throws -> [Finding]
  {
    let limits = configuration.region
    if limits.all == nil, limits.tenants.isEmpty { return [] }
    let rows = try facts.rows(
      PackageResources.check_regions_sql, since: facts.asOf - limits.window)
    var found: [Finding] = []
    for (tenant, rows) in Dictionary(grouping: rows, by: { $0.text(0) }).sorted(by: {
      $0.key ?? "" < $1.key ?? ""
    }) {
      guard let allowed = tenant.flatMap({ limits.tenants[$0] }) ?? limits.all else { continue }
      found.append(finding(tenant, rows, allowed, limits, facts))
    }
    return found
  }

  private static func finding(
    _ name: String?, _ rows: [CheckFacts.Row], _ allowed: Allowed, _ limits: Limits,
    _ facts: CheckFacts
  ) -> Finding {
    let tenant = name ?? Selection.none
    func count(_ rows: [CheckFacts.Row]) -> Int64 { rows.reduce(0) { $0 + $1.number(4) } }
    let refused = rows.filter { allowed.verdict(on: $0) == .refused }
    let unlogged = count(rows.filter { allowed.verdict(on: $0) == .unlogged })
    let places = Set(
      refused.map { row in (1...3).compactMap { row.text($0) }.joined(separator: " ") })
    let sentence =
      !refused.isEmpty
      ? "\(counted(count(refused), "call")) of tenant \(tenant) were answered where it is not allowed: "
        + places.sorted().prefix(5).joined(separator: ", ")
      : unlogged > 0
        ? "\(unlogged.grouped) of \(counted(count(rows), "call")) of tenant \(tenant) do not say where they were "
          + "answered"
        : "all \(counted(count(rows), "call")) of tenant \(tenant) were answered where it is allowed"
    return Finding(
      Self.name, [.name(name)], !refused.isEmpty ? .critical : unlogged > 0 ? .warning : .ok,
      sentence,
      value: .calls(count(refused)), critical: .calls(1),
      next: facts.command(
        "residency", "--tenant", tenant, "--since", lengthOption(limits.window)))
  }
}
