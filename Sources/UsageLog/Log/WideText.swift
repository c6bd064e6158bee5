/// Text whose characters are wider than a byte, as some Windows tools write it.
enum WideText {
  /// The encoding's name, or nil for what may be UTF-8.
  static func encoding(of start: Text) -> String? {
    let bytes = start.bytes
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return "UTF-32LE" }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32BE" }
    if bytes.starts(with: [0xFF, 0xFE]) { return "UTF-16LE" }
    if bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16BE" }
    guard start.count >= 16 else { return nil }
    let places = 0..<16
    let zeros = places.map { bytes[$0] == 0 }
    if places.allSatisfy({ zeros[$0] == ($0 % 2 == 1) }) { return "UTF-16LE" }
    if places.allSatisfy({ zeros[$0] == ($0 % 2 == 0) }) { return "UTF-16BE" }
    return nil
  }
}
