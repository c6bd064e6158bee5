/// What a report's row is told apart by: the known dimensions, and by their names those that are new.
struct BucketDimensions {
  private(set) var named: [UsageBucket.Dimension: String] = [:]

  /// Texts and flags of a row are dimensions, and everything in its `group`; its numbers are figures.
  init(row: JSONValue) {
    for member in row.children {
      if member.key == "actor" {
        add(actor: member)
      } else if !Self.isNoDimension(member.key), !member.isNumber, let value = plain(member) {
        named[member.key] = value
      }
    }
    guard let group = row["group"] else { return }
    for member in group.children {
      if member.key == "actor" {
        add(actor: member)
      } else if let value = plain(member) ?? Self.readable(member) {
        named[member.key] = value
      }
    }
  }

  /// Where a row stands and what it counts.
  private static func isNoDimension(_ key: Text) -> Bool {
    let others: [StaticString] = [
      "starting_at", "ending_at", "date", "data_refreshed_at", "fetched_at", "bucket_width",
      "organization_id", "currency", "requests",
    ]
    return others.contains { key == $0 } || isMeasure(key.string)
  }

  /// By its name a figure, though it may be written as a text.
  static func isMeasure(_ key: String) -> Bool {
    ["amount", "tokens", "_requests", "_count", "_usd"].contains { key.hasSuffix($0) }
  }

  private func plain(_ member: JSONValue) -> String? {
    switch member.node.kind {
    case .true: "true"
    case .false: "false"
    default: member.text?.named(upTo: Text.longestID)?.string
    }
  }

  /// Who it was, as one reads it; beside it the kind of actor and its id, since names are not unique.
  private mutating func add(actor: JSONValue) {
    guard actor.isObject else {
      named[.actor] = plain(actor)
      return
    }
    named[.actor] = Self.readable(actor)
    let type = UsageBucket.Dimension(rawValue: "actor_type")
    if named[type] == nil { named[type] = actor["type"]?.text?.named()?.string }
    if let id = Self.id(of: actor), id != named[.actor] {
      named[UsageBucket.Dimension(rawValue: "actor_id")] = id
    }
  }

  /// An object's best name.
  private static func readable(_ object: JSONValue) -> String? {
    for name in ["email_address", "email", "api_key_name", "name"] as [StaticString] {
      if let text = object[name]?.text?.named(upTo: Text.longestID), !text.isEmpty {
        return text.string
      }
    }
    return id(of: object)
  }

  private static func id(of object: JSONValue) -> String? {
    let ids = object.children.lazy.filter { $0.key == "id" || $0.key.string.hasSuffix("_id") }
    return ids.compactMap { $0.text?.named(upTo: Text.longestID)?.string }.first { !$0.isEmpty }
  }
}

extension [UsageBucket.Dimension: String] {
  fileprivate subscript(key: Text) -> String? {
    get { isPlainKey(key) ? self[UsageBucket.Dimension(rawValue: key.string)] : nil }
    set {
      guard isPlainKey(key) else { return }
      self[UsageBucket.Dimension(rawValue: key.string)] = newValue
    }
  }
}

extension UsageBucket.Dimension {
  /// Those with a column of their own first, then the others by name.
  static func inOrder(_ dimensions: some Sequence<UsageBucket.Dimension>) -> [Self] {
    let all = Set(dimensions)
    return columns.filter { all.contains($0) } + all.subtracting(columns).sorted()
  }
}
