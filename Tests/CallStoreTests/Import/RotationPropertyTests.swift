import Foundation
import Testing

@testable import CallStore

/// A log that is appended to, rotated, copied and truncated, compressed and half written between imports: every line
/// that an import could see is one call.
@Suite struct RotationPropertyTests {
  static let runs = Int(ProcessInfo.processInfo.environment["FORENSICS_TEST_RUNS"] ?? "") ?? 12

  @Test(arguments: 1...runs)
  func `every line counts once, whatever becomes of its file`(seed: Int) throws {
    var life = try LogLife(seed: UInt64(seed))
    for _ in 0..<25 {
      try life.step()
      let found = Set(
        try life.desk.exists
          ? life.desk.rows("SELECT output_tokens FROM llm_call").map { Int($0[0] ?? "") ?? 0 } : [])
      #expect(found == life.seen, "after \(life.steps.suffix(8).joined(separator: ", "))")
      if found != life.seen { return }
    }
    #expect(try life.desk.number("SELECT COUNT(*) FROM llm_call") == Int64(life.seen.count))
    #expect(try life.desk.wrongSums() == [])
  }
}

extension Desk {
  fileprivate var exists: Bool { FileManager.default.fileExists(atPath: file.path) }
}

/// The life of one service's log.
private struct LogLife {
  let desk: Desk
  private(set) var steps: [String] = []
  /// Numbers of the lines that an import could see.
  private(set) var seen: Set<Int> = []
  private var dice: Dice
  /// Whole lines by file; the current one is `app.log`.
  private var files: [String: [Int]] = ["app.log": []]
  /// A last line of the current file that is half written.
  private var half: Int?
  private var next = 1
  private var rotations = 0
  private var minute: Int64 = 0

  init(seed: UInt64) throws {
    desk = try Desk()
    dice = Dice(seed)
  }

  mutating func step() throws {
    switch Int.random(in: 0..<12, using: &dice) {
    case 0...3: try append()
    case 4: try writeHalf()
    case 5: try rotate()
    case 6: try copyAndTruncate()
    case 7: try compress()
    case 8: try touch()
    default: try importAll()
    }
  }

  private mutating func append() throws {
    half = nil
    let many = Int.random(in: 0..<5, using: &dice) == 0
    for _ in 0..<(many ? 60 : Int.random(in: 1...4, using: &dice)) {
      files["app.log", default: []].append(next)
      next += 1
    }
    try write("app.log")
    steps.append("append")
  }

  private mutating func writeHalf() throws {
    half = next
    try write("app.log")
    steps.append("half a line")
  }

  private mutating func rotate() throws {
    guard !current.isEmpty, half == nil else { return }
    rotations += 1
    let name = "app.log.\(rotations)"
    try FileManager.default.moveItem(atPath: desk.path("app.log"), toPath: desk.path(name))
    files[name] = current
    files["app.log"] = []
    try write("app.log")
    steps.append("rotate")
  }

  private mutating func copyAndTruncate() throws {
    guard !current.isEmpty, half == nil else { return }
    rotations += 1
    let name = "app.log.\(rotations)"
    try FileManager.default.copyItem(atPath: desk.path("app.log"), toPath: desk.path(name))
    files[name] = current
    files["app.log"] = []
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: desk.path("app.log")))
    try handle.truncate(atOffset: 0)
    try handle.close()
    steps.append("copy and truncate")
  }

  private mutating func compress() throws {
    guard
      let name = files.keys.filter({ $0 != "app.log" && !$0.hasSuffix(".gz") }).sorted()
        .randomElement(using: &dice)
    else { return }
    try desk.write(name + ".gz", gzipped: (files[name] ?? []).map(line))
    try FileManager.default.removeItem(atPath: desk.path(name))
    files[name + ".gz"] = files.removeValue(forKey: name)
    steps.append("compress \(name)")
  }

  private mutating func touch() throws {
    guard let name = files.keys.sorted().randomElement(using: &dice), name != "app.log" else {
      return
    }
    minute += 1
    try desk.touch(name, Desk.now + minute * 60_000)
    steps.append("touch \(name)")
  }

  private mutating func importAll() throws {
    let names = files.keys.filter { FileManager.default.fileExists(atPath: desk.path($0)) }
    guard !names.isEmpty else { return }
    let callsPerCommit = Int.random(in: 1...80, using: &dice)
    let summary = try desk.load(names.shuffled(using: &dice).map { desk.path($0) }) {
      $0.callsPerCommit = callsPerCommit
    }
    #expect(summary.addsUp)
    #expect(summary.rejected == 0)
    for name in names { seen.formUnion(files[name] ?? []) }
    steps.append("import")
  }

  private var current: [Int] { files["app.log"] ?? [] }

  private mutating func write(_ name: String) throws {
    minute += 1
    var text = (files[name] ?? []).map { line($0) + "\n" }.joined()
    if let half { text += line(half).prefix(40) }
    let path = desk.path(name)
    // In place, as a service appends: the file stays the same one.
    if let handle = FileHandle(forWritingAtPath: path) {
      try handle.truncate(atOffset: 0)
      try handle.write(contentsOf: Data(text.utf8))
      try handle.close()
    } else {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    try desk.touch(name, Desk.now + minute * 60_000)
  }

  /// Some lines carry an id and some do not; each says its number.
  private func line(_ number: Int) -> String {
    answer(
      number % 3 == 0 ? nil : "msg_\(number)", at: "2026-11-03T09:20:00Z",
      ["output_tokens": number])
  }
}
