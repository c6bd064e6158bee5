import CallStore
import Foundation

/// Turns what was typed into files: folders into the logs below them, globs into what they match.
enum PathExpansion {
  struct Expansion {
    var paths: [ImportPath] = []
    /// Files in named folders that are no logs by their name, and links to other folders.
    var passedOver: [String] = []
    /// Folders of bodies that Bedrock keeps beside its log: they tell its calls a second time.
    var bodies: [String] = []
    var failures: [PathError] = []
  }

  /// Endings under which logs lie in folders; what is named itself may be called anything.
  static let suffixes = ["jsonl", "ndjson", "json", "csv", "tsv", "log", "txt", "out"]

  /// What names nothing is a failure of its own and keeps nothing else from being read.
  ///
  /// - Parameter found: files of a place that is known by itself, besides.
  static func expand(_ arguments: [String], found: [String] = []) -> Expansion {
    var expansion = Expansion()
    var seen: Set<String> = []
    func add(_ path: String, _ isExplicit: Bool) {
      let absolute = path == "-" ? path : URL(fileURLWithPath: path).standardizedFileURL.path
      guard seen.insert(absolute).inserted else { return }
      expansion.paths.append(ImportPath(path: absolute, shown: path, isExplicit: isExplicit))
    }
    for file in found { add(file, false) }
    for argument in arguments {
      do throws(PathError) {
        if argument == "-" {
          add(argument, true)
        } else if isFolder(argument) {
          for file in try logs(below: argument, &expansion) { add(file, false) }
        } else if FileManager.default.fileExists(atPath: argument) {
          add(argument, true)
        } else {
          for match in try glob(argument) { add(match, true) }
        }
      } catch {
        expansion.failures.append(error)
      }
    }
    return expansion
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func logs(
    below folder: String, _ expansion: inout Expansion
  ) throws(PathError) -> [String] {
    var files: [String] = []
    var folders = [folder]
    while let next = folders.popLast() {
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: next) else {
        expansion.failures.append(.unreadable(next))
        continue
      }
      for name in names.sorted() where !name.hasPrefix(".") {
        let path = next.hasSuffix("/") ? next + name : next + "/" + name
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
        if isFolder(path) {
          // A link may lead back up: it is named, not followed.
          if isLink {
            expansion.passedOver.append(path)
          } else if isBedrockBodies(path) {
            expansion.bodies.append(path)
          } else {
            folders.append(path)
          }
        } else if isLog(path) {
          files.append(path)
        } else {
          expansion.passedOver.append(path)
        }
      }
    }
    guard !files.isEmpty else { throw .noLogs(folder) }
    expansion.passedOver.sort()
    expansion.bodies.sort()
    return files.sorted()
  }

  /// Whether the folder is `…/BedrockModelInvocationLogs/<region>/YYYY/MM/DD/HH/data`.
  private static func isBedrockBodies(_ path: String) -> Bool {
    let parts = URL(fileURLWithPath: path).standardizedFileURL.pathComponents
    return parts.last == "data" && parts.contains("BedrockModelInvocationLogs")
  }

  private static func isLog(_ path: String) -> Bool {
    var url = URL(fileURLWithPath: path)
    if ["gz", "zst"].contains(url.pathExtension) { url.deletePathExtension() }
    // Rotated logs: app.log.1
    if Int(url.pathExtension) != nil { url.deletePathExtension() }
    return suffixes.contains(url.pathExtension.lowercased())
  }

  private static func glob(_ pattern: String) throws(PathError) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard pattern.contains(where: { "*?[".contains($0) }),
      Foundation.glob(pattern, 0, nil, &result) == 0
    else { throw .nothing(pattern) }
    return (0..<Int(result.gl_pathc)).compactMap { index in
      result.gl_pathv[index].map { String(cString: $0) }
    }
  }
}

enum PathError: Error, CustomStringConvertible {
  case nothing(String)
  case noLogs(String)
  case unreadable(String)
  case noTranscripts([String])

  var description: String {
    switch self {
    case .nothing(let path): "there is nothing at '\(path)'"
    case .noLogs(let path):
      "there are no logs below '\(path)'; looked for names that end in "
        + PathExpansion.suffixes.map { "." + $0 }.joined(separator: ", ")
        + " (also with .gz). Name other files directly."
    case .noTranscripts(let folders):
      "there are no transcripts of Claude Code; looked in "
        + folders.map { "'\($0)'" }.joined(separator: ", ")
        + ". Name another configuration folder in CLAUDE_CONFIG_DIR, or give the path."
    case .unreadable(let path): "cannot look into '\(path)'; check its owner and mode"
    }
  }
}
