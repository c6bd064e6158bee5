/// When the cache of a feature stopped being read, and with which deploy.
struct CacheBreak: Equatable {
  /// UTC milliseconds: the deploy's first call, or the start of the day.
  var at: Int64
  var deploy: String?

  /// A cache that is read as little as this was never warm, in hundredths of the input.
  private static let warm = 30.0
  /// Days with less input than this say nothing.
  private static let leastTokens: Int64 = 1000

  /// Reads as a share of all input, day by day: broken where they fall below half of what they were before, from one
  /// day on and for all the days that follow.
  static func find(_ uses: [SharedUse]) -> CacheBreak? {
    if let found = byDeploy(uses) { return found }
    let days = Dictionary(grouping: uses, by: \.day).sorted { $0.key < $1.key }
      .map { (day: $0.key, hit: hitRatio($0.value)) }
      .compactMap { day, hit in hit.map { (day: day, hit: $0) } }
    for place in days.indices.dropFirst() {
      let before = median(days[..<place].map(\.hit))
      if before >= warm, days[place...].allSatisfy({ $0.hit < before / 2 }) {
        return CacheBreak(at: days[place].day, deploy: nil)
      }
    }
    return nil
  }

  /// Deploys in order of their first call: the first from which on all are cold, after others that were not.
  private static func byDeploy(_ uses: [SharedUse]) -> CacheBreak? {
    let deploys = Dictionary(grouping: uses.filter { $0.deploy != nil }, by: \.deploy)
      .map { deploy, uses in
        (deploy: deploy, at: uses.map(\.firstSeen).min() ?? 0, hit: hitRatio(uses))
      }
      .filter { $0.hit != nil }.sorted { ($0.at, $0.deploy ?? "") < ($1.at, $1.deploy ?? "") }
    for place in deploys.indices.dropFirst() {
      let before = median(deploys[..<place].compactMap(\.hit))
      if before >= warm, deploys[place...].allSatisfy({ ($0.hit ?? 0) < before / 2 }) {
        return CacheBreak(at: deploys[place].at, deploy: deploys[place].deploy)
      }
    }
    return nil
  }

  private static func hitRatio(_ uses: [SharedUse]) -> Double? {
    let reads = uses.reduce(0) { $0 + $1.reads }
    let input = uses.reduce(0) { $0 + $1.reads + $1.writes + $1.fresh }
    return input < leastTokens ? nil : Double(reads * 100) / Double(input)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
