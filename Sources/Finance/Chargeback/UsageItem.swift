package import CallStore

/// Calls of a day, or of an adjustment, that agree in all that costs are allocated by.
package struct UsageItem: Equatable, Sendable {
  package var tenant: String?
  package var feature: String?
  package var workspace: String?
  package var model: String?
  /// The day of the calls; of an adjustment, the first one of the period that it is about.
  package var date: CivilDate
  /// The closed period that it corrects; nil of the period's own calls.
  package var about: String?
  package var usage: UsageCost

  package init(
    tenant: String?, feature: String? = nil, workspace: String? = nil, model: String? = nil,
    date: CivilDate, about: String? = nil, usage: UsageCost
  ) {
    self.tenant = tenant
    self.feature = feature
    self.workspace = workspace
    self.model = model
    self.date = date
    self.about = about
    self.usage = usage
  }
}

extension LedgerQuery {
  /// What a chargeback is reckoned from.
  package static func chargeback(_ period: ReportPeriod) -> LedgerQuery {
    LedgerQuery(
      dayStarts: period.dayStarts, until: period.until, by: [.tenant, .feature, .workspace, .model])
  }
}

extension SpendLedger {
  /// A ledger's entries and adjustments, whatever else it is kept apart by.
  package func items(_ period: ReportPeriod, _ calendar: ReportCalendar) -> [UsageItem] {
    func item(_ values: [String?], _ date: CivilDate, _ calls: CallGroup) -> UsageItem {
      func value(_ dimension: Dimension) -> String? {
        query.dimensions.firstIndex(of: dimension).flatMap { values[$0] }
      }
      return UsageItem(
        tenant: value(.tenant), feature: value(.feature), workspace: value(.workspace),
        model: value(.model), date: date, usage: UsageCost(calls))
    }
    let own = entries.map { item($0.values, period.dates[$0.day], $0.calls) }
    return own
      + adjustments.map {
        var item = item(
          $0.values, calendar.firstDay(of: $0.period) ?? period.dates[0], $0.calls)
        item.about = $0.period
        return item
      }
  }
}

extension ReportCalendar {
  /// Of a period by its text: `2026-10`, or `2026-10-01..2026-10-15`.
  func firstDay(of text: String) -> CivilDate? {
    if let name = PeriodName(text) { return period(name).dates.first }
    return CivilDate(text: String(text.prefix(10)))
  }
}

extension CivilDate {
  /// nil for what is no day such as `2026-11-09`.
  package init?(text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
    guard self.text == text else { return nil }
  }
}
