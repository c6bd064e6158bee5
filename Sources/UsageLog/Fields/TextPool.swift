/// Texts in memory of their own, so that calls can borrow them.
final class TextPool {
  private var blocks: [UnsafeMutablePointer<UInt8>] = []

  deinit { clear() }

  func clear() {
    guard !blocks.isEmpty else { return }
    for block in blocks { block.deallocate() }
    blocks.removeAll(keepingCapacity: true)
  }

  func copy(_ text: Text) -> Text { copy(text.bytes) }

  func copy(_ text: some StringProtocol) -> Text { copy(text.utf8) }

  private func copy(_ bytes: some Collection<UInt8>) -> Text {
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    _ = UnsafeMutableBufferPointer(start: block, count: bytes.count).initialize(from: bytes)
    blocks.append(block)
    return Text(start: UnsafePointer(block), count: bytes.count)
  }
}
