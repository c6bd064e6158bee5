import ArgumentParser
import Foundation
import UsageLog

/// A price list that lies in a file, and the day on which it was seen.
struct PriceFileArgument {
  let file: PriceFile
  /// The beginning of the day.
  let observed: Int64

  init(path: String, observed: String?, catalogue: PriceCatalogue) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PriceFileMissing(path: path)
    }
    self.observed = try PriceDay.observed(observed, file: path)
    file = try PriceFile.read(
      Array(data), name: URL(fileURLWithPath: path).lastPathComponent, observed: self.observed,
      catalogue: catalogue)
  }
}

struct PriceFileMissing: Error, CustomStringConvertible {
  let path: String

  var description: String { "cannot read '\(path)'; check that it is there and may be read" }
}

extension PriceFile {
  /// What became no row, counted by reason; then what was taken with a remark.
  var readingNotes: [String] {
    var notes: [String] = []
    let outOfScope = Dictionary(
      grouping: passedOver.filter { $0.kind == .outOfScope }, by: \.reason
    )
    .map { (reason: $0.key, count: $0.value.count) }
    .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
    if !outOfScope.isEmpty {
      let total = outOfScope.reduce(0) { $0 + $1.count }
      let named = outOfScope.prefix(4).map { "\($0.reason) (\(grouped(Int64($0.count))))" }
      let more = outOfScope.count > 4 ? ", …" : ""
      notes.append(
        "not prices by the token: \(counted(Int64(total), "entry", "entries")): "
          + named.joined(separator: ", ") + more)
    }
    for (kind, what) in [
      (PassedOver.Kind.unreadable, "not exactly readable"),
      (.contradictory, "at odds with others about their model"),
    ] {
      let entries = passedOver.filter { $0.kind == kind }
      guard !entries.isEmpty else { continue }
      notes.append("\(what): \(counted(Int64(entries.count), "entry", "entries"))")
    }
    for (remark, count) in remarks.sorted(by: { $0.key < $1.key }) {
      notes.append("\(counted(Int64(count), "row")): \(remark)")
    }
    return notes
  }
}

private func counted(_ count: Int64, _ one: String, _ many: String) -> String {
  count == 1 ? "1 \(one)" : "\(grouped(count)) \(many)"
}
