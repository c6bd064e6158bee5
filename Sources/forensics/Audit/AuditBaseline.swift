import Foundation

/// An audit of before, as far as it can be compared: what `forensics audit --format json` wrote.
struct AuditBaseline: Equatable {
  struct Entry: Equatable, Decodable {
    let id: String
    let title: String
    let monthNanos: Int64

    private enum Key: String, CodingKey { case id, title, month_usd }

    init(id: String, title: String, monthNanos: Int64) {
      (self.id, self.title, self.monthNanos) = (id, title, monthNanos)
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      id = try container.decode(String.self, forKey: .id)
      title = try container.decode(String.self, forKey: .title)
      let dollars = try container.decode(Decimal.self, forKey: .month_usd)
      guard let nanos = Int64("\(dollars * 1_000_000_000)") else {
        throw DecodingError.dataCorruptedError(
          forKey: .month_usd, in: container, debugDescription: "no amount of whole nano-dollars")
      }
      monthNanos = nanos
    }
  }

  let window: String
  let book: String
  let monthNanos: Int64
  let levers: [Entry]

  init(window: String, book: String, monthNanos: Int64, levers: [Entry]) {
    (self.window, self.book, self.monthNanos, self.levers) = (window, book, monthNanos, levers)
  }

  /// - Throws: `AuditBaselineError`.
  init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw AuditBaselineError.missing(path)
    }
    guard let document = try? JSONDecoder().decode(Document.self, from: data),
      document.report == "audit"
    else { throw AuditBaselineError.unreadable(path) }
    guard document.schema_version == 1 else { throw AuditBaselineError.newer(path) }
    let month = Int64("\(document.spend.month_usd * 1_000_000_000)")
    guard let month else { throw AuditBaselineError.unreadable(path) }
    self.init(
      window: document.window.text, book: document.price_book, monthNanos: month,
      levers: document.levers + document.small_levers)
  }

  private struct Document: Decodable {
    struct Window: Decodable { let text: String }
    struct Spend: Decodable { let month_usd: Decimal }
    let schema_version: Int
    let report: String
    let window: Window
    let price_book: String
    let spend: Spend
    let levers: [Entry]
    let small_levers: [Entry]
  }
}

enum AuditBaselineError: Error, CustomStringConvertible {
  case missing(String), unreadable(String), newer(String)

  var description: String {
    switch self {
    case .missing(let path): "cannot read the baseline '\(path)'; check the path"
    case .unreadable(let path):
      "'\(path)' is no audit; write one with: forensics audit --output baseline.json"
    case .newer(let path): "'\(path)' was written by a newer forensics; update this one"
    }
  }
}
