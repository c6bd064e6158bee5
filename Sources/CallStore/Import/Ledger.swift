import Foundation
import GRDB
import UsageLog

/// What is known of logs read before.
///
/// The import is the only writer, so it keeps the ledger in memory and numbers new logs itself;
/// rows travel with the batches.
struct Ledger {
  struct Entry {
    var id: Int64
    var path: String
    var stat: FileStat
    var resumption: LogReader.Resumption
    var fingerprint: LogFingerprint
    var provisional: ProvisionalCall?
    /// It was being read again when the import was interrupted.
    var isRereading = false
    /// Hash of the settings it was read with.
    var readAs: Int64 = 0
    /// Records of it could not be read.
    var hasRejects = false
  }

  private var entries: [Int64: Entry] = [:]
  private var rejects: [Int64: [Int64]] = [:]
  private var byPath: [String: [Int64]] = [:]
  private var byHead: [UInt64: [Int64]] = [:]
  private var lastID: Int64 = 0

  /// - Parameter label: the logs of that `--source` only; others may lie at the same paths of other machines.
  init(_ db: Database, label: String) throws {
    lastID = try Int64.fetchOne(db, sql: "SELECT MAX(id) FROM log_file") ?? 0
    let read = try Statement(
      """
      SELECT id, path, format, device, inode, size_bytes, modified_ns, committed_offset,
        committed_lines, head_bytes, head_hash, tail_bytes, tail_hash, header,
        provisional_hour, provisional_identity,
        EXISTS (SELECT 1 FROM reject WHERE source = log_file.id), is_rereading,
        read_as
      FROM log_file WHERE origin = 0 AND label = ?1 ORDER BY id
      """, on: db)
    read.bind(0, text: label)
    while try read.next() {
      let entry = Entry(
        id: read.int(0) ?? 0, path: read.text(1) ?? "",
        stat: FileStat(
          device: read.int(3) ?? 0, inode: read.int(4) ?? 0, size: read.int(5) ?? 0,
          modifiedNs: read.int(6) ?? 0),
        resumption: LogReader.Resumption(
          format: read.text(2) ?? "", offset: read.int(7) ?? 0, line: read.int(8) ?? 1,
          header: read.text(13) ?? ""),
        fingerprint: LogFingerprint(
          headBytes: Int(read.int(9) ?? 0), headHash: UInt64(bitPattern: read.int(10) ?? 0),
          tailBytes: Int(read.int(11) ?? 0), tailHash: UInt64(bitPattern: read.int(12) ?? 0)),
        provisional: read.int(14).flatMap { hour in
          read.int(15).map { ProvisionalCall(hour: hour, identity: $0) }
        }, isRereading: read.int(17) == 1, readAs: read.int(18) ?? 0, hasRejects: read.int(16) == 1)
      note(entry)
    }
  }

  /// Reads where the records lie that could not be read, for trying them again.
  mutating func readRejects(_ db: Database) throws {
    for row in try Row.fetchAll(db, sql: "SELECT source, offset FROM reject ORDER BY offset") {
      rejects[row[0], default: []].append(row[1])
    }
  }

  func rejects(of log: Int64) -> [Int64] { rejects[log] ?? [] }

  mutating func newID() -> Int64 {
    lastID += 1
    return lastID
  }

  /// Remembers how far a log was read.
  mutating func note(_ entry: Entry) {
    lastID = max(lastID, entry.id)
    if entries.updateValue(entry, forKey: entry.id) == nil {
      byPath[entry.path, default: []].append(entry.id)
    }
    if byHead[entry.fingerprint.headHash]?.contains(entry.id) != true {
      byHead[entry.fingerprint.headHash, default: []].append(entry.id)
    }
  }

  /// The log at this path if the file has not been touched since.
  func untouched(path: String, stat: FileStat) -> Entry? {
    byPath[path]?.lazy.compactMap { entries[$0] }.last { $0.stat == stat && !$0.isRereading }
  }

  /// A log at this path of which nothing is known any more: it was empty, or its import was undone.
  func forgotten(path: String) -> Entry? {
    byPath[path]?.lazy.compactMap { entries[$0] }.last {
      $0.fingerprint.headBytes == 0 && $0.resumption.offset == 0
    }
  }

  /// Logs that may be an earlier state of one that starts with these bytes: those at its path first, the
  /// furthest read of them before others.
  func candidates(path: String, head: [UInt8]) -> [Entry] {
    var found: [Entry] = []
    var hashes: [Int: UInt64] = [:]
    func matches(_ entry: Entry) -> Bool {
      let count = entry.fingerprint.headBytes
      guard count > 0, count <= head.count else { return false }
      if hashes[count] == nil {
        hashes[count] = head.withUnsafeBufferPointer {
          contentHash(UnsafeBufferPointer(rebasing: $0[0..<count]))
        }
      }
      return hashes[count] == entry.fingerprint.headHash
    }
    let whole = head.withUnsafeBufferPointer { contentHash($0) }
    for id in (byPath[path] ?? []) + (byHead[whole] ?? []) {
      guard let entry = entries[id], !found.contains(where: { $0.id == id }), matches(entry) else {
        continue
      }
      found.append(entry)
    }
    return found.sorted { $0.resumption.offset > $1.resumption.offset }
  }
}
