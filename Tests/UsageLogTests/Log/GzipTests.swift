import Foundation
import Testing

@testable import UsageLog

struct GzipTests {
  private let oneMember = [UInt8](Data(base64Encoded: GzipVectors.oneMember) ?? Data())
  private let threeMembers = [UInt8](Data(base64Encoded: GzipVectors.threeMembers) ?? Data())

  private func open(_ bytes: [UInt8], portions: [Int] = [100_000]) throws -> LogReader {
    let (input, isCompressed) = try decompressed(TrickleInput(bytes, portions: portions))
    #expect(isCompressed)
    return try LogReader(input, fileTime: fileTime, mayGrow: false)
  }

  @Test(arguments: [[100_000], [1], [3, 1, 10]])
  func `one member or several are one log`(portions: [Int]) throws {
    let one = try open(oneMember, portions: portions).readAll()
    #expect(one.outputs == ["1", "2", "3"])
    #expect(try open(threeMembers, portions: portions).readAll() == one)
    #expect(try readLog([1, 2, 3].map { Story.line($0) + "\n" }.joined()) == one)
  }

  @Test func `padding behind the last member is no data`() throws {
    let padded = oneMember + Array(repeating: 0, count: 512)
    #expect(try open(padded).readAll().outputs == ["1", "2", "3"])
  }

  @Test(arguments: [1, 8, 9, 15, 20])
  func `a stream cut short gives its whole lines, then says that it is cut`(missing: Int) throws {
    let reader = try open(Array(oneMember.dropLast(missing)))
    var records: [ReadRecord] = []
    #expect(throws: InputError.corrupt("it ends in the middle")) {
      while try reader.next() { records.append(ReadRecord(reader)) }
    }
    #expect(records.outputs.starts(with: ["1"]))
    #expect(records.reasons == [])
  }

  @Test func `a second member cut short costs nothing of the first`() throws {
    let reader = try open(oneMember + oneMember.prefix(40))
    var outputs: [String?] = []
    #expect(throws: InputError.self) {
      while try reader.next() { outputs += [ReadRecord(reader)].outputs }
    }
    #expect(outputs == ["1", "2", "3"])
  }

  @Test func `damage anywhere is an error and never a wrong number`() throws {
    try #require(oneMember.count == 158)
    // Byte 149 ends the data: its last bits are padding.
    for place in 10..<oneMember.count where place != 149 {
      var damaged = oneMember
      damaged[place] ^= 0x40
      var outputs: [String?] = []
      #expect(throws: (any Error).self, "byte \(place)") {
        let reader = try open(damaged)
        while try reader.next() { outputs += [ReadRecord(reader)].outputs }
      }
      #expect(outputs.count <= 3)
    }
  }

  @Test(arguments: [2, 3, 9, 17])
  func `a head without data is an error`(count: Int) {
    #expect(throws: InputError.corrupt("it ends in the middle")) {
      try open(Array(oneMember.prefix(count)))
    }
  }

  @Test(arguments: [[], [0x1F], [0x7B], [0x28, 0xB5, 0x2F], [0x1F, 0x8A, 0, 0, 0]] as [[UInt8]])
  func `anything else is read as it is`(bytes: [UInt8]) throws {
    let (input, isCompressed) = try decompressed(TrickleInput(bytes, portions: [1]))
    #expect(!isCompressed)
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 16)
    defer { room.deallocate() }
    var read: [UInt8] = []
    while case let count = try input.read(into: room, capacity: 16), count > 0 {
      read += UnsafeBufferPointer(start: room, count: count)
    }
    #expect(read == bytes)
  }
}
