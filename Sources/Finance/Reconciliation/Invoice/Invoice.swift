/// What a bill says, read from a file or given as a total.
package struct Invoice: Sendable {
  /// As it is shown: the file's name.
  package var name: String
  package var rows: [InvoiceRow]
  /// Whose bill it is, `bedrock` or `vertex`, as far as it says.
  package var channel: String?
  package var remarks: [String] = []

  package init(name: String, rows: [InvoiceRow]) {
    self.name = name
    self.rows = rows
  }

  /// A total and nothing else.
  ///
  /// - Parameter rate: of its currency, where that is not USD.
  package init(name: String, total: ExactDollars, rate: InvoiceRate? = nil) {
    var row = InvoiceRow(amount: (rate ?? .one).dollars(total), charge: .open)
    row.rounding = (rate ?? .one).dollars(row.rounding)
    self.init(name: name, rows: [row])
  }
}

/// A line of a bill, in dollars.
package struct InvoiceRow: Sendable {
  package enum Charge: Sendable, Hashable {
    case tokens(InvoiceTokens), webSearch, codeExecution, tax, credit
    case other(String)
    case open
  }

  package enum InvoiceTokens: String, Sendable, Hashable {
    case input, cacheWrite5m, cacheWrite1h, cacheRead, output
  }

  package var day: CivilDate?
  package var model: String?
  package var workspace: String?
  package var amount: ExactDollars
  package var charge: Charge
  package var isBatch = false
  /// nil where the bill does not say.
  package var geography: String?
  package var isFast = false
  /// nil where the bill counts none, or not in whole tokens.
  package var tokens: Int64?
  /// Half of the last place that its file writes.
  package var rounding = ExactDollars(attos: 5_000_000_000_000_000)

  package init(amount: ExactDollars, charge: Charge) {
    self.amount = amount
    self.charge = charge
  }
}
