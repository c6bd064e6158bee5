/// One line on a terminal that says how many pages there are; silent elsewhere.
struct FetchProgress {
  private let question: ReportQuestion

  init(_ question: ReportQuestion) { self.question = question }

  func show(_ state: FetchState) {
    guard Console.showsProgress else { return }
    let pages = counted(Int64(state.pages), "page")
    let share =
      question.kind.isAnalytics
      ? "" : " · \(state.elements) of \(question.buckets) \(question.width.plural)"
    Console.redraw("\(pages)\(share) · \(counted(Int64(state.rows), "row"))")
  }

  func clear() { if Console.showsProgress { Console.redraw("") } }
}
