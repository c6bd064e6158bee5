package import Tables

/// What a report says, before anybody decided how it looks: sections of figures, tables, charts and sentences.
///
/// Totals and ratios are reckoned here and nowhere else, so a page, a workbook and a file show the same figures.
package struct ReportDocument: Sendable {
  package var title: String
  /// What the figures are about: `Week 2026-W46, 9 to 15 November 2026`.
  package var period: String
  /// The IANA name of the zone that days follow: `Europe/Madrid`.
  package var zone: String
  /// What "now" meant, in milliseconds since 1970 in UTC.
  package var asOf: Int64
  /// What every page has to say for itself: the basis of costs, the price list, what is missing.
  package var basis: [ReportPair]
  package var sections: [ReportSection]
  /// The clock by which instants are shown.
  package var display: Display

  package init(
    title: String, period: String, zone: String, asOf: Int64, basis: [ReportPair] = [],
    sections: [ReportSection], display: Display = Display()
  ) {
    self.title = title
    self.period = period
    self.zone = zone
    self.asOf = asOf
    self.basis = basis
    self.sections = sections
    self.display = display
  }

  /// Period, zone and moment in a line.
  package var subtitle: String {
    "\(period) · \(zone) · as of \(display.clock(at: asOf).asFineAsNeeded)"
  }

  /// All tables, in the order of the document.
  package var tables: [ReportTable] {
    sections.flatMap(\.blocks).compactMap { if case .table(let table) = $0 { table } else { nil } }
  }
}

/// A part with a title of its own: a chapter of the page, a sheet of the workbook.
package struct ReportSection: Equatable, Sendable {
  /// Names anchors: `by-tenant`.
  package var id: String
  /// Also the name of the sheet: `By tenant`.
  package var title: String
  /// What matters most, a sentence each.
  package var lead: [String]
  package var blocks: [ReportBlock]

  package init(id: String, title: String, lead: [String] = [], blocks: [ReportBlock] = []) {
    self.id = id
    self.title = title
    self.lead = lead
    self.blocks = blocks
  }
}

package enum ReportBlock: Equatable, Sendable {
  case figures([ReportFigure])
  case table(ReportTable)
  case chart(ReportChart)
  case sentences([String])
  case pairs([ReportPair])
}

/// A name with what is to be said of it.
package struct ReportPair: Equatable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
