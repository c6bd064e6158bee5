import Alerts
import HTTP

/// Tells a receiver what it does not know yet, and remembers what it was told.
struct Delivery {
  let receiver: Receiver
  /// Milliseconds after which it is reminded; nil is never.
  let reminding: Int64?
  var retrying = Retrying()

  /// Notices that did not arrive, and why.
  struct Failure: Equatable {
    let ids: [String]
    let why: String
  }

  /// - Parameter keep: saves the book; called after each success, so that a later failure repeats nothing.
  /// - Returns: what did not arrive. What is wrong with one request alone holds up no other.
  /// - Throws: where nothing can be sent at all, or the book not be kept.
  func deliver(
    _ report: CheckReport, from book: inout AlertBook, keep: (AlertBook) throws -> Void
  ) throws -> [Failure] {
    let notices = book.due(for: receiver.name, at: report.asOf, again: reminding)
    if notices.isEmpty { return [] }
    let transport = try CurlTransport()
    var failures: [Failure] = []
    var requests = try receiver.requests(for: Dispatch(report, notices))[...]
    while let (request, told) = requests.popFirst() {
      do {
        _ = try retrying.send(request) { request throws(HTTPError) in try transport.send(request) }
        book.told(told, to: receiver.name, at: report.asOf)
      } catch {
        let isRefusal = error.isAboutTheRequest
        // Nobody is there, or lets us in: that is so for the others, too.
        let untold = isRefusal ? told : told + requests.flatMap(\.notices)
        failures.append(Failure(ids: untold.map(\.id), why: "\(error)"))
        guard isRefusal else { break }
        book.refused(told, by: receiver.name, at: report.asOf)
      }
      try keep(book)
    }
    return failures
  }
}

extension Delivery.Failure: CustomStringConvertible {
  /// `127.0.0.1 answered 400; not told: cache.summarise`; of many the first.
  var description: String {
    let more = ids.count > 5 ? " and \(ids.count - 5) more" : ""
    return
      "\(why); not told: \(ids.prefix(5).joined(separator: ", "))\(more) (the next check tries again)"
  }
}
