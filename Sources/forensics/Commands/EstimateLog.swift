import ArgumentParser
import CallStore
import Foundation
import Tables
import UsageLog

/// What a representative run cost, from its log: read, told apart and priced as an import would.
struct EstimateLog {
  let log: RunLogOptions
  let amount: VolumeOptions

  func run(paths: [String], options: ImportOptions, output: OutputOptions) throws {
    let (rows, coverage, window, summary) = try imported(paths, options)
    let usage = rows.map(ModelUsage.init)
    let total = ModelUsage(sumOf: usage)
    guard total.calls > 0 else { throw NoCalls(paths: paths) }
    let scale = EstimateScale(
      volume: volume, padding: amount.padding(countsToolLoops: false))
    let answer = Answer(
      recipe: "estimate", asOf: options.now, since: window.first, until: window.last.map { $0 + 1 },
      coverage: coverage,
      table: try table(usage, total, scale),
      notes: scale.remarks(of: log.runs == nil ? "call" : "run"))
    try output.write(answer, format: output.chosenFormat(), zone: .gmt)
    for remark in remarks(summary, total) { Console.complain(remark) }
    let all = try perUnit(total, .one).times(scale.volume?.inAll ?? .one)
      .times(scale.padding?.factor ?? .one)
    try amount.hold(
      all.nanos(),
      for: scale.volume.map { $0.period == .run ? "in all" : "a month" } ?? "the run")
    if summary.rejected > 0 || (log.strict && total.unpriced > 0) { throw ExitCode(2) }
  }

  private var volume: Volume? {
    (log.runs ?? amount.calls).map { Volume($0, per: amount.per ?? .month) }
  }

  /// Imports into a database that goes away again.
  private func imported(
    _ paths: [String], _ options: ImportOptions
  ) throws -> (rows: [[Value]], Coverage?, times: [Int64], ImportSummary) {
    let sources = PathExpansion.expand(paths)
    if let failure = sources.failures.first { throw failure }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("forensics-estimate-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = DatabaseFile(path: folder.appendingPathComponent("run.db").path)
    var options = options
    options.isFinal = true
    let summary = try Importer(into: file, options: options).run(sources.paths)
    if let failed = summary.failedFiles.first {
      throw ValidationError("--from-log: \(failed.path): \(failed.reason)")
    }
    let database = try CallDatabase(file)
    let times = try database.query(
      "SELECT MIN(occurred_at) AS first_at, MAX(occurred_at) AS last_at FROM llm_call", [:])
    let known = times.rows.joined().compactMap {
      if case .integer(let time) = $0 { time } else { nil }
    }
    let whole = try database.answer(
      Recipe(name: "estimate", text: "SELECT 1"), over: Selection(), asOf: options.now)
    return (
      try database.query(ModelUsage.sql, [:]).rows, whole.coverage, known, summary
    )
  }

  /// The cost of one run, or of one call where calls are what is counted.
  private func perUnit(_ usage: ModelUsage, _ share: Ratio) throws -> Amount {
    let run = try Amount(picodollars: Int128(usage.costNanos) * 1000).times(share)
    guard amount.calls != nil else { return run }
    return try run.times(Ratio(1, over: max(1, usage.allCalls)))
  }

  private func table(
    _ usage: [ModelUsage], _ total: ModelUsage, _ scale: EstimateScale
  ) throws -> Tables.Table {
    func row(_ line: ModelUsage, _ name: String, _ share: Ratio = .one) throws -> [Value] {
      let run = try Amount(picodollars: Int128(line.costNanos) * 1000).times(share)
      let times = try scale.columns.map { try perUnit(line, share).times($0.times) }
      let isAddition = share != .one
      let counts = [line.calls, line.unpriced, line.input, line.written, line.read, line.output]
      // A model none of whose calls has a price has no cost, which is not 0.
      let hasPrice = line.priced > 0
      return [.text(name)] + counts.map { isAddition ? .null : .integer($0) }
        + (hasPrice
          ? try ([run] + times).map { .integer(try $0.nanos()) }
          : [Value](repeating: .null, count: 1 + times.count))
    }
    var rows = try usage.map { line in
      var line = line
      line.allCalls = total.calls
      return try row(line, line.model)
    }
    rows.append(try row(total, "total"))
    for (name, share) in scale.additions { rows.append(try row(total, name, share)) }
    let columns: [Tables.Column] =
      [.named("model"), .named("calls", .count), .named("unpriced_calls", .count)]
      + ["input", "cache_write", "cache_read", "output"].map { .named("\($0)_tokens", .tokens) }
      + [.named("run_usd", .usd)] + scale.columns.map { .named($0.name, .usd) }
    return Tables.Table(columns: columns, rows: rows)
  }

  private func remarks(_ summary: ImportSummary, _ total: ModelUsage) -> [String] {
    var remarks: [String] = []
    if total.unpriced > 0 {
      remarks.append(
        "incomplete: \(counted(total.unpriced, "call")) without a price, so the run costs more than shown"
      )
    }
    if total.covered > 0 {
      remarks.append(
        "not charged by the token: \(counted(total.covered, "call")) that a commitment covers, "
          + "\(readableDollars(total.coveredListNanos)) at list prices")
    }
    if summary.rejected > 0 {
      remarks.append("incomplete: \(counted(summary.rejected, "record")) could not be read")
      for reject in summary.firstRejects {
        remarks.append("\(reject.path):\(reject.line): rejected: \(reject.reason)")
      }
    }
    if summary.duplicates + summary.updated > 0 {
      remarks.append(
        "\(counted(summary.duplicates + summary.updated, "record")) told a call again; each call counts once"
      )
    }
    if summary.buckets > 0 {
      remarks.append("\(counted(summary.buckets, "aggregate")) are sums of many calls and left out")
    }
    return remarks
  }
}

struct NoCalls: Error, CustomStringConvertible {
  let paths: [String]

  var description: String {
    "there are no calls in \(paths.joined(separator: ", ")); try 'forensics import --dry-run' on it to see why"
  }
}
