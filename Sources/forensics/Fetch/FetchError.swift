/// Why a report could not be fetched, where the answers' status was not the reason.
enum FetchError: Error, Equatable, CustomStringConvertible {
  case unreadable(host: String, what: String, looksLikeProxy: Bool)
  case loop(host: String, page: Int)
  case endless(host: String, pages: Int)
  case otherOrganization(String)
  case noFolder(String)
  case busy(String)
  case cannotWrite(String, why: String)

  var description: String {
    switch self {
    case .unreadable(let host, let what, let looksLikeProxy):
      "\(host) answered with \(what)"
        + (looksLikeProxy
          ? "; a proxy or a gateway may have answered in its place: look at --base-url and HTTPS_PROXY"
          : "")
    case .loop(let host, let page):
      "\(host) goes round in a circle: page \(page) is one that was there before; "
        + "nothing of it is kept, begin anew with --force"
    case .endless(let host, let pages):
      "\(host) has no last page: \(pages) pages are more than the range has room for; begin anew with --force"
    case .otherOrganization(let path):
      "the key is another organisation's than the pages in '\(path)'; "
        + "use another --output-dir, or begin anew with --force"
    case .noFolder(let path):
      "there is no folder '\(path)'; make it with: mkdir -p \(path.shellWord)"
    case .busy(let path): "another fetch is writing '\(path)'; wait for it"
    case .cannotWrite(let path, let why): "cannot write '\(path)': \(why)"
    }
  }
}

/// A fetch that stopped, with what is kept and how it goes on.
struct FetchStopped: Error, CustomStringConvertible {
  let reason: any Error
  let pages: Int
  let command: String

  var description: String {
    if pages == 0 { return "\(reason)" }
    return "\(reason)\n\(counted(Int64(pages), "page")) \(pages == 1 ? "is" : "are") kept; "
      + "this goes on behind them: \(command)"
  }
}
