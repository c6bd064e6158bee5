import ArgumentParser
import Foundation
import Tables

/// How an answer is shown: data on standard output or in files, everything else on standard error.
struct OutputOptions: ParsableArguments {
  @Option(help: "table, json, jsonl, csv, tsv or markdown. (default: table)") var format:
    TableFormat?
  @Flag(name: .customShort("j"), help: "Short for --format json.") var json = false
  @Option(
    help: ArgumentHelp(
      "Write to a file instead; its suffix decides the format. Repeatable.", valueName: "file"))
  var output: [String] = []

  func validate() throws {
    if json, let format, format != .json {
      throw ValidationError("-j and --format \(format.rawValue) contradict each other")
    }
    for path in output where format == nil && !json && Self.format(of: path) == nil {
      throw ValidationError(
        "the suffix of '\(path)' names no format; use .json, .jsonl, .csv, .tsv, .md or .txt, or add --format"
      )
    }
  }

  func chosenFormat() throws -> TableFormat { json ? .json : format ?? .table }

  func write(_ answer: Answer, format: TableFormat, zone: TimeZone) throws {
    let offset: @Sendable (Int64) -> Int = {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0) / 1000))
    }
    if output.isEmpty {
      let display = Display(
        width: Console.width, color: Console.isColored, secondsFromUTC: offset)
      try Console.write(format.render(answer, on: display))
      for remark in format.remarks(answer, on: display) { Console.complain(remark) }
      return
    }
    // Said once, whatever number of files cannot say it themselves.
    var remarks: [String] = []
    for path in output {
      let format = Self.format(of: path) ?? format
      let display = Display(secondsFromUTC: offset)
      try Console.write(format.render(answer, on: display), to: path)
      remarks += format.remarks(answer, on: display).filter { !remarks.contains($0) }
    }
    for remark in remarks { Console.complain(remark) }
  }

  /// Writes a table that has no window and no coverage.
  ///
  /// - Parameter catalogue: the id of the prices that it shows or rests on.
  func write(
    plain table: Tables.Table, named name: String, catalogue: String? = nil, notes: [String] = []
  ) throws {
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    try write(
      Answer(recipe: name, asOf: now, catalogue: catalogue, table: table, notes: notes),
      format: chosenFormat(), zone: .gmt)
  }

  /// Whether only people will read it, who need fewer columns.
  func isForPeople() throws -> Bool {
    try output.isEmpty && [.table, .markdown].contains(chosenFormat())
  }

  private static func format(of path: String) -> TableFormat? {
    TableFormat(fileSuffix: URL(fileURLWithPath: path).pathExtension)
  }
}

extension TableFormat: ExpressibleByArgument {}
