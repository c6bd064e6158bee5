/// The texts of `--set` and of a source's defaults, kept so that calls can borrow them.
final class BorrowedDefaults {
  let texts: [Field: Text]
  private let pool = TextPool()

  init(_ defaults: [Field: String]) {
    let pool = self.pool
    texts = defaults.mapValues { pool.copy($0) }
  }
}
