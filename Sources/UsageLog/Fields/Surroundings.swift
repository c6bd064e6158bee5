/// The objects around a record that was packed into a larger value, nearest first.
final class Surroundings {
  private(set) var root: JSONValue?
  private var known: [JSONValue] = []

  /// - Parameter root: the value that packs the records to come; nil where records stand for themselves.
  func begin(_ root: JSONValue?) {
    self.root = root
    known = []
  }

  func objects(around record: JSONValue) -> [JSONValue] {
    guard let root else { return [] }
    // The neighbours of a record have the same surroundings; looking for them from the top costs a walk past all.
    if let nearest = known.first, nearest.encloses(record) { return known }
    known = objects(from: root, to: record)
    return known
  }

  private func objects(from root: JSONValue, to record: JSONValue) -> [JSONValue] {
    // A record that was text inside the value has all of it around.
    guard record.nodes == root.nodes else { return root.isObject ? [root] : [] }
    var objects: [JSONValue] = []
    var place = root
    while place.index != record.index {
      if place.isObject { objects.append(place) }
      guard
        let next = place.children.first(where: { $0.index == record.index || $0.encloses(record) })
      else { break }
      place = next
    }
    return objects.reversed()
  }
}

extension JSONValue {
  /// Whether the other value stands somewhere inside this one.
  fileprivate func encloses(_ other: JSONValue) -> Bool {
    nodes == other.nodes && index < other.index && other.index < Int(node.next)
  }
}
