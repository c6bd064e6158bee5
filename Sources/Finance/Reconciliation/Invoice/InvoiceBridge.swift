extension Reconciliation {
  /// Lengthens the bridge from the cost report to a bill.
  ///
  /// What it charges is compared as a whole; taxes and credits are lines of their own.
  mutating func goOn(to invoice: Invoice) {
    var difference = -providerTotal
    var bound = ExactDollars.zero
    for row in invoice.rows {
      switch row.charge {
      case .tax: post(.residual(.taxes), row.amount, at: Place())
      case .credit: post(.residual(.credits), row.amount, at: Place())
      default: difference += row.amount
      }
      if row.charge == .tax || row.charge == .credit {
        post(.provider, row.amount, at: Place())
      } else {
        bound += row.rounding
      }
    }
    post(.provider, difference, at: Place())
    post(
      .residual(difference.magnitude <= bound ? .rounding : .invoiceDifference), difference,
      at: Place())
    let days = Set(invoice.rows.compactMap(\.day)).count
    sources.append(
      Source(
        side: "invoice", report: invoice.name, days: days,
        groupings: ["\(invoice.rows.count) lines": days], provisional: []))
    remarks += invoice.remarks
  }
}
