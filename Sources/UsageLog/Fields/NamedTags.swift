/// Names that an application gave its calls in a free map: metadata, properties, tags.
///
/// Only what names a call is taken from it, under the names every flat format knows; never a count.
struct NamedTags {
  private var keys: KeyTable

  private static let names: Set<Field> = [
    .tenantID, .feature, .deploySHA, .promptHash, .sessionID, .userID, .agent, .operationID,
    .workspace, .prefixHash, .toolHash,
  ]

  init(options: ReadingOptions) { keys = KeyTable(mapped: options.mapped) }

  /// Sets what the map names and the record did not; what the user mapped is the last word.
  mutating func set(_ map: JSONValue?, into fields: CallFields) {
    guard let map, map.isObject else { return }
    for member in map.children {
      let meaning = keys.meaning(of: member.key)
      guard let field = meaning.field, let text = member.text else { continue }
      if meaning.rank == 0 {
        fields.set(FieldIndex(field), text, rank: 0)
      } else if Self.names.contains(field) {
        fields.set(FieldIndex(field), text)
      }
    }
  }
}
