import Foundation
import HTTP
import UsageLog

/// Fetches a report page by page into a file.
struct ReportFetch {
  let question: ReportQuestion
  let key: ReportKey
  /// Where the report will be.
  let path: String
  /// The command that goes on where this one stopped.
  let again: String
  /// So long an answer is waited for.
  var seconds = 60
  /// Pages of an earlier run are not taken up.
  var isForced = false
  var retrying = Self.patient
  /// UTC milliseconds.
  var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
  var transport: @Sendable (HTTPRequest) throws(HTTPError) -> HTTPResponse
  /// Told what is worth a line.
  var say: @Sendable (String) -> Void
  /// Shown after every page.
  var show: (FetchState) -> Void = { _ in }

  struct Outcome {
    let state: FetchState
    /// Pages that an earlier run had fetched.
    let keptPages: Int
  }

  /// Six tries and five minutes for each page.
  static var patient: Retrying {
    var retrying = Retrying()
    retrying.tries = 6
    retrying.patience = 300
    return retrying
  }

  /// - Throws: `FetchStopped` around what stopped it; `FetchError.busy` while another program fetches the same.
  func run() throws -> Outcome {
    let partial = try PartialReport(path: path, new: new) { isFit($0) }
    let kept = partial.state.pages
    if kept > 0 { say("going on behind \(counted(Int64(kept), "page")) of an earlier run") }
    do {
      try readPages(into: partial)
      try partial.finish()
    } catch {
      partial.leave()
      throw FetchStopped(reason: error, pages: partial.state.pages, command: again)
    }
    return Outcome(state: partial.state, keptPages: kept)
  }

  private var new: FetchState { FetchState(question: question.text, begunAt: now()) }

  /// Whether pages of an earlier run still belong to those that would come now.
  private func isFit(_ old: FetchState) -> Bool {
    guard !isForced, old.question == question.text, old.pages > 0 else { return false }
    let isSettled = old.begunAt >= question.until + question.kind.revisedFor
    if isSettled || now() - old.begunAt < BucketWidth.day.milliseconds { return true }
    say(
      "the pages of an earlier run are from \(old.begunAt.rfc3339), and figures have moved since: all anew"
    )
    return false
  }

  private func readPages(into partial: PartialReport) throws {
    let spans = question.spans
    // A token of an earlier run, or of this one, may not be taken any more.
    var freshStarts = 2
    var isFirst = true
    while partial.state.span < spans.count {
      let state = partial.state
      do {
        let page = try ask(for: state, spans[state.span])
        try check(page, behind: state)
        try partial.append(page, state.behind(page))
        show(partial.state)
      } catch let refusal as Refusal
        where state.nextPage != nil && freshStarts > 0
        && (refusal.status == 410 || isFirst && [400, 404].contains(refusal.status))
      {
        freshStarts -= 1
        say("\(refusal.host) does not know the next page any more (\(refusal.status)): all anew")
        partial.beginAnew(new)
      }
      isFirst = false
    }
  }

  /// - Throws: `HTTPError` without an answer, `Refusal` or `FetchError.unreadable` with one that is no page.
  private func ask(for state: FetchState, _ span: Range<Int64>) throws -> FetchedPage {
    let request = try question.request(span, page: state.nextPage, key: key, seconds: seconds)
    var answer: HTTPResponse?
    var page: Result<FetchedPage, PageFault>?
    let sent = Result { () throws(HTTPError) in
      try retrying.send(request) { request throws(HTTPError) in
        let response = try transport(request)
        answer = response
        page = response.isSuccess ? self.page(response) : nil
        // Without a length, libcurl cannot know; it may well be whole the next time.
        if case .failure(.truncated) = page { throw .cutOff(host: request.host) }
        return response
      }
    }
    if case .failure(.refused(let host, _, let tries)) = sent, let answer {
      throw Refusal(answer, tries: tries, host, question.kind, key)
    }
    _ = try sent.get()
    switch page {
    case .success(let page): return page
    case .failure(let fault):
      throw FetchError.unreadable(
        host: request.host, what: key.shown(fault.what), looksLikeProxy: fault.looksLikeProxy)
    case nil: throw HTTPError.cutOff(host: request.host)
    }
  }

  private func page(_ response: HTTPResponse) -> Result<FetchedPage, PageFault> {
    Result { () throws(PageFault) in
      var page = try FetchedPage(response.body, fetchedAt: now())
      page.organization = response.headers["anthropic-organization-id"] ?? page.organization
      return page
    }
  }

  private func check(_ page: FetchedPage, behind state: FetchState) throws(FetchError) {
    let host = URLComponents(string: question.base)?.host ?? ""
    guard !page.marks.contains(where: state.seen.contains) else {
      throw .loop(host: host, page: state.pages + 1)
    }
    if let known = state.organization, let told = page.organization, known != told {
      throw .otherOrganization(path)
    }
    // A page has a bucket at least. Rows have no such bound; their number has to stop somewhere.
    let most = question.kind.isAnalytics ? 100_000 : question.buckets
    if page.next != nil, state.pages + 1 > most {
      throw .endless(host: host, pages: state.pages + 1)
    }
  }
}

extension FetchedPage {
  /// What never comes twice in one report.
  var marks: [UInt64] { [hash, next.map { contentHash($0, seed: 1) }].compactMap { $0 } }
}
