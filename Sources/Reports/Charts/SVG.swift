import Tables

/// The few elements that a chart is drawn with; coordinates go down to a tenth.
struct SVG {
  private(set) var elements: [String] = []

  /// - Parameter title: shown where the pointer rests.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, class name: String, title: String? = nil
  ) {
    let place =
      "x=\"\(tenths(x))\" y=\"\(tenths(y))\" width=\"\(tenths(max(0, width)))\" "
      + "height=\"\(tenths(max(0, height)))\""
    add("rect", "class=\"\(name)\" \(place)", title)
  }

  mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), class name: String
  ) {
    elements.append(
      "<path class=\"\(name)\" d=\"M\(tenths(start.x)) \(tenths(start.y))"
        + "L\(tenths(end.x)) \(tenths(end.y))\"/>")
  }

  mutating func path(_ points: [(x: Double, y: Double)], closed: Bool = false, class name: String) {
    let steps = points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(tenths(point.x)) \(tenths(point.y))"
    }
    elements.append("<path class=\"\(name)\" d=\"\(steps.joined())\(closed ? "Z" : "")\"/>")
  }

  /// A marker of one of four forms, so that lines differ without colour.
  mutating func marker(
    _ form: Int, at point: (x: Double, y: Double), class name: String, title: String? = nil
  ) {
    let (x, y) = point
    func polygon(_ corners: [(Double, Double)]) -> String {
      "points=\"" + corners.map { "\(tenths(x + $0.0)),\(tenths(y + $0.1))" }.joined(separator: " ")
        + "\""
    }
    let shape = "class=\"\(name)\" "
    switch form % 4 {
    case 0: add("circle", shape + "cx=\"\(tenths(x))\" cy=\"\(tenths(y))\" r=\"3.5\"", title)
    case 1:
      add("polygon", shape + polygon([(-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)]), title)
    case 2: add("polygon", shape + polygon([(0, -4), (4, 3.2), (-4, 3.2)]), title)
    default: add("polygon", shape + polygon([(0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0)]), title)
    }
  }

  mutating func text(
    _ text: String, at point: (x: Double, y: Double), anchor: Anchor = .start,
    class name: String = ""
  ) {
    let attributes = [
      name.isEmpty ? "" : "class=\"\(name)\"", "x=\"\(tenths(point.x))\"",
      "y=\"\(tenths(point.y))\"",
      anchor == .start ? "" : "text-anchor=\"\(anchor.rawValue)\"",
    ].filter { !$0.isEmpty }
    elements.append("<text \(attributes.joined(separator: " "))>\(text.html)</text>")
  }

  enum Anchor: String { case start, middle, end }

  private mutating func add(_ tag: String, _ attributes: String, _ title: String?) {
    let content = title.map { "><title>\($0.html)</title></\(tag)>" } ?? "/>"
    elements.append("<\(tag) \(attributes)\(content)")
  }

  private func tenths(_ number: Double) -> String {
    let tenths = Int64(nearest: number * 10) ?? 0
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }
}
