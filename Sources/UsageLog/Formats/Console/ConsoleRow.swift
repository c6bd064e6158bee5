extension ConsoleRows {
  /// A row whose fields are found by their columns' names.
  struct Row {
    let fields: UnsafeBufferPointer<Text>
    fileprivate let places: [String: Int]

    init(fields: UnsafeBufferPointer<Text>, places: [String: Int]) {
      self.fields = fields
      self.places = places
    }

    /// The field, trimmed; nil where the column is missing or the field is empty.
    subscript(name: String) -> Text? {
      guard let place = places[name] else { return nil }
      let field = fields[place].trimmed
      return field.isEmpty ? nil : field
    }

    func count(_ name: String, _ field: Field) throws(RejectionReason) -> Int64? {
      guard let written = self[name] else { return nil }
      guard let digits = ungrouped(written.string) else { throw .notACount(field) }
      return try Array(digits.utf8).withUnsafeBufferPointer {
        bytes throws(RejectionReason) -> Int64? in
        guard let start = bytes.baseAddress else { return nil }
        let text = Text(start: start, count: bytes.count)
        return try tokenCount(text, field, upTo: largestBucketCount)
      }
    }

    /// Dollars as decimal text in cents, exactly: `0.04` is `4`.
    func cents(_ name: String) throws(RejectionReason) -> String? {
      guard let written = self[name] else { return nil }
      guard let digits = ungrouped(written.string), var amount = ExactDecimal(digits),
        amount.shift(by: 2)
      else { throw .unreadableAmount }
      return amount.text
    }
  }
}

/// A number without the thousands separators and the `$` that hand-edited files have.
///
/// - Returns: nil where a comma stands in another place than between groups of three digits.
private func ungrouped(_ written: String) -> String? {
  let number = written.hasPrefix("$") ? String(written.dropFirst()) : written
  let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  let groups = parts[0].split(omittingEmptySubsequences: false) { ", \u{A0}\u{202F}'".contains($0) }
  guard groups.count > 1 else { return number }
  let leading = groups[0].drop { "+-".contains($0) }
  guard (1...3).contains(leading.count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
    return nil
  }
  return ([groups.joined()] + parts.dropFirst().map(String.init)).joined(separator: ".")
}

extension UsageBucket {
  private static let modelName = Dimension(rawValue: "model_name")

  /// Takes a value as an export writes it, under the name that the API's reports have for it.
  mutating func set(_ dimension: Dimension, exported value: String) {
    switch dimension {
    case .model:
      let id = modelID(displayed: value) ?? canonicalModel(value).canonical
      dimensions[.model] = id
      if id != value || isDisplayName(value) { dimensions[Self.modelName] = value }
    case .contextWindow: dimensions[dimension] = contextWindow(exported: value)
    case .tokenType: dimensions[dimension] = tokenTypes[value.lowercased()] ?? value
    case .costType: dimensions[dimension] = value.lowercased() == "token" ? "tokens" : value
    default: dimensions[dimension] = value
    }
  }

  /// The model is still the name it is shown by.
  var isOfUnknownModel: Bool {
    guard let model = dimensions[.model] else { return false }
    return isDisplayName(model)
  }
}

/// The Admin API's names of what tokens were used for.
private let tokenTypes = [
  "input_no_cache": "uncached_input_tokens", "input_cache_read": "cache_read_input_tokens",
  "input_cache_write_5m": "cache_creation.ephemeral_5m_input_tokens",
  "input_cache_write_1h": "cache_creation.ephemeral_1h_input_tokens",
  // From when there was only one kind of write.
  "input_cache_write": "cache_creation.ephemeral_5m_input_tokens", "output": "output_tokens",
]

/// `≤ 200k` and `> 200k` as the Admin API has them.
private func contextWindow(exported value: String) -> String {
  switch value.lowercased().filter({ !$0.isWhitespace }) {
  case "≤200k", "<=200k", "0-200k": "0-200k"
  case ">200k", "200k-1m": "200k-1M"
  default: value
  }
}
