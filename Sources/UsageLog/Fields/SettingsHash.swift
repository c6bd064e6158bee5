extension ReadingOptions {
  /// A hash of the settings that decide what a record says; 0 where there are none.
  ///
  /// A log that was read with other settings may hold records that can be read by now.
  package var settingsHash: UInt64 {
    var told = mapped.map { "map \($0.key)=\($0.value.rawValue)" }
    told += defaults.map { "set \($0.key.rawValue)=\($0.value)" }
    for (source, mapping) in mappings {
      told += mapping.fields.map { "\(source) \($0.key.rawValue)=\($0.value)" }
    }
    if !zone.isEmpty { told.append("zone \(zone)") }
    return told.isEmpty ? 0 : contentHash(told.sorted().joined(separator: "\n"))
  }
}
