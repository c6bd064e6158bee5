import Foundation

/// Where Claude Code keeps its transcripts.
enum TranscriptFolders {
  /// The places, in the order in which Claude Code itself and its tools look.
  ///
  /// `CLAUDE_CONFIG_DIR` names one folder, or several with commas between them; each is a configuration folder
  /// or its `projects`. Without it they are below the home folder.
  static func candidates(_ environment: [String: String]) -> [String] {
    if let named = environment["CLAUDE_CONFIG_DIR"]?.split(separator: ","), !named.isEmpty {
      return named.map { projects(in: $0.trimmingCharacters(in: .whitespaces), environment) }
    }
    let home = environment["HOME"] ?? NSHomeDirectory()
    let configuration =
      environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.config"
    return [configuration + "/claude/projects", home + "/.claude/projects"]
  }

  private static func projects(in folder: String, _ environment: [String: String]) -> String {
    var folder = folder
    if folder.hasPrefix("~/"), let home = environment["HOME"] { folder = home + folder.dropFirst() }
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return isFolder(folder + "/projects") ? folder + "/projects" : folder
  }

  /// The transcripts below all of the places, those of subagents too.
  ///
  /// - Throws: `PathError.noTranscripts` where there is none in any.
  static func transcripts(_ environment: [String: String]) throws(PathError) -> [String] {
    let folders = candidates(environment)
    let files = folders.flatMap { transcripts(below: $0) }
    if files.isEmpty { throw .noTranscripts(folders) }
    return files
  }

  private static func transcripts(below folder: String) -> [String] {
    guard let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
    return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".jsonl") }.sorted()
      .map { folder + "/" + $0 }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
