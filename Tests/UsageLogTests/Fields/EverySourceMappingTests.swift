import Foundation
import Testing

@testable import UsageLog

/// No format knows of mappings, and none stands above them.
struct EverySourceMappingTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../sample-data").standardized

  private static func logs() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path()).filter { name in
      [".jsonl", ".json", ".gz", ".csv", ".tsv"].contains { name.hasSuffix($0) }
        // Clouds' bills are no logs: `reconcile --invoice` reads them.
        && !name.hasSuffix("-bill.csv")
    }
  }

  @Test(arguments: try logs())
  func `every call of every source takes what is mapped for it`(_ log: String) throws {
    let fields: [Field] = [
      .tenantID, .feature, .deploySHA, .sessionID, .userID, .agent, .promptHash, .workspace,
      .operationID, .channel, .region,
    ]
    let constants = Dictionary(
      uniqueKeysWithValues: fields.map { ($0, FieldSource(constant: "as mapped")) })
    var options = ReadingOptions()
    options.fileName = URL(filePath: log).lastPathComponent
    for format in LogFormats.all { options.mappings[format.name] = SourceMapping(constants) }
    let path = Self.folder.appending(path: log).path()
    let (input, _) = try decompressed(try FileInput(path: path))
    let reader = try LogReader(input, fileTime: fileTime, mayGrow: true, options: options)
    for call in try reader.readAll().flatMap(\.calls) {
      let told = fields.map { call[$0] }
      try #require(
        told.allSatisfy { $0 == "as mapped" },
        "\(reader.formatName) sets another \(zip(fields, told).first { $1 != "as mapped" }?.0.rawValue ?? "")"
      )
    }
  }

  @Test(arguments: try logs())
  func `a mapping that meets nothing changes nothing`(_ log: String) throws {
    func read(_ options: ReadingOptions) throws -> [ReadRecord] {
      let path = Self.folder.appending(path: log).path()
      let (input, _) = try decompressed(try FileInput(path: path))
      return try LogReader(input, fileTime: fileTime, mayGrow: true, options: options).readAll()
    }
    var options = ReadingOptions()
    for format in LogFormats.all {
      options.mappings[format.name] = SourceMapping([
        .tenantID: FieldSource(paths: [try FieldPath("no.such[0].place")]),
        .costDollars: FieldSource(paths: [try FieldPath("no_such_column")]),
      ])
    }
    #expect(try read(options) == read(ReadingOptions()))
  }
}
