/// The texts of `--set`, kept in memory of their own so that calls can borrow them.
final class BorrowedDefaults {
  let texts: [Field: Text]
  private let storage: [UnsafeMutablePointer<UInt8>]

  init(_ defaults: [Field: String]) {
    var texts: [Field: Text] = [:]
    var storage: [UnsafeMutablePointer<UInt8>] = []
    for (field, value) in defaults {
      let bytes = Array(value.utf8)
      let block = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
      block.initialize(from: bytes, count: bytes.count)
      storage.append(block)
      texts[field] = Text(start: UnsafePointer(block), count: bytes.count)
    }
    self.texts = texts
    self.storage = storage
  }

  deinit {
    for block in storage { block.deallocate() }
  }
}
