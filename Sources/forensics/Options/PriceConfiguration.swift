import CallStore
import Foundation
import UsageLog
import Yams

/// The section `prices`: what the team pays where that is not the list price.
///
/// ```yaml
/// prices:
///   files: [contracts.yml, ours.csv]       # beside this file; the last one counts most
///   overrides:
///     - {name: Anthropic 2026, channel: anthropic, from: 2026-01-01, discount: 12%}
///     - {model: gpt-4o-2024-08-06, same_as: gpt-4o}
/// ```
struct PriceConfiguration {
  private(set) var files: [ConfigurationNode] = []
  private(set) var overrides: [Written] = []

  /// An override with its place, `FILE:LINE`.
  struct Written {
    let override: PriceOverride
    let place: String
  }

  init() {}

  init(_ section: ConfigurationNode) throws {
    for setting in try section.members() {
      switch setting.key {
      case "files": files = setting.value.items
      case "overrides":
        overrides = try setting.value.items.map {
          Written(override: try PriceOverride($0), place: $0.place)
        }
      default: throw setting.value.unknown(known: ["files", "overrides"])
      }
    }
    for file in files { _ = try file.text() }
  }

  /// Reads the files; their overrides come before those written here, which count more.
  func settings() throws -> PriceSettings {
    let (lists, overrides) = try read()
    var settings = PriceSettings()
    settings.lists = lists
    settings.overrides = overrides.map(\.override)
    return settings
  }

  /// The files' lists, and all overrides with their places, the one that counts most of equals last.
  func read() throws -> (lists: [PriceList], overrides: [Written]) {
    var read = PriceFiles()
    for file in files {
      let name = try file.text()
      let path = URL(
        fileURLWithPath: name,
        relativeTo: URL(fileURLWithPath: file.file).deletingLastPathComponent()
      ).path
      do { try read.add(fileAt: path, called: name) } catch let error as PriceSettingsError {
        throw file.error("\(error)")
      }
    }
    return (read.lists, read.overrides + overrides)
  }
}

extension PriceSettings {
  /// Adds a price file on top of what is there: prices (.csv), or overrides (.yml).
  ///
  /// - Throws: `PriceSettingsError`, or `SettingsError` with the line of a YAML file.
  mutating func add(fileAt path: String) throws {
    var read = PriceFiles()
    try read.add(fileAt: path, called: path)
    lists += read.lists
    overrides += read.overrides.map(\.override)
  }
}

/// What the files of `prices.files` hold.
private struct PriceFiles {
  var lists: [PriceList] = []
  var overrides: [PriceConfiguration.Written] = []

  /// Adds a price file: prices in the catalogue's columns (.csv), or overrides (.yml).
  ///
  /// - Throws: `PriceSettingsError`, or `SettingsError` with the line of a YAML file.
  mutating func add(fileAt path: String, called name: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PriceSettingsError.unreadable(name)
    }
    if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
      let file = try ConfigurationFile(path: path)
      guard file.hasOnlyPrices, file.prices.files.isEmpty else {
        throw PriceSettingsError.notOnlyPrices(name)
      }
      overrides += file.prices.overrides
      return
    }
    do { lists.append(try PriceList(name: name, csv: Array(data))) } catch {
      throw PriceSettingsError.refused(name, "\(error)")
    }
  }
}

/// Why a price file cannot be used.
enum PriceSettingsError: Error, Equatable, CustomStringConvertible {
  case unreadable(String)
  case notOnlyPrices(String)
  case refused(String, String)

  var description: String {
    switch self {
    case .unreadable(let name): "cannot read the price file '\(name)'"
    case .notOnlyPrices(let name):
      "'\(name)' must hold 'prices: overrides:' and nothing else; prices as a table are a .csv file"
    case .refused(let name, let why): "'\(name)' is no price file: \(why)"
    }
  }
}
