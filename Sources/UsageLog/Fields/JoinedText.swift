/// A text put together out of others, valid until the next one is.
final class JoinedText {
  private var block: UnsafeMutablePointer<UInt8>
  private var capacity = 256

  init() { block = .allocate(capacity: capacity) }

  deinit { block.deallocate() }

  func join(_ first: Text, _ separator: UInt8, _ second: Text) -> Text {
    let count = first.count + 1 + second.count
    if count > capacity {
      block.deallocate()
      capacity = count * 2
      block = .allocate(capacity: capacity)
    }
    block.update(from: first.start, count: first.count)
    block[first.count] = separator
    (block + first.count + 1).update(from: second.start, count: second.count)
    return Text(start: UnsafePointer(block), count: count)
  }
}
