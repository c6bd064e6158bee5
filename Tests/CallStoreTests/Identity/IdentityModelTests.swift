import Foundation
import Testing
import UsageLog

@testable import CallStore

/// Random histories (imports, late and repeated records, drifting times, re-reading under another mapping, undoing,
/// merging another machine's database, repricing) against a naive second implementation.
@Suite struct IdentityModelTests {
  static let runs = Int(ProcessInfo.processInfo.environment["FORENSICS_TEST_RUNS"] ?? "") ?? 12

  @Test(arguments: 1...runs)
  func `every call counts once, whatever happens to its records`(seed: Int) throws {
    var history = try History(seed: UInt64(seed))
    for _ in 0..<14 {
      try history.step()
      let found = try history.desk.rows(
        "SELECT COALESCE(tenant_id, '-') || ' ' || output_tokens FROM llm_call ORDER BY 1"
      ).map { $0[0] ?? "" }.sorted()
      #expect(
        difference(found, history.model.calls) == [] && found.count == history.model.calls.count,
        "after \(history.steps.joined(separator: ", "))")
      #expect(try history.desk.wrongSums() == [])
      #expect(try history.desk.wrongColumns() == [])
      if found != history.model.calls { return }
    }
    let faults = try Doctor(history.desk.file).examine().filter { !$0.isSound }
    #expect(faults == [])
  }
}

/// One database, another machine's, and what was done to them.
struct History {
  let desk: Desk
  private let other: Desk
  var model = IdentityModel()
  private var otherModel = IdentityModel()
  private var dice: Dice
  private(set) var steps: [String] = []
  private var logs: [Log] = []
  private var otherLogs: [Log] = []
  /// Numbers of the other machine's logs in this one's model, given when they are first merged.
  private var merged: [Int: Int] = [:]
  private var order = 0
  private var lastImport: Int64 = 0
  private var lastOtherImport: Int64 = 0
  private var undoable: [(id: Int64, logs: [Int])] = []

  private struct Log {
    var name: String
    var ids: IdentityModel.Ids
    var records: [IdentityModel.Record] = []
    var read = 0
    /// Its place among the logs in the order in which they were first read.
    var order: Int
  }

  init(seed: UInt64) throws {
    desk = try Desk()
    other = try Desk()
    dice = Dice(seed)
  }

  mutating func step() throws {
    switch Int.random(in: 0..<11, using: &dice) {
    case 0...2: try importNew()
    case 3...4: try importMore()
    case 5: try reread()
    case 6...7: try undo()
    case 8: try reprice()
    default: try mergeOther()
    }
  }

  // MARK: - Steps

  private mutating func importNew() throws {
    let log = newLog("log-\(logs.count).jsonl")
    logs.append(log)
    try load([logs.count - 1])
    steps.append("import \(log.name)")
  }

  private mutating func importMore() throws {
    guard !logs.isEmpty else { return try importNew() }
    let number = Int.random(in: 0..<logs.count, using: &dice)
    logs[number].records += records(logs[number].ids)
    try write(logs[number], desk)
    try load([number])
    steps.append("import more of \(logs[number].name)")
  }

  private mutating func reread() throws {
    guard !logs.isEmpty else { return try importNew() }
    let number = Int.random(in: 0..<logs.count, using: &dice)
    let byOwner = Bool.random(using: &dice)
    let summary = try desk.load(logs[number].name) {
      $0.rereads = true
      if byOwner { $0.reading.mapped = ["owner": .tenantID] }
    }
    guard summary.records > 0 else { return }
    lastImport += 1
    // A log of which nothing is known any more is read like a new one.
    if logs[number].read == 0 {
      for record in logs[number].records {
        model.read(record, of: logs[number].order, byOwner: byOwner, importID: lastImport)
      }
    }
    model.reread(
      logs[number].records, of: logs[number].order, byOwner: byOwner, importID: lastImport)
    logs[number].read = logs[number].records.count
    undoable.append((lastImport, [number]))
    steps.append("reread \(logs[number].name)\(byOwner ? " by owner" : "")")
  }

  private mutating func undo() throws {
    guard let place = undoable.indices.randomElement(using: &dice) else { return try importNew() }
    let entry = undoable.remove(at: place)
    _ = try ImportUndo(desk.file).undo(entry.id, at: Desk.now)
    model.undo(entry.id)
    for log in entry.logs { logs[log].read = 0 }
    steps.append("undo \(entry.id)")
  }

