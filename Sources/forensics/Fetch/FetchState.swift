import Foundation

/// How far a fetch is, kept beside its pages after each of them.
struct FetchState: Codable, Equatable {
  var version = 1
  /// The question's text: another question does not go on with these pages.
  var question: String
  /// When the first page was asked for, in UTC milliseconds.
  var begunAt: Int64
  /// Which of the question's spans is being read, and what its next page is asked for with.
  var span = 0
  var nextPage: String?
  /// Bytes of whole pages in the file; what is behind them was being written when the program died.
  var bytes: Int64 = 0
  var pages = 0
  /// Buckets, or rows where the report has no buckets.
  var elements = 0
  var rows = 0
  /// Hashes of the newest pages' data and tokens, which never come twice.
  var seen: [UInt64] = []
  var organization: String?

  /// A circle is small; the whole state is written after every page.
  private static let remembered = 256

  init(question: String, begunAt: Int64) {
    (self.question, self.begunAt) = (question, begunAt)
  }

  /// The same behind one more page.
  func behind(_ page: FetchedPage) -> FetchState {
    var state = self
    state.bytes += Int64(page.lines.count)
    state.pages += 1
    state.elements += page.elements
    state.rows += page.rows
    state.nextPage = page.next
    if page.next == nil { state.span += 1 }
    state.seen = (seen + page.marks).suffix(Self.remembered)
    state.organization = page.organization ?? organization
    return state
  }

  /// Nil where there is none, or none that this program understands.
  init?(file: String) {
    guard let data = FileManager.default.contents(atPath: file),
      let state = try? JSONDecoder().decode(FetchState.self, from: data), state.version == 1
    else { return nil }
    self = state
  }

  var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map(Array.init) ?? []
  }
}
