import CallStore
import Foundation
import UsageLog
import Yams

/// Every setting with where it came from: flag, environment, configuration file, default.
struct Settings {
  struct Sourced<Value> {
    var value: Value
    var origin: String
  }

  let configuration: String?
  let database: Sourced<String>
  let timezone: Sourced<String>
  let assumeTimezone: Sourced<String>
  let map: Sourced<[String: String]>
  let set: Sourced<[String: String]>

  /// - Throws: `SettingsError` naming the line that cannot be understood.
  init(
    databaseFlag: String? = nil, configurationFlag: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    let file = try Self.file(configurationFlag, environment)
    let yaml = try file.map { try ConfigurationFile(path: $0) }
    configuration = file
    if let databaseFlag {
      database = Sourced(value: databaseFlag, origin: "--db")
    } else if let path = environment["FORENSICS_DB"], !path.isEmpty {
      database = Sourced(value: path, origin: "$FORENSICS_DB")
    } else if let yaml, let path = yaml.database {
      database = Sourced(value: path, origin: yaml.path)
    } else {
      database = Sourced(value: Self.standardDatabase(environment), origin: "default")
    }
    func sourced<Value>(_ value: Value?, or standard: Value) -> Sourced<Value> {
      Sourced(value: value ?? standard, origin: value == nil ? "default" : yaml?.path ?? "default")
    }
    timezone = sourced(yaml?.timezone, or: "UTC")
    assumeTimezone = sourced(yaml?.assumeTimezone, or: "UTC")
    map = sourced(yaml?.map, or: [:])
    set = sourced(yaml?.set, or: [:])
  }

  private static func file(_ flag: String?, _ environment: [String: String]) throws -> String? {
    if let flag {
      guard FileManager.default.fileExists(atPath: flag) else { throw SettingsError.missing(flag) }
      return flag
    }
    let given = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    let home = given ?? (environment["HOME"] ?? "") + "/.config"
    return ["./forensics.yml", home + "/forensics/config.yml"].first {
      FileManager.default.fileExists(atPath: $0)
    }
  }

  private static func standardDatabase(_ environment: [String: String]) -> String {
    let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
    return (data ?? (environment["HOME"] ?? ".") + "/.local/share") + "/forensics/forensics.db"
  }
}

/// Why a configuration cannot be used.
enum SettingsError: Error, CustomStringConvertible {
  case missing(String)
  case notYAML(String, String)
  case unknownKey(String, key: String, known: [String])
  case wrongType(String, key: String, expected: String)
  case unknownField(String, key: String)

  var description: String {
    switch self {
    case .missing(let path): "there is no configuration at '\(path)'"
    case .notYAML(let path, let what): "'\(path)' is not valid YAML: \(what)"
    case .unknownKey(let path, let key, let known):
      "'\(path)': there is no setting '\(key)'; known here are \(known.joined(separator: ", "))"
    case .wrongType(let path, let key, let expected): "'\(path)': '\(key)' must be \(expected)"
    case .unknownField(let path, let key):
      "'\(path)': no field is called '\(key)'; known are "
        + Field.allCases.map(\.rawValue).joined(separator: ", ")
    }
  }
}

/// `forensics.yml` as it was written.
struct ConfigurationFile {
  let path: String
  private(set) var database: String?
  private(set) var timezone: String?
  private(set) var assumeTimezone: String?
  private(set) var map: [String: String]?
  private(set) var set: [String: String]?

  init(path: String) throws {
    self.path = path
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw SettingsError.missing(path)
    }
    // Nodes, not Swift values: a deploy of 0123456 must stay what was written.
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw SettingsError.notYAML(path, "\(error)".split(separator: "\n").joined(separator: " "))
    }
    guard let root, root.scalar?.string != "" else { return }
    for (key, value) in try members(of: root, "the file") {
      switch key {
      case "db": database = try string(value, key)
      case "timezone": timezone = try string(value, key)
      case "import": try readImport(value)
      default:
        throw SettingsError.unknownKey(path, key: key, known: ["db", "timezone", "import"])
      }
    }
    if let timezone { _ = try WindowOptions.zone(named: timezone) }
    if let assumeTimezone { _ = try WindowOptions.zone(named: assumeTimezone) }
  }

  private mutating func readImport(_ value: Node) throws {
    for (key, value) in try members(of: value, "import") {
      switch key {
      case "assume_timezone": assumeTimezone = try string(value, "import.\(key)")
      case "map": map = try strings(value, "import.map")
      case "set": set = try strings(value, "import.set")
      default:
        throw SettingsError.unknownKey(
          path, key: "import.\(key)", known: ["assume_timezone", "map", "set"])
      }
    }
    for name in (map?.values.map(\.self) ?? []) + (set?.keys.map(\.self) ?? [])
    where Field(named: name) == nil {
      throw SettingsError.unknownField(path, key: name)
    }
  }

  private func members(of node: Node, _ name: String) throws -> [(String, Node)] {
    guard let mapping = node.mapping else {
      throw SettingsError.wrongType(path, key: name, expected: "a mapping of settings")
    }
    return try mapping.map { (try string($0.key, name), $0.value) }
  }

  private func string(_ node: Node, _ key: String) throws -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw SettingsError.wrongType(path, key: key, expected: "a text")
    }
    return text
  }

  private func strings(_ node: Node, _ key: String) throws -> [String: String] {
    var texts: [String: String] = [:]
    for (name, value) in try members(of: node, key) {
      texts[name] = try string(value, "\(key).\(name)")
    }
    return texts
  }
}
