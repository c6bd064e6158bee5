/// Finds the calls' places among others, part by part.
struct SequenceScan {
  private let wanted: CallSequence
  private let rows: SequenceRows
  private var found = SequencedCalls()
  private var storms: StormCalls?
  private var prefixes = PreviousCalls()
  private var sessions = PreviousCalls()
  private var operations = PreviousCalls()
  private var count = 0

  init(_ wanted: CallSequence, _ columns: ScanColumns) {
    self.wanted = wanted
    rows = SequenceRows(columns)
    storms = wanted.storm.map(StormCalls.init)
  }

  /// - Parameter eachChoice: goes over the calls, part by part, hour after hour, as the adding up will.
  static func run(
    _ wanted: CallSequence, _ columns: ScanColumns,
    eachChoice: ((_ hour: Int64, _ chosen: ScanRows) throws -> Void) throws -> Void
  ) throws -> SequencedCalls {
    var scan = SequenceScan(wanted, columns)
    let rows = scan.rows
    if let storm = wanted.storm {
      var last: Int64?
      try eachChoice { hour, chosen in
        if hour != last { scan.storms?.settle() }
        last = hour
        try rows.eachStormRow(storm, chosen) { scan.storms?.count($0.key, at: $0.time) }
      }
      scan.storms?.findHot()
    }
    var last: Int64?
    try eachChoice { hour, chosen in
      if hour != last { scan.settle() }
      last = hour
      try scan.add(chosen)
    }
    scan.settle()
    scan.storms?.mark(&scan.found.storm)
    return scan.found
  }

  /// The keys that have a storm at any time.
  static func stormyKeys(
    _ storm: CallSequence.Storm, _ columns: ScanColumns,
    eachChoice: ((_ hour: Int64, _ chosen: ScanRows) throws -> Void) throws -> Void
  ) throws -> CodeSlots {
    let rows = SequenceRows(columns)
    var storms = StormCalls(storm)
    var last: Int64?
    try eachChoice { hour, chosen in
      if hour != last { storms.settle() }
      last = hour
      try rows.eachStormRow(storm, chosen) { storms.count($0.key, at: $0.time) }
    }
    storms.findHot()
    return CodeSlots(Array(storms.keys))
  }

  private mutating func add(_ chosen: ScanRows) throws {
    let start = count
    count += chosen.count
    if let storm = wanted.storm {
      found.storm.append(contentsOf: repeatElement(0, count: chosen.count))
      if storms?.hasHot == true {
        try rows.eachStormRow(storm, chosen, among: { storms?.isHot($0) ?? false }) { row in
          var row = row
          row.place += start
          storms?.add(row)
        }
      }
    }
    if wanted.asksForReuse {
      found.reuse.append(contentsOf: repeatElement(-1, count: chosen.count))
      try rows.eachPrefixRow(chosen, from: start) { prefixes.add($0) }
    }
    if wanted.asksForSession {
      found.resent.append(contentsOf: repeatElement(-1, count: chosen.count))
      found.hasGrown.append(contentsOf: repeatElement(false, count: chosen.count))
      try rows.eachAnswered(.session, chosen, from: start) { sessions.add($0) }
    }
    if wanted.asksForOperation {
      found.wait.append(contentsOf: repeatElement(-1, count: chosen.count))
      found.isSuperseded.append(contentsOf: repeatElement(false, count: chosen.count))
      try rows.eachAttempt(chosen, from: start) { operations.add($0) }
    }
  }

  /// An hour is complete.
  private mutating func settle() {
    prefixes.settle { call, previous in
      let reuse = CallSequence.Reuse(gap: previous.map { call.time - $0.time })
      found.reuse[call.place] = Int8(reuse.rawValue)
    }
    sessions.settle { call, previous in
      guard let previous else { return }
      found.resent[call.place] = min(previous.first + previous.second, call.first)
      found.hasGrown[call.place] = previous.first < call.first
    }
    operations.settle { call, previous in
      guard let previous else { return }
      found.isSuperseded[previous.place] = true
      found.wait[call.place] = max(call.time - previous.time - previous.first, 0)
    }
  }
}
