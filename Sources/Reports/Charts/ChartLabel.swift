import Tables

extension String {
  /// The text as a label of a chart: visible, and cut where there is no room.
  func label(cutTo width: Int) -> String {
    let text = visible
    guard text.displayWidth > width else { return text }
    var room = width - 1
    return String(
      text.prefix { character in
        room -= String(character).displayWidth
        return room >= 0
      }) + "…"
  }
}
