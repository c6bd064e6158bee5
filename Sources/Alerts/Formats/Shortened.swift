extension String {
  /// At most so many UTF-16 units, the strictest way to count characters; what is cut ends in "…".
  func shortened(to limit: Int, escaping escape: (Character) -> String = { String($0) }) -> String {
    var text = ""
    var length = 0
    // Where the text would be cut if it turns out to be too long.
    var cut = ""
    for character in self {
      let piece = escape(character)
      length += piece.utf16.count
      if length > limit { return cut + "…" }
      text += piece
      if length < limit { cut = text }
    }
    return text
  }
}
