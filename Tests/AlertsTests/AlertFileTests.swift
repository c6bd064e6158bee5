import Foundation
import Testing

@testable import Alerts

@Suite struct AlertFileTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("alerts-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func file(_ name: String = "alerts.json") -> AlertFile {
    AlertFile(path: folder.appendingPathComponent(name).path)
  }

  private func mode(_ file: AlertFile) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
  }

  @Test func `what one run leaves, the next one finds`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try file().update { book, _ in book.record(Story.report(Story.finding(.critical))) }
    #expect(try file().read().listed(withResolved: false).map(\.state) == [.critical])
    #expect(try mode(file()) == 0o600)
  }

  @Test func `the owner's mode stays, and no half-written file does`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try file().update { book, _ in book.record(Story.report(Story.finding(.critical))) }
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file().path)
    try file().update { book, _ in book.record(Story.report(Story.finding(.ok))) }
    #expect(try mode(file()) == 0o640)
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
        == ["alerts.json", "alerts.json.lock"])
  }

  @Test func `what failed changes nothing, but for what was kept`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    struct Interrupted: Error {}
    #expect(throws: Interrupted.self) {
      try file().update { book, keep in
        book.record(Story.report(Story.finding(.warning)))
        try keep(book)
        book.record(Story.report(Story.finding(.critical)))
        throw Interrupted()
      }
    }
    #expect(try file().read().listed(withResolved: false).map(\.state) == [.warning])
  }

  @Test func `many at once lose nothing`() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = file()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<24 {
        group.addTask {
          try? file.update { book, _ in
            book.record(
              CheckReport(
                name: "lumen-desk", asOf: Story.now,
                findings: [Story.finding(.warning, "tenant", .name("t\(number)"))], decided: []))
          }
        }
      }
    }
    #expect(try file.read().listed(withResolved: false).count == 24)
  }

  @Test func `who has to wait too long is told`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = file()
    _ = try file.update { _, _ in
      #expect(throws: AlertFileError.busy(file.path)) {
        try file.update(waiting: 0.1) { _, _ in }
      }
    }
  }

  @Test func `a file that is something else is left alone`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = file()
    try Data("{".utf8).write(to: URL(fileURLWithPath: file.path))
    #expect(throws: AlertFileError.unreadable(file.path)) { try file.update { _, _ in } }
    #expect(FileManager.default.contents(atPath: file.path) == Data("{".utf8))
    try Data(#"{"version":2,"alerts":{}}"#.utf8).write(to: URL(fileURLWithPath: file.path))
    #expect(throws: AlertFileError.newer(file.path)) { try file.read() }
  }

  @Test func `where nothing can be written, that is said`() {
    let file = AlertFile(path: "/nowhere/alerts.json")
    #expect(throws: AlertFileError.unwritable(file.path)) { try file.update { _, _ in } }
  }
}
