import CallStore
import Foundation

/// Turns what was typed into files: folders into the logs below them, globs into what they match.
enum PathExpansion {
  struct Expansion {
    var paths: [ImportPath] = []
    /// Files in named folders that are no logs by their name.
    var passedOver: [String] = []
  }

  /// Endings under which logs lie in folders; what is named itself may be called anything.
  static let suffixes = ["jsonl", "ndjson", "json", "csv", "tsv", "log", "txt", "out"]

  /// - Throws: `PathError` where something names nothing.
  static func expand(_ arguments: [String]) throws -> Expansion {
    var expansion = Expansion()
    var seen: Set<String> = []
    func add(_ path: String, _ isExplicit: Bool) {
      let absolute = path == "-" ? path : URL(fileURLWithPath: path).standardizedFileURL.path
      guard seen.insert(absolute).inserted else { return }
      expansion.paths.append(ImportPath(path: absolute, shown: path, isExplicit: isExplicit))
    }
    for argument in arguments {
      if argument == "-" {
        add(argument, true)
        continue
      }
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) {
        guard isFolder.boolValue else {
          add(argument, true)
          continue
        }
        let files = try logs(below: argument, &expansion.passedOver)
        for file in files { add(file, false) }
      } else {
        let matches = try glob(argument)
        for match in matches { add(match, true) }
      }
    }
    return expansion
  }

  private static func logs(below folder: String, _ passedOver: inout [String]) throws -> [String] {
    guard let found = FileManager.default.enumerator(atPath: folder) else {
      throw PathError.unreadable(folder)
    }
    var files: [String] = []
    for case let name as String in found {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      if name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { continue }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      if isLog(path) { files.append(path) } else { passedOver.append(path) }
    }
    guard !files.isEmpty else { throw PathError.noLogs(folder) }
    passedOver.sort()
    return files.sorted()
  }

  private static func isLog(_ path: String) -> Bool {
    var url = URL(fileURLWithPath: path)
    if ["gz", "zst"].contains(url.pathExtension) { url.deletePathExtension() }
    // Rotated logs: app.log.1
    if Int(url.pathExtension) != nil { url.deletePathExtension() }
    return suffixes.contains(url.pathExtension.lowercased())
  }

  private static func glob(_ pattern: String) throws -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard pattern.contains(where: { "*?[".contains($0) }),
      Foundation.glob(pattern, 0, nil, &result) == 0
    else { throw PathError.nothing(pattern) }
    return (0..<Int(result.gl_pathc)).compactMap { index in
      result.gl_pathv[index].map { String(cString: $0) }
    }
  }
}

enum PathError: Error, CustomStringConvertible {
  case nothing(String)
  case noLogs(String)
  case unreadable(String)

  var description: String {
    switch self {
    case .nothing(let path): "there is nothing at '\(path)'"
    case .noLogs(let path):
      "there are no logs below '\(path)'; looked for names that end in "
        + PathExpansion.suffixes.map { "." + $0 }.joined(separator: ", ")
        + " (also with .gz). Name other files directly."
    case .unreadable(let path): "cannot look into '\(path)'; check its owner and mode"
    }
  }
}
