import CallStore
import Tables
import UsageLog

/// An explained row as a document for people.
struct RowExplanationText {
  let explained: RowExplanation
  /// Files below it are shown without it.
  let folder: String

  init(_ explained: RowExplanation, folder: String) {
    self.explained = explained
    self.folder = folder
  }

  /// Groups beyond these are only summed up.
  private static let groupsShown = 12

  var document: Document {
    var blocks: [Document.Block] = [
      .title("Row \(explained.number) of \(explained.recipe)"),
      .pairs(zip(explained.columns, explained.row).map { .init($0.name, readable($1, $0.unit)) }),
    ]
    for (number, window) in explained.windows.enumerated() {
      blocks += self.blocks(of: window, isBefore: number > 0)
    }
    if !explained.ties.isEmpty {
      blocks += [.heading("The row's figures, of these calls"), .pairs(explained.ties.map(figure))]
    }
    return Document(blocks + dearest)
  }

  // MARK: - Windows

  private func blocks(of window: ExplainedWindow, isBefore: Bool) -> [Document.Block] {
    let name = isBefore ? "The window before" : "Its calls"
    var blocks: [Document.Block] = [.heading("\(name): \(calls(window.calls, window.extraCalls))")]
    let bounds =
      "\(instant(window.since) ?? "the first call") – \(instant(window.until) ?? "the newest")"
    blocks.append(
      .pairs(
        explained.filters.map { .init($0.dimension.column, $0.values.joined(separator: " or ")) }
          + [.init("window", bounds)]))
    if window.groups.isEmpty { return blocks }
    for group in window.groups.prefix(Self.groupsShown) { blocks += self.blocks(of: group) }
    let rest = window.groups.dropFirst(Self.groupsShown)
    if !rest.isEmpty {
      let cost = rest.reduce(0) { $0 + $1.costNanos }
      blocks.append(
        .sentences([
          "And \(rest.count) more groups, $\(dollarText(nanos: cost)); --format json has them all."
        ]))
    }
    let exact = window.exactCost
    let sum = DecimalFraction(exact.numerator, over: 1_000_000_000_000 * exact.denominator)
    blocks += [
      .heading(isBefore ? "Together, in the window before" : "Together"),
      .pairs([
        .init("exact sum", "$\(sum.text(decimals: 12))"),
        .init("cost", "$\(dollarText(nanos: window.costNanos)), each call rounded once"),
      ]),
    ]
    if window.disagreeing > 0 {
      blocks.append(
        .sentences([
          "\(counted(window.disagreeing, "call")) are stored with another cost than their prices say "
            + "($\(dollarText(nanos: window.storedNanos)) in all); reckon them anew with: forensics reprice"
        ]))
    }
    return blocks
  }

  private func blocks(of group: CallGroup) -> [Document.Block] {
    var title = "\(calls(group.calls, group.extraCalls)) of \(group.model ?? "no model")"
    if group.isLong { title += ", long prompts" }
    if !group.conditions.isEmpty { title += " (\(group.conditions.joined(separator: ", ")))" }
    var blocks: [Document.Block] = [.heading(title)]
    switch group.outcome {
    case .priced: break
    case .covered:
      blocks.append(.sentences(["Not charged by the token: covered by \(group.reason ?? "")"]))
    default: blocks.append(.sentences(["\(group.outcome.phrase): \(group.reason ?? "")"]))
    }
    if let row = group.row { blocks.append(.pairs(PriceText.row(row))) }
    if let agreement = group.agreement, group.outcome == .priced {
      blocks.append(.pairs([.init("agreement", agreement)]))
    }
    let lines = group.lines.filter { $0.count > 0 }
    guard !lines.isEmpty else { return blocks }
    return blocks + [
      .grid(
        Document.Grid(
          ["class", "count", "listed $/MTok", "rate $/MTok", "amount $"],
          rows: CostGrid.rows(lines),
          totals: totals(group)))
    ]
  }

  private func totals(_ group: CallGroup) -> [[String]] {
    func total(_ name: String, _ amount: String) -> [String] { [name, "", "", "", amount] }
    guard group.outcome == .priced || group.outcome == .covered else { return [] }
    let sum = total(
      group.outcome == .covered ? "list equivalent" : "sum", CostGrid.exact(group.picodollars))
    guard group.payable != .one else { return [sum] }
    let payable = DecimalFraction(
      group.picodollars * Int128(group.payable.numerator),
      over: 1_000_000_000_000 * Int128(group.payable.denominator))
    return [sum, total("to pay, x \(text(group.payable))", payable.text(decimals: 12))]
  }

  // MARK: - The row's figures

  private func figure(_ tie: RowExplanation.Tie) -> Document.Pair {
    let value = readable(.integer(tie.value), tie.unit)
    return Document.Pair(
      tie.column,
      tie.isEqual
        ? "\(value), their \(tie.sumOf)"
        : "\(value), which is no plain sum over them: their \(tie.sumOf) is "
          + readable(.integer(tie.sum), tie.unit))
  }

  // MARK: - The dearest calls

  private var dearest: [Document.Block] {
    guard let calls = explained.windows.first?.dearest, let first = calls.first else { return [] }
    return [
      .heading("The dearest of them"),
      .grid(
        Document.Grid(
          ["call", "occurred_at", "line", "cost $"], textColumns: 3,
          rows: calls.map { call in
            [
              call.id ?? call.key, ClockTime(call.occurredAt).toTheSecond,
              place(call.file, call.line, below: folder),
              call.costNanos.map { dollarText(nanos: $0) } ?? "–",
            ]
          })),
      .heading("Next"), .lines(["forensics explain \(first.id ?? first.key)"]),
    ]
  }

  // MARK: - Words

  private func calls(_ count: Int64, _ hidden: Int64) -> String {
    let calls = counted(count, "call")
    return hidden == 0 ? calls : "\(calls) and \(counted(hidden, "hidden iteration"))"
  }

  private func instant(_ time: Int64?) -> String? { time.map { ClockTime($0).rfc3339 } }

  private func readable(_ value: Value, _ unit: Tables.Unit) -> String {
    switch (value, unit) {
    case (.null, _): Selection.none
    case (.text(let text), _): text
    case (.integer(let number), .usd):
      number < 0 ? "-$\(dollarText(nanos: -number))" : "$\(dollarText(nanos: number))"
    case (.integer(let number), .instant): ClockTime(number).rfc3339
    case (.integer(let number), .flag): number == 0 ? "no" : "yes"
    case (.integer(let number), .count), (.integer(let number), .tokens): grouped(number)
    case (.integer(let number), _): "\(number)"
    // A mean of amounts.
    case (.real(let number), .usd): readable(.integer(Int64(number.rounded())), .usd)
    case (.real(let number), _) where abs(number) < 9e9:
      Billionths(Int64(number * 1e9)).rounded(to: 2)
    case (.real(let number), _): "\(number)"
    }
  }
}
