/// A window cut into what sums answer (whole days and hours) and what only calls do (its ragged ends, or
/// all of it).
struct UsageWindow {
  enum Piece: Equatable {
    /// Buckets of `usage_sum`, so many hours long each.
    case sums(grain: Int64, Range<Int64>)
    /// Calls in a span of UTC milliseconds.
    case calls(Range<Int64>)
  }

  private let spans: [Range<Int64>]
  private let bucket: UsageBucketing?

  /// - Parameters:
  ///   - cuts: where windows meet inside the selection: no piece may reach over such an instant.
  ///   - bucket: what a recipe tells apart by `occurred_at`.
  init(_ selection: Selection, cuts: [Int64], bucket: UsageBucketing?) {
    let span = Self.span(of: selection)
    let inner = cuts.filter { $0 > span.lowerBound && $0 < span.upperBound }.sorted()
    spans = zip([span.lowerBound] + inner, inner + [span.upperBound]).map { $0..<$1 }
    self.bucket = bucket
  }

  /// A selection's window, within the first and the last instant a call can have.
  static func span(of selection: Selection) -> Range<Int64> {
    let possible: Range<Int64> = 1_262_304_000_000..<4_102_444_800_001
    let since = selection.since ?? possible.lowerBound
    return (since..<max(selection.until ?? possible.upperBound, since)).clamped(to: possible)
  }

  /// Whole days, whole hours and what is left at either end.
  var summed: [Piece] { spans.flatMap(summed) }

  /// Where one window ends and the next begins.
  var starts: [Int64] { spans.map(\.lowerBound) }

  /// Nothing but calls.
  var unsummed: [Piece] { spans.filter { !$0.isEmpty }.map { .calls($0) } }

  private func summed(_ span: Range<Int64>) -> [Piece] {
    let hours = whole(span, hourLength)
    guard !hours.isEmpty else { return span.isEmpty ? [] : [.calls(span)] }
    let inner = hours.lowerBound * hourLength..<hours.upperBound * hourLength
    let days = bucket?.grain == 1 ? 0..<0 : whole(inner, dayLength)
    var pieces: [Piece] = [
      .calls(span.lowerBound..<inner.lowerBound), .calls(inner.upperBound..<span.upperBound),
    ]
    if days.isEmpty {
      pieces.append(.sums(grain: 1, hours))
    } else {
      pieces += [
        .sums(grain: 24, days), .sums(grain: 1, hours.lowerBound..<days.lowerBound * 24),
        .sums(grain: 1, days.upperBound * 24..<hours.upperBound),
      ]
    }
    return pieces.filter {
      switch $0 {
      case .sums(_, let range), .calls(let range): !range.isEmpty
      }
    }
  }

  /// The buckets that lie in a span as a whole.
  private func whole(_ span: Range<Int64>, _ length: Int64) -> Range<Int64> {
    let first = ceil(span.lowerBound, length)
    return first..<max(first, floor(span.upperBound, length))
  }
}
