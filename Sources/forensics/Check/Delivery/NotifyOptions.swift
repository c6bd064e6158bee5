import CallStore
import ArgumentParser
import Foundation

/// `--notify…`: whom to tell, and where the secret is.
struct NotifyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Tell this address what opened, changed or was resolved; each thing once.", valueName: "url"))
  var notify: String?
  @Option(
    name: .customLong("notify-format"),
    help: ArgumentHelp(
      "pagerduty, slack or webhook. (default: by the address's host)", valueName: "name"))
  var kind: Receiver.Kind?
  @Option(
    help: ArgumentHelp(
      "The variable with the secret: a routing key, a bearer token, or the whole address.",
      valueName: "name"))
  var notifyEnv: String?
  @Option(
    help: ArgumentHelp("The file with the secret, readable by you alone.", valueName: "file"))
  var notifyFile: String?
  @Option(
    help: ArgumentHelp(
      "Say again what is still open after so long, such as 24h. (default: never)",
      valueName: "length"))
  var renotify: String?

  func validate() throws {
    if notifyEnv != nil, notifyFile != nil {
      throw ValidationError("--notify-env and --notify-file: give one of them")
    }
    if notify == nil, notifyEnv == nil, notifyFile == nil, kind != nil || renotify != nil {
      throw ValidationError("--notify-format and --renotify belong to --notify")
    }
    if let renotify, spanMilliseconds(renotify) == nil {
      throw ValidationError("--renotify takes a length such as 24h or 7d, not '\(renotify)'")
    }
  }

  /// Milliseconds; nil is never.
  var reminding: Int64? { renotify.flatMap(spanMilliseconds) }

  /// Nil where nobody is to be told.
  func receiver() throws -> Receiver? {
    if notify == nil, notifyEnv == nil, notifyFile == nil { return nil }
    return try Receiver(kind: kind, url: notify, secret: try secret())
  }

  private func secret() throws -> String? {
    if let notifyEnv {
      guard let value = ProcessInfo.processInfo.environment[notifyEnv] else {
        throw ReceiverError.noVariable(notifyEnv)
      }
      return value
    }
    return try notifyFile.map { try SecretFile.text(at: $0, option: "--notify-file") }
  }
}

extension Receiver.Kind: ExpressibleByArgument {}
