import UsageLog

/// Reads `import.sources`: by source and field, where in a record the field stands.
///
/// ```yaml
/// sources:
///   application-json:
///     tenant_id: customer.id                     # short for {path: customer.id}
///     feature: {path: [team, group], match: '^([a-z]+)-', default: search}
///     deploy_sha: {constant: 9f1c2ab}
/// ```
enum SourceMappings {
  static func read(_ section: ConfigurationNode) throws -> [String: SourceMapping] {
    var sources: [String: SourceMapping] = [:]
    for source in try section.members() {
      guard let format = LogFormats.named(source.key) else {
        let known = LogFormats.all.map { $0.name }.joined(separator: ", ")
        throw source.value.error("no source is called '\(source.key)'; known are \(known)")
      }
      sources[format.name] = SourceMapping(try fields(of: source.value))
    }
    return sources
  }

  private static func fields(of source: ConfigurationNode) throws -> [Field: FieldSource] {
    var fields: [Field: FieldSource] = [:]
    for member in try source.members() {
      guard let field = Field(named: member.key) else {
        throw member.value.unknownField(member.key)
      }
      let read = try FieldSource(member.value, of: field)
      guard fields.updateValue(read, forKey: field) == nil else {
        throw member.value.error("\(field.rawValue) stands twice, here as '\(member.key)'")
      }
    }
    return fields
  }
}

extension FieldSource {
  fileprivate init(_ value: ConfigurationNode, of field: Field) throws {
    self.init(origin: value.place)
    guard value.isMapping else {
      paths = try Self.paths(value)
      return
    }
    for member in try value.members() {
      switch member.key {
      case "path": paths = try Self.paths(member.value)
      case "match": match = try Self.pattern(member.value)
      case "constant": constant = try Self.text(member.value, for: field)
      case "default": standard = try Self.text(member.value, for: field)
      default: throw member.value.unknown(known: ["path", "match", "constant", "default"])
      }
    }
    if constant != nil, !paths.isEmpty || standard != nil {
      throw value.error("'\(value.name)' has a constant, so no path or default can count")
    }
    if match != nil, paths.isEmpty {
      throw value.error("'\(value.name)' has a match, but no path to a value")
    }
    if constant == nil, paths.isEmpty, standard == nil {
      throw value.error("'\(value.name)' needs a path, a constant or a default")
    }
  }

  private static func paths(_ value: ConfigurationNode) throws -> [FieldPath] {
    guard !value.items.isEmpty else { throw value.mustBe("a path or a list of paths") }
    return try value.items.map { item in
      let text = try item.text()
      do throws(FieldPath.Fault) { return try FieldPath(text) } catch {
        throw item.error("'\(text)' is no path: character \(error.position): \(error.what)")
      }
    }
  }

  private static func pattern(_ value: ConfigurationNode) throws -> ValuePattern {
    let text = try value.text()
    do { return try ValuePattern(text) } catch {
      throw value.error("'\(text)' is no regular expression: \(error)")
    }
  }

  private static func text(_ value: ConfigurationNode, for field: Field) throws -> String {
    let text = try value.text()
    try value.check(text, fits: field)
    return text
  }
}
