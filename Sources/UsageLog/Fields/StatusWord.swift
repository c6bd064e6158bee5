/// A status that a log writes as a word.
enum StatusWord {
  case succeeded
  case failed

  init?(_ text: Text) {
    if ["success", "ok", "succeeded", "completed", "complete", "done"].contains(
      where: { text.matches($0) })
    {
      self = .succeeded
    } else if ["error", "errored", "failed", "failure", "timeout"].contains(
      where: { text.matches($0) })
    {
      self = .failed
    } else {
      return nil
    }
  }
}
