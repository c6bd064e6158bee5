/// What may be kept as a name.
///
/// Under a key like `task` or `user` some logs hold a whole prompt. Content must never be kept, so a text
/// that is too long for a name, or has lines, is taken for content and counts as not logged.
extension Text {
  static let longestName = 128
  /// Ids and hashes are longer than names people give.
  static let longestID = 256

  func named(upTo limit: Int = longestName) -> Text? {
    guard count <= limit else { return nil }
    // Without an early exit, so that the loop runs on many bytes at once.
    var controls: UInt8 = 0
    for byte in bytes { controls |= byte < 0x20 || byte == 0x7F ? 1 : 0 }
    return controls == 0 ? self : nil
  }
}

extension Text {
  /// An id that a model's API gave its response, or a gateway in its form.
  var isResponseID: Bool {
    hasPrefix("msg_") || hasPrefix("chatcmpl-") || hasPrefix("resp_") || hasPrefix("cmpl-")
  }
}
