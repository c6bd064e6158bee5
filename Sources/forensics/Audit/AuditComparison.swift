import Tables

/// What changed since an earlier audit, lever by lever.
struct AuditComparison: Equatable {
  enum Change: String { case gone, better, worse, new }

  struct Line: Equatable {
    let change: Change
    let id: String
    let title: String
    /// Nano-dollars a month.
    let before: Int64
    let now: Int64

    var saved: Int64 { before - now }
  }

  /// The largest change first; levers that are worth what they were are left out.
  let lines: [Line]
  let spendBefore: Int64
  let spendNow: Int64
  /// What makes the two hard to compare.
  let cautions: [String]

  /// What levers that are gone or smaller are worth less, in nano-dollars a month.
  var realised: Int64 {
    lines.filter { [.gone, .better].contains($0.change) }.reduce(0) { $0 + $1.saved }
  }

  init(_ baseline: AuditBaseline, _ report: AuditReport) {
    let levers = (report.levers.shown + report.levers.small).map {
      AuditBaseline.Entry(id: $0.id, title: $0.title, monthNanos: $0.monthNanos)
    }
    self.init(
      baseline,
      now: AuditBaseline(
        window: report.windowText, book: report.book, monthNanos: report.monthNanos,
        levers: levers), minimum: report.minimum)
  }

  /// - Parameter minimum: nano-dollars a month that a lever was worth, or is, to be told.
  init(_ before: AuditBaseline, now: AuditBaseline, minimum: Int64) {
    let old = Dictionary(before.levers.map { ($0.id, $0) }) { first, _ in first }
    let new = Dictionary(now.levers.map { ($0.id, $0) }) { first, _ in first }
    lines = Set(old.keys).union(new.keys).compactMap { id -> Line? in
      let (was, amount) = (old[id]?.monthNanos ?? 0, new[id]?.monthNanos ?? 0)
      guard was != amount, max(was, amount) >= minimum else { return nil }
      let change: Change =
        new[id] == nil ? .gone : old[id] == nil ? .new : amount < was ? .better : .worse
      return Line(
        change: change, id: id, title: (new[id] ?? old[id])?.title ?? id, before: was, now: amount)
    }.sorted {
      (-Int64($0.saved.magnitude), $0.id) < (-Int64($1.saved.magnitude), $1.id)
    }
    spendBefore = before.monthNanos
    spendNow = now.monthNanos
    cautions = [
      before.window == now.window
        ? nil : "other windows: \(before.window) before, \(now.window) now",
      before.book == now.book
        ? nil : "other prices: \(before.book) before, \(now.book) now",
    ].compactMap(\.self)
  }
}
