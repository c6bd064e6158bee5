import UsageLog

/// Mappings that no log had anything for: misspelt, or of another version of the source.
struct UnmetMappings {
  let options: ReadingOptions
  /// `--map` as it was given, else it stands in the configuration.
  let flags: Set<String>

  var remarks: [String] {
    guard let use = options.use else { return [] }
    return columns(use) + paths(use)
  }

  private func columns(_ use: MappingUse) -> [String] {
    options.mapped.filter { !use.hasMet(column: $0.key) }.sorted { $0.key < $1.key }
      .map { column, field in
        let option = flags.contains(column) ? "--map" : "import.map"
        return "\(option) \(column)=\(field.rawValue): no log read had such a column or key"
      }
  }

  private func paths(_ use: MappingUse) -> [String] {
    options.mappings.sorted { $0.key < $1.key }.filter { use.hasMet(source: $0.key) }
      .flatMap { source, mapping in
        mapping.fields.sorted { $0.key.rawValue < $1.key.rawValue }
          .filter { !$0.value.paths.isEmpty && !use.hasMet($0.key, of: source) }
          .map { field, place in
            "\(place.origin): no call of \(source) held a value for \(field.rawValue) (\(place))"
          }
      }
  }
}
