import Synchronization

/// Which of the user's mappings met anything in the logs of an import, so that a misspelt one is heard of.
package final class MappingUse: Sendable {
  private struct Met {
    var columns: Set<String> = []
    var sources: Set<String> = []
    var fields: Set<String> = []
  }

  private let met = Mutex(Met())

  package init() {}

  /// A log had a column or key of `--map`.
  func meet(column: String) { met.withLock { _ = $0.columns.insert(column) } }

  /// A call of the source was read.
  func meet(source: String) { met.withLock { _ = $0.sources.insert(source) } }

  /// A path of the field held a value in a call of the source.
  func meet(_ field: Field, of source: String) {
    met.withLock { _ = $0.fields.insert("\(source) \(field.rawValue)") }
  }

  package func hasMet(column: String) -> Bool {
    met.withLock { $0.columns.contains(normalized(column.utf8)) }
  }

  package func hasMet(source: String) -> Bool { met.withLock { $0.sources.contains(source) } }

  package func hasMet(_ field: Field, of source: String) -> Bool {
    met.withLock { $0.fields.contains("\(source) \(field.rawValue)") }
  }
}
