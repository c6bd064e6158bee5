/// Lines that a container runtime cut into pieces: Docker's records without a final line break, and
/// Kubernetes' lines tagged `P`.
///
/// Each of a container's streams is put together on its own.
struct PartialLines {
  struct Line {
    var place: Place
    /// When its first piece was logged.
    var time: [UInt8]
    var bytes: [UInt8] = []
  }

  private(set) var lines: [(stream: String, line: Line)] = []

  var isEmpty: Bool { lines.isEmpty }

  /// The one that started first.
  var first: String? { lines.min { $0.line.place.offset < $1.line.place.offset }?.stream }

  subscript(stream: String) -> Line? {
    get { lines.first { $0.stream == stream }?.line }
    set {
      lines.removeAll { $0.stream == stream }
      if let newValue { lines.append((stream, newValue)) }
    }
  }

  mutating func removeAll() { lines.removeAll() }
}
