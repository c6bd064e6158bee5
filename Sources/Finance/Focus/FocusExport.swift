package import CallStore
import UsageLog

/// A ledger as FOCUS charges: a row for each day, workspace, tenant, feature, model, kind of token and price.
///
/// The ledger is asked for by UTC days and by `dimensions`. Costs are exact products of quantity and unit price; what
/// rounding each call to a nano-dollar left is a row of its own, so that the file's `BilledCost` is the ledger's total.
package struct FocusExport {
  /// The dimensions that the ledger has to be asked for, in this order.
  package static let dimensions: [Dimension] = [.tenant, .feature, .workspace]

  package let version: FocusVersion
  package let account: FocusAccount
  let charges: [FocusCharge]
  /// Calls that have no price or no usage, and so stand in no row: never as $0.
  package private(set) var callsLeftOut: Int64 = 0

  package init(
    _ ledger: SpendLedger, version: FocusVersion = .v1_4, account: FocusAccount,
    closedPeriods: [String: Range<Int64>] = [:]
  ) {
    self.version = version
    self.account = account
    var charges = FocusCharges()
    for entry in ledger.entries {
      let start = ledger.query.dayStarts[entry.day]
      let end =
        entry.day + 1 < ledger.query.dayStarts.count
        ? ledger.query.dayStarts[entry.day + 1] : ledger.query.until
      charges.add(entry.calls, entry.values, start..<end, isCorrection: false)
      callsLeftOut += entry.calls.leftOut
    }
    for adjustment in ledger.adjustments {
      let period = closedPeriods[adjustment.period] ?? ledger.query.since..<ledger.query.until
      charges.add(adjustment.calls, adjustment.values, period, isCorrection: true)
      callsLeftOut += adjustment.calls.leftOut
    }
    self.charges = charges.sorted
  }

  package var rowCount: Int { charges.count }
}

/// Who is billed.
package struct FocusAccount: Hashable, Sendable {
  package var id: String
  package var name: String?

  package init(id: String, name: String? = nil) {
    self.id = id
    self.name = name
  }
}

extension CallGroup {
  fileprivate var leftOut: Int64 {
    switch outcome {
    case .unpriced, .noUsage, .noModel: calls + extraCalls
    case .priced, .covered, .free: 0
    }
  }
}

/// Gathers charges; equal ones are added up.
private struct FocusCharges {
  private var places: [FocusCharge.Key: Int] = [:]
  private var charges: [FocusCharge] = []

  mutating func add(
    _ calls: CallGroup, _ values: [String?], _ period: Range<Int64>, isCorrection: Bool
  ) {
    let terms = calls.terms
    let model = calls.row?.model ?? calls.model
    var key = FocusCharge.Key(
      start: period.lowerBound, end: period.upperBound, values: values,
      vendor: FocusVendor(
        provider: calls.row?.provider, channel: terms?.channel, model: calls.model),
      model: model, region: terms?.region, details: details(calls), tokenClass: nil,
      isLong: calls.isLong, isCovered: calls.outcome == .covered, isCorrection: isCorrection,
      agreement: calls.agreement, listRate: 0, agreedRate: 0, payable: calls.payable)
    var total = ExactAmount()
    if calls.outcome == .priced || calls.outcome == .covered {
      for line in calls.lines where line.count != 0 {
        guard let rate = line.rate else { continue }
        key.tokenClass = line.tokenClass
        key.agreedRate = rate
        key.listRate = line.listRate ?? rate
        let charge = FocusCharge(key: key, count: line.count)
        total += charge.cost
        add(charge)
      }
    }
    let rest = ExactAmount(Int128(calls.storedNanos) * 1000) - total
    guard !rest.isZero else { return }
    key.tokenClass = nil
    (key.agreedRate, key.listRate, key.payable) = (0, 0, .one)
    (key.model, key.region, key.details, key.agreement) = (nil, nil, [], nil)
    (key.isLong, key.isCovered) = (false, false)
    add(FocusCharge(key: key, count: 0, rest: rest))
  }

  private mutating func add(_ charge: FocusCharge) {
    if let place = places[charge.key] {
      charges[place].count += charge.count
      charges[place].rest += charge.rest
    } else {
      places[charge.key] = charges.count
      charges.append(charge)
    }
  }

  private func details(_ calls: CallGroup) -> [String] {
    [calls.terms?.serviceTier, calls.terms?.speed, calls.terms?.inferenceGeo].map { $0 ?? "" }
  }

  /// What came to nothing has no row.
  var sorted: [FocusCharge] {
    charges.filter { $0.count != 0 || !$0.rest.isZero }
      .map { (order($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func order(_ charge: FocusCharge) -> String {
    let key = charge.key
    return
      ([key.isCorrection ? "2" : "1", String(key.start), String(key.end)]
      + key.values.map { $0.map { "=" + $0 } ?? "" }
      + [
        key.vendor.serviceProvider, key.model ?? "\u{10FFFF}", key.region ?? "",
        key.tokenClass.map { String(TokenClass.allCases.firstIndex(of: $0) ?? 0) } ?? "9",
        key.isLong ? "long" : "", key.isCovered ? "covered" : "", key.agreement ?? "",
      ] + key.details + [
        String(key.listRate), String(key.agreedRate), "\(key.payable)",
      ]).joined(separator: "\u{1F}")
  }
}
