import CallStore
import Foundation
import UsageLog

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
  /// Mappings by the source's name; each field knows its line.
  let sources: [String: SourceMapping]
  /// Features that nobody waits for.
  let backgroundFeatures: [String]
  let check: CheckConfiguration
  /// What a minute may hold.
  let rateLimits: Sourced<[RateLimit]>
  /// Where each tenant's calls may be processed.
  let residency: ResidencyRules
  /// How finance counts.
  let finance: FinanceConfiguration
  private let priceConfiguration: PriceConfiguration

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
    rateLimits = sourced(yaml?.rateLimits, or: [])
    sources = yaml?.sources ?? [:]
    backgroundFeatures = yaml?.backgroundFeatures ?? []
    residency = yaml?.residency ?? ResidencyRules()
    var check = yaml?.check ?? CheckConfiguration()
    check.region.adopt(residency)
    check.rateLimit.adopt(rateLimits.value)
    self.check = check
    finance = yaml?.finance ?? FinanceConfiguration()
    priceConfiguration = yaml?.prices ?? PriceConfiguration()
  }

  /// What the team pays where that is not the list price; the price files are read for whoever asks.
  ///
  /// - Throws: `SettingsError` naming the line, or the file that cannot be understood.
  func prices() throws -> PriceSettings { try priceConfiguration.settings() }

  /// The price files as they are written, and every override with its place, for `config`.
  func writtenPrices() throws -> (
    files: [Sourced<String>], overrides: [PriceConfiguration.Written]
  ) {
    let files = try priceConfiguration.files.map {
      Sourced(value: try $0.text(), origin: $0.place)
    }
    return (files, try priceConfiguration.read().overrides)
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
