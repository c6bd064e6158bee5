import Foundation

@testable import CallStore

/// A naive second implementation of docs/identity.md: it knows which call every record really tells of, keeps
/// every telling in one list, and works everything out anew whenever it is asked.
struct IdentityModel {
  /// Which ids a log knows.
  enum Ids: CaseIterable { case message, request, both }

  struct Record: Equatable {
    /// The real call.
    var call: Int
    var ids: Ids
    /// Tokens of the answer; a placeholder where the log saw only its start.
    var output: Int
    var tenant: String?
    var owner: String?
    var drift: Int64
  }

  struct Told: Equatable {
    var call: Int
    var log: Int
    var importID: Int64
    var replacedBy: Int64?
    var ids: Set<String>
    var output: Int
    var tenant: String?

    func adds(to other: Told) -> Bool {
      output > other.output || (other.tenant == nil && tenant != nil)
        || !ids.isSubset(of: other.ids)
    }

    mutating func merge(_ later: Told) {
      output = max(output, later.output)
      tenant = tenant ?? later.tenant
      ids.formUnion(later.ids)
    }

    func saysTheSame(as other: Told) -> Bool {
      output == other.output && tenant == other.tenant && ids == other.ids
    }
  }

  private(set) var told: [Told] = []

  // MARK: - What happens

  /// An import reads a record of a log for the first time.
  mutating func read(_ record: Record, of log: Int, byOwner: Bool, importID: Int64) {
    let new = telling(record, log, byOwner, importID)
    let same = told.indices.filter { told[$0].isCurrent && told[$0].isSameCall(as: new) }
    if let own = same.first(where: { told[$0].importID == importID }) {
      told[own].merge(new)
    } else if let last = same.last, !new.adds(to: told[last]) {
      return
    } else {
      told.append(new)
    }
  }

  /// An import reads a whole log again: what it says now stands for all it said before.
  mutating func reread(_ records: [Record], of log: Int, byOwner: Bool, importID: Int64) {
    var now: [Told] = []
    for record in records {
      let new = telling(record, log, byOwner, importID)
      if let place = now.firstIndex(where: { $0.isSameCall(as: new) }) {
        now[place].merge(new)
      } else {
        now.append(new)
      }
    }
    replace(log, by: now, importID: importID)
  }

  /// What a log tells now, one telling a call, in place of what it told.
  mutating func replace(_ log: Int, by now: [Told], importID: Int64) {
    for new in now {
      let before = told.indices.filter { told[$0].isCurrent && told[$0].isSameCall(as: new) }
      if before.count == 1, told[before[0]].saysTheSame(as: new) { continue }
      for place in before { told[place].replacedBy = importID }
      told.append(new)
    }
    for place in told.indices
    where told[place].isCurrent && told[place].log == log
      && !now.contains(where: { $0.isSameCall(as: told[place]) })
    {
      told[place].replacedBy = importID
    }
  }

  mutating func undo(_ importID: Int64) {
    let gone = told.filter { $0.importID == importID }
    told.removeAll { $0.importID == importID }
    for place in told.indices where told[place].replacedBy == importID {
      // What replaced the one in between would have replaced this one.
      told[place].replacedBy = gone.first { $0.isSameCall(as: told[place]) }?.replacedBy
    }
  }

  private func telling(
    _ record: Record, _ log: Int, _ byOwner: Bool, _ importID: Int64
  ) -> Told {
    var ids: Set<String> = []
    if record.ids != .request { ids.insert("message") }
    if record.ids != .message { ids.insert("request") }
    return Told(
      call: record.call, log: log, importID: importID, ids: ids, output: record.output,
      tenant: byOwner ? record.owner ?? record.tenant : record.tenant)
  }

  // MARK: - What follows

  /// Every call as `tenant output`, sorted.
  var calls: [String] {
    Dictionary(grouping: told.filter(\.isCurrent), by: \.call).values
      .flatMap { groups($0) }
      .map { group in
        let ordered = group.sorted { ($0.log, $0.importID) < ($1.log, $1.importID) }
        let tenant = ordered.lazy.compactMap(\.tenant).first ?? "-"
        return "\(tenant) \(ordered.map(\.output).max() ?? 0)"
      }
      .sorted()
  }

  /// Tellings of the message and tellings of the request are one call where one of them knows both.
  private func groups(_ told: [Told]) -> [[Told]] {
    if told.contains(where: { $0.ids.count == 2 }) { return [told] }
    return [told.filter { $0.ids == ["message"] }, told.filter { $0.ids == ["request"] }]
      .filter { !$0.isEmpty }
  }
}

extension IdentityModel.Told {
  var isCurrent: Bool { replacedBy == nil }

  /// One log's tellings of one call, by an id they share.
  func isSameCall(as other: Self) -> Bool {
    call == other.call && log == other.log && !ids.isDisjoint(with: other.ids)
  }
}
