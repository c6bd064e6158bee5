/// What callers tag their requests with: tenant, feature, release and the like, by their usual spellings.
///
/// Labels say who made a call and why; what it was and used is the record's own business.
final class CallLabels {
  private var keys: KeyTable

  private static let told: Set<Field> = [
    .tenantID, .feature, .deploySHA, .promptHash, .sessionID, .userID, .agent, .operationID,
    .attempt, .retryCount, .parentCall, .workspace, .apiKey, .prefixHash, .toolHash,
  ]

  init(options: ReadingOptions) { keys = KeyTable(mapped: options.mapped) }

  /// Sets the fields that an object's members name; the best spelling wins.
  func read(_ labels: JSONValue?, into fields: CallFields) {
    guard let labels, labels.isObject else { return }
    for label in labels.children {
      let meaning = keys.meaning(of: label.key)
      guard let field = meaning.field, meaning.rank == 0 || Self.told.contains(field),
        let text = label.text, !text.isEmpty
      else { continue }
      fields.values.set(meaning.fieldIndex, rank: meaning.rank, text, in: labels.index)
    }
  }
}
