/// Claude Code's session transcripts, one JSON object a line.
///
/// Described in docs/formats/claude-code-transcript.md.
///
/// Every line that tells a usage becomes a call. One response is written as several lines, forks and resumes
/// copy lines into other files, parents mirror their subagents: all of them carry the response's own id, and
/// the store keeps one record of it.
package struct ClaudeCodeTranscript: JSONLogFormat {
  package static let name = "claude-code-transcript"
  package static let summary = "Claude Code's session files (see --claude-code)"

  private var reader: JSONCallReader
  private let fields: CallFields
  private var placeholders = PlaceholderWatch()

  package init(options: ReadingOptions) {
    reader = JSONCallReader(options: options)
    fields = CallFields(options: options)
  }

  package static func recognises(_ record: JSONValue) -> Bool { TranscriptLine.recognises(record) }

  package mutating func read(
    _ record: JSONValue, fileTime: Int64, into output: inout RecordOutput
  ) {
    output.clear()
    guard record.isObject else {
      output.outcome = .skipped("not an object")
      return
    }
    let line = TranscriptLine(record)
    if line.isErrorMessage, line.isSynthetic || !line.hasCounts {
      readError(line, into: &output)
    } else if line.isSynthetic {
      output.outcome = .skipped("a message that Claude Code wrote itself, without a model")
    } else if line.hasCounts, let message = line.message {
      read(message, of: line, into: &output)
    } else {
      output.outcome = .skipped(line.whyNoCall)
      placeholders.pass(line, &output.notes)
    }
  }

  private mutating func read(
    _ message: JSONValue, of line: TranscriptLine, into output: inout RecordOutput
  ) {
    reader.read(message: message, fileTime: nil, into: &output) { fields in
      line.tell(fields)
    } adjust: { call in
      line.identify(&call)
      if line.isErrorMessage {
        call.outcome = .errored
        call.statusCode = line.errorStatus ?? call.statusCode
      } else {
        call.statusCode = call.statusCode ?? 200
      }
      call.settleOutcome()
    }
    // Mirrors are cut short; the subagent's own lines are not.
    if let call = output.calls.first, !line.isMirror { placeholders.note(call, &output.notes) }
  }

  /// A failed request, which Claude Code tells as a message of its own: a status, no tokens and no model.
  private func readError(_ line: TranscriptLine, into output: inout RecordOutput) {
    fields.begin()
    line.tell(fields)
    do {
      var call = try fields.call()
      line.identify(&call)
      // Its message id is made up locally; the request's own id is what other sources know.
      call.usage.input = 0
      call.usage.cacheCreate = 0
      call.usage.cacheRead = 0
      call.usage.output = 0
      call.outcome = .errored
      call.statusCode = call.statusCode ?? line.errorStatus
      output.calls.append(call)
      output.outcome = .call
    } catch {
      output.outcome = .rejected(error)
    }
  }
}

/// Finds responses whose last line still lacks a stop reason.
///
/// Some versions of Claude Code wrote only the usage of the stream's start: input is right, output a
/// placeholder. A response's early lines lack the reason too, so it is told when the next one begins.
private struct PlaceholderWatch {
  private var unfinished: UInt64?

  static let remark = "usage without a stop reason: output may be a placeholder"

  mutating func note(_ call: Call, _ notes: inout [String]) {
    guard let id = (call.messageID ?? call.requestID).map({ contentHash($0.bytes) }) else { return }
    if unfinished != nil, unfinished != id { notes.append(Self.remark) }
    unfinished = call.stopReason == nil ? id : nil
  }

  /// A turn's end is the end of its response too.
  mutating func pass(_ line: TranscriptLine, _ notes: inout [String]) {
    guard unfinished != nil, line.endsTurn else { return }
    notes.append(Self.remark)
    unfinished = nil
  }
}
