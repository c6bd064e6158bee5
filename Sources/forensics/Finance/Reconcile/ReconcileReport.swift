import Finance
import Foundation
import Tables

/// What may deviate before somebody should look.
enum ReconcileLimit: Equatable {
  /// In millionths of the provider's total.
  case share(millionths: Int128)
  case dollars(ExactDollars)

  static let standard = ReconcileLimit.share(millionths: 5000)

  /// `0.5%`, `5`, `$5`; nil for what is neither, or negative.
  init?(_ text: String) {
    let text = text.filter { $0 != "$" && $0 != " " }
    if text.hasSuffix("%") {
      guard let percent = ExactDollars(String(text.dropLast())), percent >= .zero else {
        return nil
      }
      self = .share(millionths: percent.attos / 100_000_000_000_000)
    } else {
      guard let amount = ExactDollars(text), amount >= .zero else { return nil }
      self = .dollars(amount)
    }
  }

  func amount(of total: ExactDollars) -> ExactDollars {
    switch self {
    case .share(let millionths):
      ExactDollars(attos: total.magnitude.attos / 1_000_000 * millionths)
    case .dollars(let amount): amount
    }
  }

  var text: String {
    switch self {
    case .share(let millionths): "\(ExactDollars(attos: millionths * 100_000_000_000_000).text) %"
    case .dollars(let amount): "$\(amount.text)"
    }
  }
}

/// A reconciliation as it was asked for.
struct ReconcileReport {
  var reconciliation: Reconciliation
  var period: ReportPeriod
  var asOf: Int64
  var book: String
  var channel: String
  /// In the order of their columns.
  var aspects: [ReconciledAspect]
  var limit: ReconcileLimit

  var allowed: ExactDollars { limit.amount(of: reconciliation.providerTotal) }
  var isBeyond: Bool { reconciliation.deviation > allowed }
  var rows: [Reconciliation.Row] { reconciliation.rows(by: Set(aspects)) }

  func write(_ output: OutputOptions) throws {
    let standard = try output.chosenFormat()
    if output.output.isEmpty { return try Console.write(render(standard)) }
    for path in output.output {
      let suffix = URL(fileURLWithPath: path).pathExtension
      try Console.write(render(TableFormat(fileSuffix: suffix) ?? standard), to: path)
    }
  }

  private func render(_ format: TableFormat) -> String {
    switch format {
    case .table: document.text()
    case .markdown: document.markdown
    case .json: ReconcileJSON.document(self)
    case .jsonl, .csv, .tsv: format.render(Answer(recipe: "reconcile", asOf: asOf, table: table))
    }
  }

  /// The rows with a column for every line of the bridge; across, they add up to what the provider reports.
  private var table: Tables.Table {
    let residuals = reconciliation.lines.map(\.residual)
    let columns =
      aspects.map { Tables.Column(name: $0.column) }
      + (["calls"] + residuals.map { $0.rawValue.replacing("-", with: "_") } + ["provider"]).map {
        Tables.Column(name: $0 + "_usd", unit: .usd)
      }
    return Tables.Table(
      columns: columns,
      rows: rows.map { row in
        aspects.map { row.place.value(of: $0).map { .text($0) } ?? .null }
          + ([row.calls]
          + residuals.map { residual in
            row.lines.first { $0.residual == residual }?.amount ?? .zero
          } + [row.provider]).map(Self.cell)
      })
  }

  /// Every digit, also those beyond a nano-dollar.
  private static func cell(_ amount: ExactDollars) -> Value {
    ExactDollars(nanos: amount.nanos) == amount ? .integer(amount.nanos) : .text(amount.text)
  }
}
