import CallStore
import Foundation
import UsageLog
import Yams

/// `forensics.yml` as it was written.
struct ConfigurationFile {
  let path: String
  private(set) var database: String?
  private(set) var timezone: String?
  private(set) var assumeTimezone: String?
  private(set) var map: [String: String]?
  private(set) var set: [String: String]?
  /// By the source's name.
  private(set) var sources: [String: SourceMapping] = [:]
  private(set) var prices = PriceConfiguration()
  /// Features that nobody waits for.
  private(set) var backgroundFeatures: [String] = []
  private(set) var check = CheckConfiguration()
  private(set) var rateLimits: [RateLimit]?
  private(set) var residency = ResidencyRules()
  private(set) var finance = FinanceConfiguration()
  /// It says nothing beside prices.
  private(set) var hasOnlyPrices = true

  /// - Throws: `SettingsError` with the line that cannot be understood.
  init(path: String) throws {
    self.path = path
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw SettingsError.missing(path)
    }
    // Nodes, not Swift values: a deploy of 0123456 must stay what was written.
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch let error as YamlError {
      throw error.settingsError(in: path, text)
    }
    guard let root, root.scalar?.string != "" else { return }
    guard root.mapping != nil else {
      throw SettingsError.invalid(
        path, line: root.mark?.line, "the file must be a mapping of settings")
    }
    for setting in try ConfigurationNode(file: path, name: "", node: root, line: 1).members() {
      if setting.key != "prices" { hasOnlyPrices = false }
      switch setting.key {
      case "db": database = try setting.value.text()
      case "timezone": timezone = try zone(setting.value)
      case "import": try readImport(setting.value)
      case "prices": prices = try PriceConfiguration(setting.value)
      case "features": try readFeatures(setting.value)
      case "check": try check.read(setting.value)
      case "cost_tracking": try check.read(costTracking: setting.value)
      case "claude_config": try check.read(articleConfiguration: setting.value)
      case "rate_limit", "rate_limits":
        rateLimits = (rateLimits ?? []) + (try RateLimitConfiguration.read(setting.value))
      case "residency": residency = try readResidency(setting.value)
      case "finance": try finance.read(setting.value)
      default:
        throw setting.value.unknown(known: [
          "db", "timezone", "import", "prices", "rate_limits", "rate_limit", "features", "check",
          "cost_tracking", "claude_config", "residency", "finance",
        ])
      }
    }
  }

  private mutating func readImport(_ section: ConfigurationNode) throws {
    for setting in try section.members() {
      switch setting.key {
      case "assume_timezone": assumeTimezone = try zone(setting.value)
      case "map":
        map = try setting.value.assignments()
        for member in try setting.value.members() {
          _ = try field(try member.value.text(), member.value)
        }
      case "set":
        set = try setting.value.assignments()
        for member in try setting.value.members() {
          let field = try field(member.key, member.value)
          try member.value.check(try member.value.text(), fits: field)
        }
      case "sources": sources = try SourceMappings.read(setting.value)
      default:
        throw setting.value.unknown(known: ["assume_timezone", "map", "set", "sources"])
      }
    }
  }

  private mutating func readFeatures(_ section: ConfigurationNode) throws {
    for feature in try section.members() {
      for setting in try feature.value.members() {
        guard setting.key == "interactive" else {
          throw setting.value.unknown(known: ["interactive"])
        }
        switch try setting.value.text() {
        case "false", "no": backgroundFeatures.append(feature.key)
        case "true", "yes": continue
        default: throw setting.value.mustBe("true or false")
        }
      }
    }
  }

  private func readResidency(_ section: ConfigurationNode) throws -> ResidencyRules {
    func places(_ setting: ConfigurationNode) throws -> [String] {
      let places = try setting.items.map { try $0.text() }
      if places.contains(where: { $0.contains { ",;=".contains($0) } }) {
        throw setting.mustBe("a list of places, such as [us, eu-central-1]")
      }
      return places
    }
    var rules = ResidencyRules()
    for setting in try section.members() {
      switch setting.key {
      case "default": rules.standard = try places(setting.value)
      case "tenants":
        for tenant in try setting.value.members() {
          if tenant.key == "default" || tenant.key.contains(where: { ";=".contains($0) }) {
            throw tenant.value.error("'\(tenant.key)' cannot be the name of a tenant here")
          }
          rules.tenants[tenant.key] = try places(tenant.value)
        }
      default: throw setting.value.unknown(known: ["default", "tenants"])
      }
    }
    return rules
  }

  private func zone(_ setting: ConfigurationNode) throws -> String {
    let name = try setting.text()
    do { _ = try WindowOptions.zone(named: name) } catch { throw setting.error("\(error)") }
    return name
  }

  private func field(_ name: String, _ setting: ConfigurationNode) throws -> Field {
    guard let field = Field(named: name) else { throw setting.unknownField(name) }
    return field
  }
}

extension ConfigurationNode {
  func unknownField(_ name: String) -> SettingsError {
    error(
      "no field is called '\(name)'; known are "
        + Field.allCases.map(\.rawValue).joined(separator: ", "))
  }

  /// - Throws: what is wrong with a text that the field cannot hold.
  func check(_ text: String, fits field: Field) throws {
    if let expectation = field.expectation(against: text) {
      throw error("\(field.rawValue) must be \(expectation), not '\(text)'")
    }
  }
}

extension YamlError {
  fileprivate func settingsError(in path: String, _ text: String) -> SettingsError {
    switch self {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let isInBraces = problem.contains("',' or '}'") || problem.contains("',' or ']'")
      let hint =
        isInBraces ? " (inside braces, what has [ ] { } or a comma in it stands in quotes)" : ""
      return .notYAML(path, line: mark.line, problem + hint)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first ?? ""
      let line = Self.secondLine(of: key, behind: context.mark.line, in: text)
      return .invalid(path, line: line ?? context.mark.line, "'\(key)' stands twice in one mapping")
    default:
      return .notYAML(path, line: nil, "\(self)".split(separator: "\n").joined(separator: " "))
    }
  }

  /// The line where a key of a mapping stands again; nil where it does not start a line.
  private static func secondLine(of key: String, behind first: Int, in text: String) -> Int? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let found = lines.indices.dropFirst(first - 1).filter {
      lines[$0].trimmingCharacters(in: .whitespaces).hasPrefix(key + ":")
    }
    return found.count > 1 ? found[1] + 1 : nil
  }
}
