import Foundation
import UsageLog

/// One log to import: opened, compared with the ledger, and placed where reading goes on.
struct LogSource {
  /// Standard input in a list of paths.
  static let standardInput = "-"

  let path: String
  let stat: FileStat

  init(path: String) throws {
    self.path = path
    stat = path == Self.standardInput ? FileStat() : try FileStat(of: path)
  }

  /// Read once from its start, and never known again: standard input, a pipe, a device.
  var isStream: Bool { path == Self.standardInput || !stat.isRegular }

  /// Opens the log behind what was read of it before.
  func open(ledger: Ledger, options: ImportOptions) throws -> Opened {
    var reading = options.reading
    if path != Self.standardInput {
      reading.fileName = URL(fileURLWithPath: path).lastPathComponent
    }
    if isStream {
      let file =
        path == Self.standardInput ? FileInput(descriptor: 0) : try FileInput(path: path)
      let (input, _) = try decompressed(file)
      return Opened(
        reader: try LogReader(
          input, fileTime: options.now, mayGrow: false, forced: options.format,
          options: reading), file: file)
    }
    let file = try FileInput(path: path)
    let (probe, isCompressed) = try decompressed(file)
    let head = try readUp(to: LogFingerprint.span, of: probe)
    let mayGrow = !isCompressed && !options.isFinal
    var known: Ledger.Entry?
    for entry in ledger.candidates(path: path, head: head) {
      let file = try FileInput(path: path)
      guard let (input, tail) = try goOn(entry, in: file) else { continue }
      // Behind an undone import a known log is read from its start.
      if options.rereads(entry) || entry.resumption.offset == 0 {
        known = entry
        break
      }
      let reader = try LogReader(
        input, fileTime: stat.modifiedMs, mayGrow: mayGrow, resuming: entry.resumption,
        passed: tail.count, head: head, options: reading)
      return Opened(reader: reader, file: file, known: entry, tail: tail)
    }
    known = known ?? ledger.forgotten(path: path)
    let reader = try LogReader(
      MemoryInput(head, then: probe), fileTime: stat.modifiedMs, mayGrow: mayGrow,
      forced: options.format, options: reading)
    return Opened(
      reader: reader, isRereading: known.map { options.rereads($0) } ?? false, file: file,
      known: known)
  }

  struct Opened {
    let reader: LogReader
    /// The whole log is read again, and what it told before judged by it.
    var isRereading = false
    /// What it reads, decompressed or not.
    let file: FileInput
    /// The ledger's entry of a log that is known.
    var known: Ledger.Entry?
    /// The last bytes in front of the point where reading goes on.
    var tail: [UInt8] = []
  }

  /// An input that starts a little before the point to go on from; nil where the bytes there are not the
  /// ones that were read: the log was cut, rewritten or is another one.
  private func goOn(
    _ entry: Ledger.Entry, in file: FileInput
  ) throws -> (input: any ByteInput, tail: [UInt8])? {
    let start = entry.resumption.offset - Int64(entry.fingerprint.tailBytes)
    let (input, isCompressed) = try decompressed(file)
    let behind: any ByteInput
    if isCompressed {
      guard try skip(start, of: input) else { return nil }
      behind = input
    } else {
      guard stat.size >= entry.resumption.offset, file.seek(to: start) else { return nil }
      behind = file
    }
    let tail = try readUp(to: entry.fingerprint.tailBytes, of: behind)
    let hash = tail.withUnsafeBufferPointer { contentHash($0) }
    guard tail.count == entry.fingerprint.tailBytes, hash == entry.fingerprint.tailHash else {
      return nil
    }
    return (MemoryInput(tail, then: behind), tail)
  }

  private func readUp(to limit: Int, of input: any ByteInput) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: max(limit, 1))
    defer { room.deallocate() }
    while bytes.count < limit {
      let count = try input.read(into: room, capacity: limit - bytes.count)
      if count == 0 { break }
      bytes += UnsafeBufferPointer(start: room, count: count)
    }
    return bytes
  }

  private func skip(_ count: Int64, of input: any ByteInput) throws -> Bool {
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 65536)
    defer { room.deallocate() }
    var left = count
    while left > 0 {
      let read = try input.read(into: room, capacity: Int(min(left, 65536)))
      if read == 0 { return false }
      left -= Int64(read)
    }
    return true
  }
}
