import Alerts
import HTTP

/// Tells a receiver what it does not know yet, and remembers what it was told.
struct Delivery {
  let receiver: Receiver
  /// Milliseconds after which it is reminded; nil is never.
  let reminding: Int64?
  var retrying = Retrying()

  /// - Parameter keep: saves the book; called after each success, so that a later failure repeats nothing.
  /// - Throws: what kept the first undelivered notice from arriving.
  func deliver(
    _ report: CheckReport, from book: inout AlertBook, keep: (AlertBook) throws -> Void
  ) throws {
    let notices = book.due(for: receiver.name, at: report.asOf, again: reminding)
    if notices.isEmpty { return }
    let transport = try CurlTransport()
    for (request, told) in try receiver.requests(for: Dispatch(report, notices)) {
      _ = try retrying.send(request) { request throws(HTTPError) in try transport.send(request) }
      book.told(told, to: receiver.name, at: report.asOf)
      try keep(book)
    }
  }
}
