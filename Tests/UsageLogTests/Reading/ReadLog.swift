@testable import UsageLog

/// Bytes in memory that arrive only so many at a time.
final class TrickleInput: ByteInput {
  private let bytes: [UInt8]
  private let portions: [Int]
  private var position = 0
  private var reads = 0

  init(_ bytes: [UInt8], portions: [Int]) {
    self.bytes = bytes
    self.portions = portions
  }

  func read(into buffer: UnsafeMutablePointer<UInt8>, capacity: Int) throws(InputError) -> Int {
    let portion = portions[reads % portions.count]
    reads += 1
    let count = min(portion, capacity, bytes.count - position)
    for index in 0..<count { buffer[index] = bytes[position + index] }
    position += count
    return count
  }
}

extension LogReader {
  /// Reads everything that is left.
  func readAll() throws -> [ReadRecord] {
    var records: [ReadRecord] = []
    while try next() { records.append(ReadRecord(self)) }
    return records
  }
}

/// Reads a whole log that lies in memory.
func readLog(
  _ bytes: [UInt8], mayGrow: Bool = false, forced: String? = nil,
  options: ReadingOptions = ReadingOptions()
) throws -> [ReadRecord] {
  try LogReader(
    MemoryInput(bytes), fileTime: fileTime, mayGrow: mayGrow, forced: forced, options: options
  ).readAll()
}

func readLog(
  _ text: String, mayGrow: Bool = false, forced: String? = nil,
  options: ReadingOptions = ReadingOptions()
) throws -> [ReadRecord] {
  try readLog(Array(text.utf8), mayGrow: mayGrow, forced: forced, options: options)
}

/// The fields of a log's first row, without white space around them; nil if it is not whole.
func fields(of text: String, _ delimiting: Delimiting) -> [String]? {
  let reader = DelimitedReader(delimiting)
  var text = text
  return text.withUTF8 { bytes in
    guard let start = bytes.baseAddress,
      case .row(let row, _) = reader.read(start, count: bytes.count, isLast: false)
    else { return nil }
    return withExtendedLifetime(reader) { row.fields.map { $0.trimmed.string } }
  }
}
