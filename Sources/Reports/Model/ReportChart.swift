package import Tables

/// Series over the same categories: days, or names.
package struct ReportChart: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// What moves over time.
    case line
    /// What is compared: a bar to the right for each name.
    case bar
    /// What adds up, over time.
    case stackedColumn
  }

  package struct Series: Equatable, Sendable {
    package var name: String
    /// One for each category; NULL is a gap.
    package var values: [Value]
    /// Not what happened: a budget, a forecast.
    package var isDashed: Bool

    package init(_ name: String, _ values: [Value], isDashed: Bool = false) {
      self.name = name
      self.values = values
      self.isDashed = isDashed
    }
  }

  /// The range in which what is expected should lie.
  package struct Band: Equatable, Sendable {
    package var name: String
    package var low: [Value]
    package var high: [Value]

    package init(_ name: String, low: [Value], high: [Value]) {
      self.name = name
      self.low = low
      self.high = high
    }
  }

  package let kind: Kind
  package let title: String
  package let unit: ReportUnit
  package let categories: [String]
  package let series: [Series]
  package let band: Band?

  package init(
    _ kind: Kind, title: String, unit: ReportUnit, categories: [String], series: [Series],
    band: Band? = nil
  ) {
    let lists = series.map(\.values) + (band.map { [$0.low, $0.high] } ?? [])
    precondition(lists.allSatisfy { $0.count == categories.count }, "a value for each category")
    self.kind = kind
    self.title = title
    self.unit = unit
    self.categories = categories
    self.series = series
    self.band = band
  }

  package var heading: String { unit.label.map { "\(title), \($0)" } ?? title }

  /// What is drawn, as rows: a category, each series, the band's ends.
  package var table: ReportTable {
    let bandLists = band.map { [("\($0.name), low", $0.low), ("\($0.name), high", $0.high)] } ?? []
    let lists = series.map { ($0.name, $0.values) } + bandLists
    return ReportTable(
      name: "chart", title: title,
      columns: [ReportColumn("category", "")] + lists.map { ReportColumn($0.0, $0.0, unit) },
      rows: categories.indices.map { row in
        [.text(categories[row])] + lists.map { $0.1[row] }
      })
  }

  /// The chart in a sentence, for those who do not see it.
  package func description(on display: Display) -> String {
    let form = unit.form(of: series.flatMap(\.values), on: display)
    let phrases = series.map { series in
      let known = zip(categories, series.values).filter { $1.quantity(in: unit.unit) != nil }
      let largest = known.max {
        ($0.1.quantity(in: unit.unit) ?? 0) < ($1.1.quantity(in: unit.unit) ?? 0)
      }
      guard let largest else { return "\(series.name): no values" }
      return "\(series.name): at most \(form.text(largest.1)) (\(largest.0))"
    }
    let span =
      categories.isEmpty
      ? "no data"
      : categories.count == 1 ? categories[0] : "\(categories[0]) to \(categories.last ?? "")"
    let range = kind == .bar ? "\(categories.count) bars" : span
    return "\(range). \(phrases.joined(separator: "; "))."
  }
}
