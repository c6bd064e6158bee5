/// Durations that a source tells by two times, or in seconds; in milliseconds.
enum Durations {
  /// A day: what is longer is no call, but two unrelated times.
  private static let possible: ClosedRange<Int64> = 0...86_400_000

  /// From one time to another; nil where either is missing, or they are the wrong way round.
  static func between(_ start: JSONValue?, _ end: JSONValue?) -> Int64? {
    guard let start = start?.text.flatMap({ Instant($0) }),
      let end = end?.text.flatMap({ Instant($0) })
    else { return nil }
    let span = end.milliseconds - start.milliseconds
    return possible.contains(span) ? span : nil
  }

  /// Decimal seconds, exactly.
  static func seconds(_ value: JSONValue?) -> Int64? {
    guard let span = value?.text.flatMap({ wholeUnits($0, scale: 3) }), possible.contains(span)
    else { return nil }
    return span
  }
}
