/// Capacity that Bedrock rents by the hour, instead of a price by the token.
///
/// What a model unit carries is not published: whether it carries the calls at which it breaks even is for
/// a measurement to say.
package struct ProvisionedThroughput: Hashable, Sendable {
  /// A month is 30 days, as in `Volume`.
  package static let hoursInMonth = 24 * Volume.daysInMonth

  /// Nanodollars (10⁻⁹ USD) for one unit and hour.
  package let hourlyNanos: Int64
  package let units: Int64
  /// The commitment.
  package let months: Int64

  package init(hourlyNanos: Int64, units: Int64, months: Int64) {
    self.hourlyNanos = hourlyNanos
    self.units = units
    self.months = months
  }

  /// Picodollars a month.
  package var month: Int128 {
    Int128(hourlyNanos) * 1000 * Int128(units) * Int128(Self.hoursInMonth)
  }

  /// The first number of calls a month that cost as much on demand, or more.
  ///
  /// - Parameters:
  ///   - unitCost: picodollars of one call on demand.
  ///   - padding: what is added to it.
  package func breakEven(at unitCost: Int128, padding: Ratio = .one) -> Int64? {
    guard unitCost > 0 else { return nil }
    let month = month * Int128(padding.denominator)
    let call = unitCost * Int128(padding.numerator)
    return Int64(exactly: (month + call - 1) / call)
  }
}
