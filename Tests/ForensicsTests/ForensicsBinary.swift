import Foundation
import Testing

/// The program as a user runs it, in a folder of its own that goes when the test is done.
final class ForensicsBinary: Sendable {
  struct Result {
    var output: String
    var errors: String
    var status: Int32
  }

  /// Holds the database.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("forensics-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The checkout: where README.md and sample-data are.
  static let checkout = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The eight files of the made-up company's story.
  static let story = [
    "app-calls.jsonl", "calls.csv", "llm_call.tsv", "messages.jsonl", "tracker.jsonl",
    "wrapped-responses.jsonl.gz", "admin-usage-report.json", "admin-cost-report.json",
  ].map { "sample-data/" + $0 }

  /// Built beside the tests.
  static let program: URL = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var place = tests.deletingLastPathComponent()
    while place.path != "/" {
      let program = place.appendingPathComponent("forensics")
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: program.path, isDirectory: &isFolder),
        !isFolder.boolValue
      {
        return program
      }
      place.deleteLastPathComponent()
    }
    return URL(fileURLWithPath: "forensics")
  }()

  var database: String { folder.appendingPathComponent("story.db").path }

  /// Runs the program in the checkout (or another folder) and waits for it.
  func callAsFunction(
    _ arguments: String..., input: String? = nil, in directory: URL = ForensicsBinary.checkout,
    environment: [String: String] = [:]
  ) throws -> Result {
    try run(arguments, input: input, in: directory, environment: environment)
  }

  func run(
    _ arguments: [String], input: String? = nil, in directory: URL = ForensicsBinary.checkout,
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = [
      "FORENSICS_DB": database, "HOME": folder.path, "PATH": "/usr/bin:/bin", "TZ": "UTC",
    ].merging(environment) { $1 }
    // Files instead of pipes: nothing to drain while the program runs.
    let output = folder.appendingPathComponent("output-\(UUID().uuidString)")
    let errors = folder.appendingPathComponent("errors-\(UUID().uuidString)")
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    if let input {
      let file = folder.appendingPathComponent("input-\(UUID().uuidString)")
      try Data(input.utf8).write(to: file)
      process.standardInput = try FileHandle(forReadingFrom: file)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    process.waitUntilExit()
    return Result(
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
      status: process.terminationStatus)
  }

  /// Writes a log into the test's folder.
  func write(_ text: String, to name: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
