import ArgumentParser
import CallStore
import Foundation
import UsageLog

/// How logs are read: what `import` and `rejects retry` have in common.
struct ReadingSettings: ParsableArguments {
  @Option(help: ArgumentHelp("Force the log format.", valueName: "format")) var from: String?
  @Option(
    help: ArgumentHelp(
      "Fill what the source lacks: tenant=acme,feature=search.", valueName: "field=value,…"))
  var set: [String] = []
  @Option(
    help: ArgumentHelp(
      "Read a column or key as a field: kunde=tenant_id.", valueName: "column=field"))
  var map: [String] = []
  @Option(
    help: ArgumentHelp(
      "Batch requests ({custom_id, params}) whose results are imported, for their prompts' hashes.",
      valueName: "file"))
  var requests: [String] = []
  @Option(
    help: ArgumentHelp(
      "Whether input counts of OpenTelemetry spans hold cached tokens: includes or excludes. (default: by rule)",
      valueName: "rule"))
  var otelInput: InputRule?
  @Option(help: ArgumentHelp("Zone of times without an offset. (default: UTC)", valueName: "zone"))
  var assumeTimezone: String?

  enum InputRule: String, ExpressibleByArgument, CaseIterable { case includes, excludes }

  func validate() throws {
    if let from, LogFormats.named(from) == nil {
      throw ValidationError("\(LogError.unknownFormatName(from))")
    }
    _ = try assignments(set, "--set") + assignments(map, "--map")
    if let assumeTimezone { _ = try WindowOptions.zone(named: assumeTimezone) }
  }

  /// The options for an import, from the flags and the configuration.
  func importOptions(_ settings: Settings) throws -> ImportOptions {
    var options = ImportOptions()
    options.format = from
    options.now = Int64(Date().timeIntervalSince1970 * 1000)
    options.version = Forensics.version
    options.reading.use = MappingUse()
    options.reading.mappings = settings.sources
    let named = try settings.map.value.map { ($0.key, $0.value) } + assignments(map, "--map")
    for (column, name) in named {
      guard let field = Field(named: name) else { throw unknownField(name, "--map") }
      options.reading.mapped[column] = field
    }
    let given = try settings.set.value.map { ($0.key, $0.value) } + assignments(set, "--set")
    for (name, value) in given {
      guard let field = Field(named: name) else { throw unknownField(name, "--set") }
      options.reading.defaults[field] = value
    }
    // Flags come before the configuration.
    for name in try assignments(set, "--set").compactMap({ Field(named: $0.0) }) {
      for source in options.reading.mappings.keys {
        options.reading.mappings[source]?.fields[name]?.standard = nil
      }
    }
    options.reading.otelInput = otelInput.flatMap { OTelInput(rawValue: $0.rawValue) }
    for path in requests { try read(requests: path, into: &options.reading.requests) }
    options.prices = try settings.prices()
    let zone = try WindowOptions.zone(named: assumeTimezone ?? settings.assumeTimezone.value)
    if zone.identifier != "UTC", zone.identifier != "GMT" { options.reading.zone = zone.identifier }
    options.reading.naiveOffset = { local in NaiveTime.offset(of: local, in: zone) }
    return options
  }

  private func read(requests path: String, into requests: inout BatchRequests) throws {
    let (input, _) = try decompressed(try FileInput(path: path))
    var file = BatchRequestsFile(input)
    do {
      try file.read(into: &requests)
    } catch let fault as BatchRequestsFile.Fault {
      throw ValidationError("--requests: \(path), \(fault)")
    }
  }

  /// Columns of `--map`.
  var mappedColumns: [String] {
    get throws { try assignments(map, "--map").map(\.0) }
  }

  private func assignments(_ texts: [String], _ option: String) throws -> [(String, String)] {
    try texts.flatMap { $0.split(separator: ",") }.map { text in
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        throw ValidationError("\(option) takes NAME=VALUE, not '\(text)'")
      }
      let name = option == "--set" ? parts[0] : parts[1]
      guard let field = Field(named: String(name)) else {
        throw unknownField(String(name), option)
      }
      if option == "--set", let expectation = field.expectation(against: String(parts[1])) {
        throw ValidationError("--set \(name): must be \(expectation), not '\(parts[1])'")
      }
      return (String(parts[0]), String(parts[1]))
    }
  }

  private func unknownField(_ name: String, _ option: String) -> ValidationError {
    ValidationError(
      "\(option): no field is called '\(name)'; known are "
        + Field.allCases.map(\.rawValue).joined(separator: ", "))
  }
}
