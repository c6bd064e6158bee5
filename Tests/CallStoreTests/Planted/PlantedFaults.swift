import Foundation
import Testing

@testable import CallStore

/// A summer with faults planted in it (sample-data/faults), and what the second implementation says of each.
enum PlantedFaults {
  /// Which faults happen.
  enum Choice: Hashable, CustomStringConvertible {
    case none
    case all
    case only(String)

    func has(_ fault: String) -> Bool {
      switch self {
      case .none: false
      case .all: true
      case .only(let name): name == fault
      }
    }

    var description: String {
      switch self {
      case .none: "no fault"
      case .all: "all faults"
      case .only(let name): "only \(name)"
      }
    }
  }

  private static let folder = Sample.top.appendingPathComponent("Tests/Planted")

  static let expected: Result<PlantedFact, any Error> = Result {
    let data = try Data(contentsOf: folder.appendingPathComponent("faults.json"))
    return PlantedFact(try JSONSerialization.jsonObject(with: data))
  }

  /// By name, in the order of sample-data/README.md.
  static let names = (try? expected.get())?["faults"].list.compactMap(\.["name"].text) ?? []

  static func fault(_ name: String) throws -> PlantedFact {
    try #require(try expected.get()["faults"].list.first { $0["name"].text == name })
  }

  /// The base, and of each fault the calls as they were logged or as they are without it.
  static func load(_ choice: Choice) throws -> Desk {
    let logs = Sample.top.appendingPathComponent("sample-data/faults")
    let desk = try Desk()
    func path(_ name: String) -> String {
      choice.has(name)
        ? logs.appendingPathComponent("\(name).jsonl.gz").path
        : folder.appendingPathComponent("\(name).clean.jsonl.gz").path
    }
    let base = logs.appendingPathComponent("base.jsonl.gz").path
    try desk.load([base] + names.filter { $0 != "silent-source" }.map(path))
    // A source can only fall silent that is told apart from the others.
    try desk.load([path("silent-source")]) { $0.label = "voice-notes" }
    return desk
  }

  private static let clean = Result { try lasting(.none) }
  private static let faulty = Result { try lasting(.all) }

  private static func lasting(_ choice: Choice) throws -> Desk {
    let desk = try load(choice)
    if choice == .none { atexit { PlantedFaults.forget(.none) } }
    if choice == .all { atexit { PlantedFaults.forget(.all) } }
    return desk
  }

  private static func forget(_ choice: Choice) { try? desk(choice).remove() }

  /// Loaded once where tests share it.
  static func desk(_ choice: Choice) throws -> Desk {
    switch choice {
    case .none: try clean.get()
    case .all: try faulty.get()
    case .only: try load(choice)
    }
  }
}

/// A value of faults.json; what is not there is null.
struct PlantedFact: @unchecked Sendable {
  private let value: Any?

  init(_ value: Any?) { self.value = value }

  subscript(name: String) -> PlantedFact { PlantedFact((value as? [String: Any])?[name]) }
  var list: [PlantedFact] { (value as? [Any])?.map { PlantedFact($0) } ?? [] }
  var texts: [String] { list.compactMap(\.text) }
  var text: String? { value as? String }
  var number: Int64? { (value as? NSNumber)?.int64Value }
  var real: Double? { (value as? NSNumber)?.doubleValue }
}
