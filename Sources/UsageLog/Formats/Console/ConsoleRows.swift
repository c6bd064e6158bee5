/// The rows of a Console export: columns by name, whichever of them its generation has, in any order.
struct ConsoleRows {
  /// The column that every generation has.
  static let time = "usage_date_utc"

  private let report: UsageBucket.Report
  private let renamed: [String: UsageBucket.Dimension]
  private let measures: Set<String>

  private var places: [String: Int] = [:]
  private var width = 0
  private var dimensions: [(place: Int, dimension: UsageBucket.Dimension)] = []
  private var groupedBy: [UsageBucket.Dimension] = []
  /// What the header has to tell, with its first row.
  private var notes: [String] = []
  /// How many rows have told of the same thing.
  private var told: [Place: Int] = [:]

  private struct Place: Hashable {
    var start: Int64
    var end: Int64
    var key: UInt64
  }

  /// - Parameters:
  ///   - dimensions: of columns whose own name is not the dimension's.
  ///   - measures: the columns that hold figures.
  init(
    report: UsageBucket.Report, dimensions: [String: UsageBucket.Dimension],
    measures: Set<String>
  ) {
    self.report = report
    renamed = dimensions
    self.measures = measures
  }

  /// The names in a header, trimmed and in lower case.
  static func names(in row: DelimitedRow) -> Set<String> { Set(row.fields.map(name)) }

  private static func name(_ field: Text) -> String { field.trimmed.string.lowercased() }

  /// Learns the columns; those that are not known are noted.
  ///
  /// - Throws: `LogError.noHeader` where there is no day, or no figure of this export.
  mutating func begin(with header: DelimitedRow) throws(LogError) {
    let names = header.fields.map(Self.name)
    guard names.contains(Self.time), !measures.isDisjoint(with: names) else { throw .noHeader }
    width = names.count
    places = [:]
    dimensions = []
    told = [:]
    for (place, name) in names.enumerated() where !name.isEmpty && places[name] == nil {
      places[name] = place
      if name == Self.time || measures.contains(name) { continue }
      let dimension = renamed[name] ?? UsageBucket.Dimension(rawValue: name)
      let isKnown = renamed[name] != nil || Self.known.contains(dimension)
      let isFigure =
        !isKnown && (BucketDimensions.isMeasure(name) || name.hasPrefix("usage_input_tokens"))
      if !isKnown { note(header.fields[place].trimmed, isFigure: isFigure) }
      if isKnown || (!isFigure && isPlainKey(header.fields[place].trimmed)) {
        dimensions.append((place, dimension))
      }
    }
    groupedBy = UsageBucket.Dimension.inOrder(dimensions.map(\.dimension))
  }

  private static let known: Set<UsageBucket.Dimension> = Set(UsageBucket.Dimension.columns).union(
    ["usage_type", "api_key_status"].map { UsageBucket.Dimension(rawValue: $0) })

  private mutating func note(_ column: Text, isFigure: Bool) {
    let taken = isFigure || !isPlainKey(column) ? "is not read" : "is kept by its name"
    notes.append("an unknown column, \(noted(column)), \(taken)")
  }

  /// Reads a row as a bucket; `fill` takes the figures.
  mutating func read(
    _ row: DelimitedRow, into output: inout RecordOutput,
    fill: (Row, inout UsageBucket) throws(RejectionReason) -> Void
  ) {
    output.clear()
    if row.fields.count == 1, row.fields[0].trimmed.isEmpty {
      output.outcome = .skipped("blank line")
      return
    }
    if repeatsHeader(row) {
      output.outcome = .skipped("a header inside the file")
      return
    }
    guard row.fields.count == width else {
      output.outcome = .rejected(
        .badCSV("\(row.fields.count) fields where the header has \(width)"))
      return
    }
    output.notes = notes
    notes = []
    do throws(RejectionReason) {
      let row = Row(fields: row.fields, places: places)
      var bucket = try self.bucket(row)
      try fill(row, &bucket)
      count(&bucket)
      output.buckets.append(bucket)
      output.outcome = .buckets
      if bucket.isOfUnknownModel { output.notes.append("a model's display name that is not known") }
    } catch {
      output.outcome = .rejected(error)
    }
  }

  /// Exports that were joined bring their headers along; what follows may tell the same again.
  private mutating func repeatsHeader(_ row: DelimitedRow) -> Bool {
    guard row.fields.contains(where: { $0.trimmed.matches("usage_date_utc") }) else { return false }
    return (try? begin(with: row)) != nil
  }

  private func bucket(_ row: Row) throws(RejectionReason) -> UsageBucket {
    guard let span = row[Self.time].flatMap(Self.span) else { throw .missingDay }
    var bucket = UsageBucket(report: report, startingAt: span.start, endingAt: span.end)
    for (place, dimension) in dimensions {
      let field = row.fields[place].trimmed
      guard !field.isEmpty, let value = field.named(upTo: Text.longestID)?.string else { continue }
      bucket.set(dimension, exported: value)
    }
    bucket.groupedBy = groupedBy
    bucket.mayGoOn = true
    return bucket
  }

  /// A day, or the hour of a time of day.
  private static func span(_ written: Text) -> (start: Int64, end: Int64)? {
    guard written.count >= 10, written[4] == UInt8(ascii: "-"), let instant = Instant(written)
    else { return nil }
    let width: Int64 = written.count == 10 ? 86_400_000 : 3_600_000
    let start = instant.milliseconds - instant.milliseconds % width
    return (start, start + width)
  }

  /// Rows that agree in everything, as those of two keys of one name do, are told apart by their order.
  private mutating func count(_ bucket: inout UsageBucket) {
    let place = Place(start: bucket.startingAt, end: bucket.endingAt, key: bucket.key)
    let ordinal = told[place, default: 0] + 1
    told[place] = ordinal
    if ordinal > 1 {
      bucket.dimensions[UsageBucket.Dimension(rawValue: "ordinal")] = String(ordinal)
    }
  }
}
