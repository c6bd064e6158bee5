/// What a container says about the record inside it: a log shipper's object, a syslog line, Docker's lines.
///
/// One per log; formats see it through `ReadingOptions`, so that a record without a time of its own takes
/// the one at which its line was logged.
package final class Envelope: @unchecked Sendable {
  /// When the container was logged; borrowed like the record's own texts.
  var time: Text?

  package init() {}

  private static let names: [StaticString] = [
    "time", "timestamp", "@timestamp", "ts", "datetime", "date", "eventTime",
    "__REALTIME_TIMESTAMP",
  ]

  /// The time that a container's object carries, in any form that is one.
  static func time(of object: JSONValue) -> Text? {
    for name in names {
      if let text = object[name]?.text, isTime(text) { return text }
    }
    return nil
  }

  /// A number as small as a count is no time.
  private static func isTime(_ text: Text) -> Bool {
    Instant(text).map { $0.milliseconds > 1_000_000_000_000 } ?? false
  }
}

/// A record inside a container.
enum Enveloped {
  /// `by`: the format that unpacked it, where it knows what the records share.
  case record(JSONValue, time: Text?, by: JSONFormatReader.Reading? = nil)
  case fault(RejectionReason)
}
