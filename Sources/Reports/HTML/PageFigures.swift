import Tables

/// The figures of a section as cards.
struct PageFigures {
  private let figures: [ReportFigure]
  private let display: Display

  init(_ figures: [ReportFigure], on display: Display) {
    self.figures = figures
    self.display = display
  }

  var html: String { "<ul class=\"figures\">\n" + figures.map(card).joined() + "</ul>" }

  private func card(_ figure: ReportFigure) -> String {
    // What is not known has no unit.
    let label = figure.value == .null ? nil : figure.unit.label
    let unit = label.map { " <small>\($0.html)</small>" } ?? ""
    let note = figure.note.map { "<p class=\"note\">\($0.html)</p>" } ?? ""
    let change = figure.change.flatMap(change) ?? ""
    return """
      <li><p class="name">\(figure.name.html)</p>
      <p class="figure">\(figure.text(on: display).html)\(unit)</p>\(change)\(note)</li>

      """
  }

  /// An arrow says what a colour alone would not.
  private func change(_ change: ReportFigure.Change) -> String? {
    guard let text = change.text(on: display) else { return nil }
    let quantity = change.value.quantity(in: change.unit.unit) ?? 0
    let arrow = quantity > 0 ? "▲" : quantity < 0 ? "▼" : "="
    return "<p class=\"change \(change.meaning)\"><span aria-hidden=\"true\">\(arrow)</span> "
      + "\(text.html)</p>"
  }
}
