import Tables

/// Why a body is no page of a report.
enum PageFault: Error, Equatable {
  case empty
  case html
  case compressed
  case truncated
  case notJSON
  /// JSON, and something else than a page.
  case noPage
  /// `has_more` without `next_page`.
  case noToken
  /// An error that came with a status of success.
  case error(String)

  /// What shows before anything is parsed.
  init?(notJSON body: [UInt8]) {
    let start = body.drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    switch start.first {
    case nil: self = .empty
    case UInt8(ascii: "<"): self = .html
    case 0x1F where body.starts(with: [0x1F, 0x8B]): self = .compressed
    case 0x28 where body.starts(with: [0x28, 0xB5, 0x2F, 0xFD]): self = .compressed
    default: return nil
    }
  }

  /// What it was instead; an error's own words are for the caller to clean.
  var what: String {
    switch self {
    case .empty: "nothing"
    case .html: "a page of HTML"
    case .compressed: "something compressed that does not say how"
    case .truncated: "JSON that ends in its middle"
    case .notJSON: "something that is not JSON"
    case .noPage: "JSON that is no page of a report (no data, or no has_more)"
    case .noToken:
      "a page that promises another one and does not say which (has_more without next_page)"
    case .error(let message): "an error: \(message)"
    }
  }

  /// Whether somebody in between is likely to have answered.
  var looksLikeProxy: Bool { [.empty, .html, .compressed, .notJSON].contains(self) }
}
