import Foundation

/// Hands batches from the reading thread to the writing one, holding the reader back when it is ahead.
final class BatchQueue: @unchecked Sendable {
  private let condition = NSCondition()
  /// nil is the end.
  private var items: [ImportBatch?] = []
  /// Written batches, to be filled again: their memory is the bulk of what an import needs.
  private var spares: [ImportBatch] = []
  private var isClosed = false
  private let depth: Int

  init(depth: Int) { self.depth = depth }

  /// Waits for room; false when the writer has given up.
  func put(_ item: ImportBatch?) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while items.count >= depth, !isClosed { condition.wait() }
    guard !isClosed else { return false }
    items.append(item)
    condition.broadcast()
    return true
  }

  /// Waits for the next batch; nil at the end.
  func take() -> ImportBatch? {
    condition.lock()
    defer { condition.unlock() }
    while items.isEmpty { condition.wait() }
    let item = items.removeFirst()
    condition.broadcast()
    return item
  }

  /// An empty batch, a used one where there is one.
  func spare() -> ImportBatch {
    condition.lock()
    defer { condition.unlock() }
    return spares.popLast() ?? ImportBatch()
  }

  /// Gives a written batch back.
  func giveBack(_ batch: ImportBatch) {
    batch.clear()
    condition.lock()
    spares.append(batch)
    condition.unlock()
  }

  /// The writer takes nothing more.
  func close() {
    condition.lock()
    isClosed = true
    items.removeAll()
    condition.broadcast()
    condition.unlock()
  }
}