  private mutating func mergeOther() throws {
    if otherLogs.isEmpty || Bool.random(using: &dice) {
      let log = newLog("other-\(otherLogs.count).jsonl", order: otherLogs.count)
      otherLogs.append(log)
      try write(log, other)
      _ = try other.load(log.name)
      lastOtherImport += 1
      for record in log.records {
        otherModel.read(record, of: log.order, byOwner: false, importID: lastOtherImport)
      }
    }
    var options = ImportOptions()
    options.now = Desk.now
    let summary = try DatabaseMerge(into: desk.file, options: options).merge(other.file)
    guard summary.records > 0 else { return }
    lastImport += 1
    for log in otherLogs.indices {
      if merged[log] == nil {
        merged[log] = order
        order += 1
      }
      let now = otherModel.told.filter { $0.isCurrent && $0.log == log }.map { told in
        var here = told
        here.log = merged[log] ?? 0
        here.importID = lastImport
        return here
      }
      model.replace(merged[log] ?? 0, by: now, importID: lastImport)
    }
    undoable.append((lastImport, []))
    steps.append("merge")
  }

  /// Whoever tells of a call and however often: repriced, it costs its tokens at the rates asked for.
  private mutating func reprice() throws {
    guard lastImport > 0 else { return try importNew() }
    let percent = Int64.random(in: 1...4, using: &dice) * 25
    var request = Repricing.Request()
    request.now = Desk.now
    if percent < 100 {
      request.prices.overrides = [
        PriceOverride(name: "deal", effect: .discount(payable: Ratio(percent, over: 100)))
      ]
    }
    try Repricing(desk.file).run(request)
    steps.append("reprice at \(percent) %")
    // Sonnet 4.6: $3 in, $15 out, in nano-dollars a token.
    let wrong = try desk.rows(
      """
      SELECT request_id FROM llm_call
      WHERE cost_usd_nanos IS NOT (input_tokens * 3000 + output_tokens * 15000) * \(percent) / 100
      """)
    #expect(wrong.isEmpty, "after \(steps.joined(separator: ", "))")
  }

  // MARK: - Logs

  private mutating func newLog(_ name: String, order known: Int? = nil) -> Log {
    let ids = IdentityModel.Ids.allCases.randomElement(using: &dice) ?? .both
    var log = Log(name: name, ids: ids, order: known ?? order)
    if known == nil { order += 1 }
    log.records = records(ids)
    return log
  }

  private mutating func load(_ numbers: [Int]) throws {
    for number in numbers { try write(logs[number], desk) }
    let summary = try desk.load(numbers.map { desk.path(logs[$0].name) })
    guard summary.records > 0 else { return }
    lastImport += 1
    for number in numbers {
      for record in logs[number].records[logs[number].read...] {
        model.read(record, of: logs[number].order, byOwner: false, importID: lastImport)
      }
      logs[number].read = logs[number].records.count
    }
    undoable.append((lastImport, numbers))
  }

  private mutating func records(_ ids: IdentityModel.Ids) -> [IdentityModel.Record] {
    (0..<Int.random(in: 1...8, using: &dice)).map { _ in
      let call = Int.random(in: 0..<12, using: &dice)
      return IdentityModel.Record(
        call: call, ids: ids, output: Bool.random(using: &dice) ? 1 : 100 + call,
        tenant: ["alder-bank", "brisk-parcel", nil].randomElement(using: &dice) ?? nil,
        owner: ["cobalt-air", nil].randomElement(using: &dice) ?? nil,
        drift: Int64.random(in: -240_000...240_000, using: &dice))
    }
  }

  private func write(_ log: Log, _ desk: Desk) throws {
    try desk.write(
      log.name, log.records.map(line),
      touched: Desk.now + Int64(log.records.count) * 60_000)
  }

  /// Calls begin on the hour, so that the drift of their records puts them in two hours.
  private func line(_ record: IdentityModel.Record) -> String {
    var members: [String: Any] = [
      "occurred_at": RandomLines.start + Int64(record.call) * 3_600_000 + record.drift,
      "model": "claude-sonnet-4-6", "input_tokens": 10, "output_tokens": record.output,
    ]
    if record.ids != .request { members["message_id"] = "msg_\(record.call)" }
    if record.ids != .message { members["request_id"] = "req_\(record.call)" }
    members["tenant_id"] = record.tenant
    members["owner"] = record.owner
    return json(members)
  }
}
