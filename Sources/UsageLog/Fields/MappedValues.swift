/// What a record says at the places the user mapped, found before its format reads it.
///
/// `CallFields` and `ColumnCallReader` put the values in front of everything else that is logged, so no format has
/// to know of mappings. One object a log and format.
final class MappedValues {
  private struct Entry {
    let field: FieldIndex
    let source: FieldSource
    /// Fields that would say the same in another unit or sense.
    let rivals: [FieldIndex]
    let longest: Int?
    /// The columns that its paths lead into.
    var columns: [Column] = []
    var value: Text?
    /// The value lies in the pool.
    var isKept = false
    var wasMet = false
  }

  private struct Column {
    let index: Int
    /// Into the JSON that the column holds as text.
    let rest: ArraySlice<FieldPath.Step>
  }

  private let name: String
  private let use: MappingUse?
  private var entries: [Entry]
  private var isSourceMet = false
  private let lookup = PathLookup()
  private let constants = TextPool()
  /// Parts of values, and values that outlive their record; those of the call read last are left in `last`.
  private var pool = TextPool()
  private var last = TextPool()

  init(_ mapping: SourceMapping, of name: String, use: MappingUse?) {
    self.name = name
    self.use = use
    let constants = self.constants
    entries = mapping.fields.map { field, source in
      var longest: Int?
      if case .name(let limit) = field.content { longest = limit }
      return Entry(
        field: FieldIndex(field), source: source, rivals: field.rivals.map { FieldIndex($0) },
        longest: longest,
        // A constant time is only a default, in front of which no logged one may stand.
        value: source.constant.map { field == .occurredAt ? .empty : constants.copy($0) })
    }
  }

  /// Takes a record's values: from the record itself, then from the objects around it, nearest first.
  ///
  /// - Parameter goesOn: it completes a record that was begun; what that one held stays.
  func begin(_ record: JSONValue, in surroundings: Surroundings?, goesOn: Bool) {
    if !goesOn { clear() }
    lookup.begin()
    find(in: record, surroundings)
  }

  /// Takes from an object inside the record what the record itself does not hold.
  func look(in record: JSONValue) { find(in: record, nil) }

  /// Keeps the values of a record that later ones complete.
  func keep() {
    for index in entries.indices where !entries[index].isKept {
      guard entries[index].source.constant == nil, let value = entries[index].value else {
        continue
      }
      entries[index].value = pool.copy(value)
      entries[index].isKept = true
    }
  }

  /// Takes the values of a record that was begun where the one before ended; what that one's calls borrowed stays.
  func beginNext(_ record: JSONValue, in surroundings: Surroundings?) {
    clear()
    find(in: record, surroundings)
    keep()
  }

  /// Sets the fields that hold a value, over everything a format may find.
  func fill(_ values: FieldValues) {
    for entry in entries {
      guard let value = entry.value else { continue }
      values.set(entry.field.value, rank: 0, value, in: Self.nowhere)
    }
    for entry in entries where entry.value != nil {
      for rival in entry.rivals where !values.has(rival.field) {
        values.set(rival.value, rank: 0, .empty, in: Self.nowhere)
      }
    }
  }

  /// Takes note of what a call held.
  func meet() {
    guard let use else { return }
    if !isSourceMet {
      isSourceMet = true
      use.meet(source: name)
    }
    for index in entries.indices where !entries[index].wasMet && entries[index].value != nil {
      entries[index].wasMet = true
      use.meet(entries[index].field.field, of: name)
    }
  }

  /// No object of a record has this number, so nothing in it can contradict the mapping.
  private static let nowhere = -1

  private func clear() {
    swap(&pool, &last)
    pool.clear()
    for index in entries.indices where entries[index].source.constant == nil {
      entries[index].value = nil
      entries[index].isKept = false
    }
  }

  private func find(in record: JSONValue, _ surroundings: Surroundings?) {
    for index in entries.indices where entries[index].value == nil {
      entries[index].value =
        entries[index].source.paths.lazy.compactMap { path in
          self.value(at: path, in: record, surroundings).flatMap { self.text(of: $0, index) }
        }.first
    }
  }

  private func value(
    at path: FieldPath, in record: JSONValue, _ surroundings: Surroundings?
  ) -> JSONValue? {
    if let value = lookup.value(at: path, in: record) { return value }
    guard let surroundings else { return nil }
    return surroundings.objects(around: record).lazy
      .compactMap { self.lookup.value(at: path, in: $0) }.first
  }

  /// The text that a value gives a field; of a list, the first element that matches.
  private func text(of value: JSONValue, _ index: Int) -> Text? {
    if entries[index].source.match != nil, let list = lookup.list(in: value) {
      return list.lazy.compactMap { $0.text.flatMap { self.text($0, index) } }.first
    }
    return value.text.flatMap { text($0, index) }
  }

  private func text(_ text: Text, _ index: Int) -> Text? {
    let entry = entries[index]
    var text = text.trimmed
    if let match = entry.source.match {
      guard let part = match.part(of: text) else { return nil }
      text = pool.copy(part).trimmed
    }
    // What is too long for a name is content, and the next place may hold the name.
    if let longest = entry.longest, text.named(upTo: longest) == nil { return nil }
    return text.isEmpty ? nil : text
  }
}

// MARK: - Rows

extension MappedValues {
  /// Learns where the columns are.
  ///
  /// A path is a column's name, as loosely spelled as in `--map`; or it leads on into JSON that the column holds;
  /// or it is the column's number from 0.
  func name(_ columns: [String]) {
    let exact = columns.map { Array($0.utf8) }
    let loose = columns.map { normalized($0.utf8) }
    for index in entries.indices {
      entries[index].columns = entries[index].source.paths.compactMap { path in
        let name = path.name
        if let column = exact.firstIndex(of: name) ?? loose.firstIndex(of: normalized(name)) {
          return Column(index: column, rest: [])
        }
        let column: Int? =
          switch path.steps[0] {
          case .key(let key): exact.firstIndex(of: key) ?? loose.firstIndex(of: normalized(key))
          case .element(let number): number
          }
        return column.map { Column(index: $0, rest: path.steps[1...]) }
      }
    }
  }

  /// Whether any path leads into a column.
  var knowsColumns: Bool { entries.contains { !$0.columns.isEmpty } }

  /// Takes a row's values.
  func begin(_ row: DelimitedRow) {
    clear()
    lookup.begin()
    for index in entries.indices where entries[index].value == nil {
      entries[index].value =
        entries[index].columns.lazy.compactMap { column in
          self.text(in: column, of: row, index)
        }.first
    }
  }

  private func text(in column: Column, of row: DelimitedRow, _ index: Int) -> Text? {
    guard column.index < row.fields.count else { return nil }
    let text = row.fields[column.index]
    if column.rest.isEmpty {
      let list = entries[index].source.match == nil ? nil : lookup.list(in: text)
      return list.map { self.text(of: $0, index) } ?? self.text(text, index)
    }
    return lookup.follow(column.rest, in: text).flatMap { self.text(of: $0, index) }
  }
}

extension Field {
  /// Fields that say the same in another unit or sense: mapped values stand in front of these too.
  fileprivate var rivals: [Field] {
    switch self {
    case .costNanos, .costMicros, .costCents, .costDollars:
      [.costNanos, .costMicros, .costCents, .costDollars].filter { $0 != self }
    case .latency: [.latencyMs]
    case .latencyMs: [.latency]
    case .retryCount: [.attempt]
    case .attempt: [.retryCount]
    case .promptTokens: [.inputTokens]
    case .cachedTokens: [.cacheReadTokens]
    default: []
    }
  }
}
