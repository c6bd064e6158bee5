import Foundation
import HTTP
import UsageLog

/// What is asked of the vendor, as a value: the same question has the same file.
struct ReportQuestion: Equatable, Sendable {
  let kind: ReportKind
  /// UTC milliseconds, at the starts of buckets.
  let since: Int64
  let until: Int64
  let width: BucketWidth
  /// In one order, whatever order they were typed in.
  let groupBy: [String]
  /// The address in front of the endpoint's path, without a slash at its end.
  let base: String

  static let vendor = "https://api.anthropic.com"

  init(
    _ kind: ReportKind, since: Int64, until: Int64, width: BucketWidth = .day,
    groupBy: [String]? = nil, base: String = Self.vendor
  ) {
    (self.kind, self.since, self.until, self.width) = (kind, since, until, width)
    let names = groupBy ?? kind.standardGrouping
    let order = (kind.groupings ?? []) + kind.standardGrouping + names.sorted()
    self.groupBy = names.isEmpty ? [] : order.uniqued.filter(names.contains)
    self.base = String(base.reversed().drop { $0 == "/" }.reversed())
  }

  /// The pieces that it is asked in, one after the other, since some endpoints take no long span.
  var spans: [Range<Int64>] {
    let longest = kind.longestSpan ?? until - since
    return stride(from: since, to: until, by: Int64.Stride(longest)).map {
      $0..<Swift.min($0 + longest, until)
    }
  }

  /// How many buckets there are to tell of.
  var buckets: Int { Int((until - since) / width.milliseconds) }

  /// - Throws: `HTTPError.badRequest`, where `base` is no address.
  func request(
    _ span: Range<Int64>, page: String?, key: ReportKey, seconds: Int
  ) throws(HTTPError) -> HTTPRequest {
    var headers = [("x-api-key", key.secret), ("anthropic-version", "2023-06-01")]
    let betas = kind.betas(groupedBy: groupBy)
    if !betas.isEmpty { headers.append(("anthropic-beta", betas.joined(separator: ","))) }
    var request = try HTTPRequest(.get, url(span, page: page), headers: headers)
    request.seconds = seconds
    return request
  }

  /// The address of a page.
  private func url(_ span: Range<Int64>, page: String?) -> String {
    var query = [
      ("starting_at", span.lowerBound.rfc3339), ("ending_at", span.upperBound.rfc3339),
      (kind.widthParameter, width.rawValue),
    ]
    query += groupBy.map { ("group_by[]", $0) }
    if let limit = kind.bucketsPerPage(width) { query.append(("limit", "\(limit)")) }
    if let page { query.append(("page", page)) }
    let pairs = query.map { "\($0.0.queryEncoded)=\($0.1.queryEncoded)" }
    return base + kind.path + "?" + pairs.joined(separator: "&")
  }

  /// All of the question in one line; no secret is in it.
  var text: String { url(since..<until, page: nil) }

  /// Report and range; a grouping or an address of one's own is told apart by a hash.
  var fileName: String {
    func plain(_ instant: Int64) -> String {
      width == .day
        ? width.text(instant) : String(instant.rfc3339.replacing(":", with: "").dropLast(3))
    }
    var name = "\(kind.rawValue)_\(plain(since))_\(plain(until))"
    if width != .day { name += "_\(width.rawValue)" }
    if groupBy != kind.standardGrouping || base != Self.vendor {
      let hash = contentHash(groupBy.joined(separator: ",") + " " + base) >> 32
      name +=
        "_" + String(repeating: "0", count: 8 - String(hash, radix: 16).count)
        + String(hash, radix: 16)
    }
    return name + ".jsonl"
  }
}

extension String {
  /// Everything but RFC 3986's unreserved characters as `%XX`.
  fileprivate var queryEncoded: String {
    let unreserved = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:")
    return addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }
}

extension [String] {
  /// Each once, at its first place.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
