import Tables
import UsageLog

/// Capacity by the hour against a price by the token, and the volume at which both cost the same.
struct EstimateProvisioned {
  let provisioned: ProvisionedThroughput
  let workload: Workload
  let cost: WorkloadCost
  let scale: EstimateScale

  func table() throws -> Tables.Table {
    let padding = scale.padding?.factor ?? .one
    var rows: [[Value]] = []
    if let volume = scale.volume {
      rows.append(
        try row("on demand", volume.inAll.numerator, scale.budgeted(cost.total.total)))
    }
    let committed = try Amount(picodollars: provisioned.month).nanos()
    rows.append(try row("provisioned", scale.volume?.inAll.numerator, committed))
    if let calls = provisioned.breakEven(at: cost.total.total, padding: padding) {
      let spend = try Amount(picodollars: cost.total.total).times(padding)
        .times(Ratio(calls, over: 1))
      rows.append(try row("break-even", calls, spend.nanos()))
    }
    return Tables.Table(
      columns: [
        .named("case"), .named("\(workload.unit)s_a_month", .count), .named("month_usd", .usd),
        .named("term_usd", .usd),
      ], rows: rows)
  }

  var remarks: [String] {
    let units = counted(provisioned.units, "model unit")
    let price = readableDollars(provisioned.hourlyNanos)
    return [
      "\(units) at \(price) an hour, \(ProvisionedThroughput.hoursInMonth) hours a month, "
        + "committed to for \(counted(provisioned.months, "month"))",
      "below the break-even on demand costs less; what a unit carries is not published: measure whether "
        + "\(units) can serve so many \(workload.unit)s",
    ]
  }

  private func row(_ name: String, _ calls: Int64?, _ monthNanos: Int64) throws -> [Value] {
    let term = try Amount(picodollars: Int128(monthNanos) * 1000)
      .times(Ratio(provisioned.months, over: 1)).nanos()
    return [.text(name), calls.map { .integer($0) } ?? .null, .integer(monthNanos), .integer(term)]
  }
}
