import ArgumentParser
import Foundation

/// The whole buckets that are asked for, `[since, until)` in UTC milliseconds.
struct FetchWindow: Equatable {
  let since: Int64
  let until: Int64
  /// What became of the bounds that were typed.
  private(set) var remarks: [String] = []

  /// - Parameter until: nil is the start of the bucket that is not over yet: whole buckets only.
  /// - Throws: `ValidationError` for a bound that cannot be read, and for a window with no bucket in it.
  init(since: String, until: String?, width: BucketWidth, now: Int64) throws {
    let (start, startMoved) = try Self.bound(since, "--since", now) { width.floor($0) }
    var (end, endMoved) =
      try until.map { text in
        try Self.bound(text, "--until", now) { width.ceiling($0) }
      } ?? (width.floor(now), false)
    if startMoved || endMoved {
      remarks.append("the report has whole \(width.plural) in UTC: the window is widened to them")
    }
    // The bucket that goes on now is the last that has anything in it.
    let last = width.floor(now) + width.milliseconds
    if end > last {
      end = last
      remarks.append(
        "--until lies ahead: fetched up to \(width.text(end)), where the \(width.noun) of now ends")
    }
    guard start < end else {
      let hint =
        until == nil ? "; the \(width.noun) that is not over is left out without --until" : ""
      throw ValidationError(
        "no whole \(width.noun) lies between \(width.text(start)) and \(width.text(end)) UTC\(hint)"
      )
    }
    (self.since, self.until) = (start, end)
  }

  private static func bound(
    _ text: String, _ option: String, _ now: Int64, snap: (Int64) -> Int64
  ) throws -> (instant: Int64, moved: Bool) {
    let bound = try TimeBound(text, option: option)
    let asked = bound.resolved(now: now, zone: .gmt)
    let snapped = snap(asked)
    // Nobody who says 7d means the millisecond.
    if case .ago = bound { return (snapped, false) }
    return (snapped, snapped != asked)
  }
}

extension BucketWidth {
  var noun: String {
    switch self {
    case .day: "day"
    case .hour: "hour"
    case .minute: "minute"
    }
  }

  var plural: String { noun + "s" }
}
