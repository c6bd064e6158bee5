import Tables
import UsageLog

/// A page of a report, and what has to be known of it to go on.
///
/// It is kept as it came, with the time in front (`fetched_at`): two tellings of a month may differ by one digit in their
/// middle, and a log is known again by its ends.
struct FetchedPage: Equatable {
  /// The page in one line, line break included; a page larger than `import` reads as one record is in several.
  let lines: [UInt8]
  /// What the next page is asked for with; nil at the end.
  let next: String?
  /// Buckets, or rows where the report has no buckets around them.
  let elements: Int
  let rows: Int
  /// Tells pages with the same data; nil for a page without any.
  let hash: UInt64?
  /// Whose report it is, where the answer says so.
  var organization: String?

  /// Half of what a record of a log may have.
  static let largestLine = 8 << 20

  /// - Parameter fetchedAt: UTC milliseconds.
  /// - Throws: `PageFault`, why the body is no page of a report.
  init(
    _ body: [UInt8], fetchedAt: Int64, largestLine: Int = Self.largestLine
  ) throws(PageFault) {
    if let fault = PageFault(notJSON: body) { throw fault }
    let page: Result<FetchedPage, PageFault>
    do throws(JSONFault) {
      page = try readJSON(body) { value in
        Result { () throws(PageFault) in try FetchedPage(value, fetchedAt, largestLine) }
      }
    } catch {
      throw error == .truncated ? .truncated : .notJSON
    }
    self = try page.get()
  }

  private init(
    _ page: JSONValue, _ fetchedAt: Int64, _ largestLine: Int
  ) throws(PageFault) {
    if let message = page["error"]?["message"]?.text { throw .error(message.string) }
    guard let data = page["data"], data.isArray, let more = page["has_more"],
      more.source.string == "true" || more.source.string == "false"
    else { throw .noPage }
    let token = page["next_page"].flatMap { $0.isString ? $0.text?.string : nil } ?? ""
    let hasMore = more.source.string == "true"
    if hasMore, token.isEmpty { throw .noToken }
    next = hasMore ? token : nil
    let children = Array(data.children)
    elements = children.count
    rows = children.reduce(0) { rows, child in
      guard let results = child["results"], results.isArray else { return rows + 1 }
      return rows + results.children.reduce(0) { count, _ in count + 1 }
    }
    hash = children.isEmpty ? nil : contentHash(data.source.bytes)
    organization = page["organization_id"]?.text?.string
    // What somebody in between has stamped already stays as it is.
    let stamp = page["fetched_at"] == nil ? "\"fetched_at\":\(JSONText.instant(fetchedAt))," : ""
    let parts =
      page.source.count <= largestLine
      ? [Array(page.source.bytes)] : Self.parts(of: page, children, largestLine)
    lines = parts.flatMap { Self.line($0, stamp) }
  }

  /// JSON has line breaks only between its values, so that a space does as well.
  private static func line(_ object: [UInt8], _ stamp: String) -> [UInt8] {
    let rest = object.dropFirst().map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
    return Array("{\(stamp)".utf8) + rest + [0x0A]
  }

  /// Smaller pages with the same envelope; an element is never taken apart.
  private static func parts(
    of page: JSONValue, _ elements: [JSONValue], _ largestLine: Int
  ) -> [[UInt8]] {
    let others = page.children.filter { $0.key.string != "data" }
      .map { ",\(JSONText.string($0.key.string)):\($0.source.string)" }.joined()
    var parts: [[UInt8]] = []
    var data: [UInt8] = []
    func close() {
      if !data.isEmpty {
        parts.append(Array("{\"data\":[".utf8) + data + Array("]\(others)}".utf8))
      }
      data = []
    }
    for element in elements {
      if data.count + element.source.count > largestLine { close() }
      data += (data.isEmpty ? [] : [UInt8(ascii: ",")]) + Array(element.source.bytes)
    }
    close()
    return parts
  }
}

/// Reads bytes that are one JSON value and nothing else.
func readJSON<Taken>(
  _ body: [UInt8], _ take: (JSONValue) -> Taken
) throws(JSONFault) -> Taken {
  let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  let count = body.starts(with: mark) ? body.count - mark.count : body.count
  let bytes = body.suffix(count) + [UInt8](repeating: 0, count: JSONReader.padding)
  let reader = JSONReader()
  return try Array(bytes).withUnsafeBufferPointer { buffer throws(JSONFault) in
    guard let start = buffer.baseAddress else { throw .truncated }
    var end = 0
    let value = try reader.read(start, count: count, at: &end)
    guard buffer[end..<count].allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      throw .unexpected(at: end)
    }
    return take(value)
  }
}
