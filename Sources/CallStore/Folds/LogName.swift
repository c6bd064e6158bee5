/// What a log is called, whichever of its files it is.
enum LogName {
  /// `app-*.jsonl` of `logs/app-2026-11-15.jsonl.gz`: dates, numbers of rotation and ids are no other source.
  static func lasting(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".gz", ".zst"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    // app.jsonl.3 was app.jsonl before.
    if let dot = name.lastIndex(of: "."), name[dot...].dropFirst().allSatisfy(\.isNumber) {
      name = String(name[..<dot])
    }
    let ids = starred(name, runsOf: { $0.isHexDigit || $0 == "-" }, ofAtLeast: 16)
    return starred(ids, runsOf: { $0.isNumber || "-_:.TZ".contains($0) }, ofAtLeast: 6)
  }

  /// Each long run of such characters as a star, if there are digits enough in it; marks at its ends stay.
  private static func starred(
    _ name: String, runsOf isPart: (Character) -> Bool, ofAtLeast length: Int
  ) -> String {
    var result = ""
    var rest = name[...]
    while let first = rest.first {
      let run = rest.prefix { isPart($0) == isPart(first) }
      rest = rest.dropFirst(run.count)
      let digits = run.count(where: \.isNumber)
      guard isPart(first), run.count >= length, digits * 2 >= min(length, 8) else {
        result += run
        continue
      }
      let isMark: (Character) -> Bool = { !$0.isHexDigit }
      result += run.prefix(while: isMark) + "*"
      result += String(run.reversed().prefix(while: isMark).reversed())
    }
    return result
  }
}
