import UsageLog

/// One row of a report, as it was told.
struct BucketRow {
  var span: Span
  var key: Int64
  /// The dimensions its report tells apart.
  var grouping: Set<String>
  /// When the vendor made the figures, as far as is known.
  var fetchedAt: Int64
  var source: Int64
  var line: Int64
  var importID: Int64
  var figures: Figures
  var toldAs = ToldAs.span
  /// Its place in the batch that tells it.
  var position = 0

  /// How a later telling replaces it.
  enum ToldAs: String {
    /// Its report tells everything of the span at once.
    case span
    /// The same, but other records of its log may tell more.
    case part
    /// It says nothing of others; only its own successor replaces it.
    case single
    /// A total that grows: one bucket whatever its span.
    case total
  }

  /// What one report says of one span of time is told together.
  struct Span: Hashable {
    var report: String
    var startingAt: Int64
    var endingAt: Int64
  }

  /// What a later telling may correct.
  struct Figures: Equatable {
    var amounts: [String?]
    var counts: [Int64?]
  }
}

/// What one report says about one span of time: rows that count only together.
struct BucketTelling {
  private(set) var rows: [BucketRow]
  /// Its rows came one to a record, so others of the same log may belong to it too.
  let isFlattened: Bool

  var first: BucketRow { rows[0] }

  /// The dimensions it tells apart.
  var grouping: Set<String> { rows.reduce(into: []) { $0.formUnion($1.grouping) } }

  /// The tellings of one import's rows, in their order.
  static func all(in rows: [BucketRow]) -> [BucketTelling] {
    let sizes = rows.reduce(into: [Place: Int]()) { $0[Place($1, $1.line), default: 0] += 1 }
    var tellings: [BucketTelling] = []
    var positions: [Place: Int] = [:]
    for row in rows {
      // Somebody's flattened rows stand on a line each and are one telling all the same.
      let isFlattened = row.toldAs == .part || sizes[Place(row, row.line)] == 1
      let place = Place(row, isFlattened ? nil : row.line)
      if let position = positions[place] {
        tellings[position].rows.append(row)
      } else {
        positions[place] = tellings.count
        tellings.append(BucketTelling(rows: [row], isFlattened: isFlattened))
      }
    }
    return tellings
  }

  private struct Place: Hashable {
    let span: BucketRow.Span
    let source: Int64
    let line: Int64?
    let isSingle: Bool

    init(_ row: BucketRow, _ line: Int64?) {
      span = row.span
      isSingle = row.toldAs == .single
      source = row.source
      self.line = line
    }
  }
}

/// The tellings of a span that count, and what becomes of them when another comes.
///
/// A telling replaces older ones that tell no more dimensions apart, as a whole: what it does not mention any
/// more is not so any more.
struct CurrentBuckets {
  /// By key.
  private(set) var rows: [Int64: BucketRow] = [:]

  init(_ rows: [BucketRow] = []) {
    for row in rows { self.rows[row.key] = row }
  }

  enum Outcome { case inserted, updated, duplicate }

  /// Takes a telling in; what its rows are, in their order.
  mutating func take(_ telling: BucketTelling) -> [Outcome] {
    if telling.first.toldAs == .single { return telling.rows.map { take($0) } }
    let grouping = telling.grouping
    let fetchedAt = telling.first.fetchedAt
    if rows.values.contains(where: {
      $0.fetchedAt > fetchedAt && $0.grouping.isSuperset(of: grouping)
    }) {
      return telling.rows.map { _ in .duplicate }
    }
    let keys = Set(telling.rows.map(\.key))
    for (key, row) in rows where !keys.contains(key) {
      let isOwn =
        telling.isFlattened && row.source == telling.first.source
        && (row.toldAs == .part || row.fetchedAt == fetchedAt)
      if row.fetchedAt <= fetchedAt, row.grouping.isSubset(of: grouping), !isOwn {
        rows[key] = nil
      }
    }
    return telling.rows.map { row in
      let known = rows[row.key]
      if let known, known.fetchedAt > fetchedAt { return .duplicate }
      // The same figures too are as new as their confirmation: what was fetched in between and arrives
      // later must not replace them.
      rows[row.key] = row
      rows[row.key]?.grouping = grouping
      guard let known else { return .inserted }
      return known.figures == row.figures ? .duplicate : .updated
    }
  }

  /// Takes in a bucket that says nothing of others.
  private mutating func take(_ row: BucketRow) -> Outcome {
    let known = rows[row.key]
    if let known, known.fetchedAt > row.fetchedAt { return .duplicate }
    rows[row.key] = row
    guard let known else { return .inserted }
    return known.figures == row.figures ? .duplicate : .updated
  }

  func counts(_ row: BucketRow) -> Bool {
    guard let current = rows[row.key] else { return false }
    return current.importID == row.importID && current.source == row.source
      && current.line == row.line
  }
}
