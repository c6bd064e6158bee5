import CallStore
import Foundation

extension IssuedFiles {
  /// Files, and what lies directly in folders; hidden files are left out.
  ///
  /// - Throws: `ClosingError.file` naming what cannot be read.
  init(paths: [String]) throws {
    self.init()
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw ClosingError.file("there is no file '\(path)'; --files takes files and folders")
      }
      guard isFolder.boolValue else {
        try add(Self.file(at: path))
        continue
      }
      for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      where !name.hasPrefix(".") {
        try add(Self.file(at: path + (path.hasSuffix("/") ? "" : "/") + name))
      }
    }
  }

  private static func file(at path: String) throws -> File {
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isFolder.boolValue {
      throw ClosingError.file(
        "'\(path)' is a folder within a folder; name it with --files, too, or pack it into one file"
      )
    }
    guard let content = try? Data(contentsOf: url) else {
      throw ClosingError.file("cannot read '\(path)'; check its owner and mode")
    }
    return File(name: url.lastPathComponent, content: content)
  }

  /// Writes them into a folder, which is made where it is missing.
  ///
  /// - Throws: `ClosingError.file` where another file of that name is there: nothing is written then.
  func write(into folder: String) throws {
    let top = URL(fileURLWithPath: folder)
    let places = files.map { (file: $0, place: top.appendingPathComponent($0.name)) }
    for (file, place) in places {
      if let there = try? Data(contentsOf: place), there != file.content {
        throw ClosingError.file(
          "'\(place.path)' is there already, and another; choose another --output-dir")
      }
    }
    do {
      try FileManager.default.createDirectory(at: top, withIntermediateDirectories: true)
      for (file, place) in places { try file.content.write(to: place, options: .atomic) }
    } catch {
      throw ClosingError.file("cannot write into '\(folder)'; check its owner and mode")
    }
  }
}
