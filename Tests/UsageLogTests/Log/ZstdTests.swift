import Foundation
import Testing

@testable import UsageLog

struct ZstdTests {
  private func bytes(_ text: String) -> [UInt8] {
    [UInt8](Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data())
  }

  private func open(_ bytes: [UInt8], portions: [Int] = [100_000]) throws -> LogReader {
    let (input, isCompressed) = try decompressed(TrickleInput(bytes, portions: portions))
    #expect(isCompressed)
    return try LogReader(input, fileTime: fileTime, mayGrow: false)
  }

  @Test(arguments: [[100_000], [1], [3, 1, 10]])
  func `one frame or several, with skippable ones between, are one log`(portions: [Int]) throws {
    let expected = try readLog([1, 2, 3].map { Story.line($0) + "\n" }.joined())
    for vector in [ZstdVectors.oneFrame, ZstdVectors.threeFrames, ZstdVectors.skippableFirst] {
      #expect(try open(bytes(vector), portions: portions).readAll() == expected)
    }
  }

  @Test(arguments: [1, 4, 5, 20, 60])
  func `a stream cut short gives its whole lines, then says that it is cut`(missing: Int) throws {
    let cut = Array(bytes(ZstdVectors.threeFrames).dropLast(missing))
    let reader = try open(cut)
    var outputs: [String?] = []
    #expect(throws: InputError.corrupt("it ends in the middle")) {
      while try reader.next() {
        #expect(ReadRecord(reader).reason == nil)
        outputs += [ReadRecord(reader)].outputs
      }
    }
    #expect(outputs.starts(with: ["1"]))
  }

  @Test func `damage anywhere is an error and never a wrong number`() throws {
    let whole = bytes(ZstdVectors.oneFrame)
    try #require(whole.count == 146)
    // Of byte 16 this bit is not read.
    for place in 4..<whole.count where place != 16 {
      var damaged = whole
      damaged[place] ^= 0x40
      var outputs: [String?] = []
      #expect(throws: (any Error).self, "byte \(place)") {
        let reader = try open(damaged)
        while try reader.next() { outputs += [ReadRecord(reader)].outputs }
      }
    }
  }

  @Test func `padding behind the last frame is no data, anything else is damage`() throws {
    let whole = bytes(ZstdVectors.oneFrame)
    #expect(try open(whole + Array(repeating: 0, count: 512)).readAll().outputs == ["1", "2", "3"])
    #expect(throws: InputError.corrupt("not what zstd writes")) {
      _ = try open(whole + Array("garbage".utf8)).readAll()
    }
  }

  @Test func `a frame that asks for gigabytes is refused, with a way around`() {
    #expect {
      try open(bytes(ZstdVectors.longWindow))
    } throws: { error in
      error as? InputError == .windowTooLarge && "\(error)".contains("zstd -dc --long=31")
    }
  }

  @Test func `a machine without the library says what to do`() {
    #expect(ZstdCalls(["libzstd-of-no-machine.so"]) == nil)
    #expect {
      _ = try ZstdInput(MemoryInput([]), zstd: nil)
    } throws: { error in
      "\(error)".contains("libzstd") && "\(error)".contains("zstd -dc FILE | forensics import -")
    }
  }
}
