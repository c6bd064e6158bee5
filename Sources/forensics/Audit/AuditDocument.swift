import CallStore
import Tables

/// An audit for people; the same blocks become text, Markdown and HTML.
extension AuditReport {
  var document: Document {
    Document(
      [.title("Audit of \(windowText)")] + [summary] + since + ranking + details + looks + frame)
  }

  private var summary: Document.Block {
    var pairs = [
      Document.Pair(
        "spent", "\(money(spendNanos)) in \(daysText), \(money(monthNanos)) in 30 days"),
      Document.Pair("to gain", gain),
    ]
    if let coverage {
      let unpriced =
        coverage.isComplete
        ? "all priced"
        : "\(counted(coverage.unpricedCalls, "call")) without a price"
          + (coverage.unpricedModels.isEmpty
            ? "" : " (\(coverage.unpricedModels.joined(separator: ", ")))")
      pairs.append(Document.Pair("stands on", "\(counted(coverage.calls, "call")), \(unpriced)"))
    }
    pairs.append(Document.Pair("prices", book))
    return .pairs(pairs)
  }

  private var gain: String {
    guard !levers.shown.isEmpty || !levers.small.isEmpty else { return "no lever was found" }
    return
      "at least \(money(levers.together)) a month, \(shareText(levers.together, of: monthNanos)) of the spend, "
      + "if what is assumed holds; of each feature only the largest lever counts"
  }

  // MARK: - The order

  private var ranking: [Document.Block] {
    guard !levers.shown.isEmpty else {
      return [.heading("Levers"), .sentences(["none is worth \(money(minimum)) a month"] + small)]
    }
    let rows = levers.shown.enumerated().map { place, lever in
      [
        "\(place + 1)", lever.title, lever.confidence.rawValue, money(lever.monthNanos),
        shareText(lever.monthNanos, of: monthNanos),
      ]
    }
    return [
      .heading("Levers"),
      .grid(
        Document.Grid(
          ["", "lever", "confidence", "a month", "of spend"], textColumns: 3, rows: rows)),
      .sentences(
        [
          "Each is reckoned as if it were the only one. Levers on the same calls overlap: their sum is no saving.",
          "A month has 30 days; scaled from the \(daysText) between the first and the last call, or from when a fault began.",
        ] + small),
    ]
  }

  private var small: [String] {
    guard !levers.small.isEmpty else { return [] }
    let most = levers.small[0].monthNanos
    return [
      "\(counted(Int64(levers.small.count), "lever")) below \(money(minimum)) a month (the largest \(money(most))): "
        + "--minimum 0 shows \(levers.small.count == 1 ? "it" : "them")"
    ]
  }

  // MARK: - One by one

  private var details: [Document.Block] {
    levers.shown.enumerated().flatMap { place, lever -> [Document.Block] in
      var pairs = [
        Document.Pair("saves", saving(lever)),
        Document.Pair("because", lever.arithmetic),
        Document.Pair("assumed", lever.assumption),
        Document.Pair("confidence", "\(lever.confidence.rawValue): \(lever.reason)"),
      ]
      pairs += lever.alternatives.map {
        Document.Pair(
          "otherwise",
          ($0.monthNanos < 0
            ? "\(money(-$0.monthNanos)) a month more than now: "
            : "\(money($0.monthNanos)) a month: ")
            + $0.assumption)
      }
      pairs += lever.sideEffects.map { Document.Pair("mind", $0) }
      return [
        .heading("\(place + 1). \(lever.title)"), .pairs(pairs), .lines(lever.evidence),
      ]
    }
  }

  private func saving(_ lever: Lever) -> String {
    let shared =
      lever.parts.count > 1
      ? "; "
        + lever.parts.prefix(5).map {
          "\($0.feature ?? Selection.none) \(money($0.monthNanos))"
        }.joined(separator: ", ") : ""
    return
      "\(money(lever.monthNanos)) a month, \(shareText(lever.monthNanos, of: monthNanos)) of the spend\(shared)"
  }

  // MARK: - Besides

  private var looks: [Document.Block] {
    guard !findings.isEmpty else { return [] }
    return [.heading("Worth a look, without a saving that can be reckoned")]
      + findings.flatMap { finding -> [Document.Block] in
        let cost = finding.nanos.map { " (\(money($0)))" } ?? ""
        return [
          .sentences(["\(finding.title): \(finding.sentence)\(cost)"]), .lines([finding.evidence]),
        ]
      }
  }

  private var frame: [Document.Block] {
    [.heading("Five questions")]
      + checklist.lines.flatMap { line -> [Document.Block] in
        [
          .sentences(["\(line.question) \(line.verdict.rawValue): \(line.figure)"]),
          .lines([line.evidence]),
        ]
      }
      + [
        .heading("What others would look at first"),
        .sentences(["\(profile.profile.words)\(profile.isChosen ? ", as was said" : "")"]),
        .grid(
          Document.Grid(
            ["", "first", "here"], textColumns: 3,
            rows: profile.lines.enumerated().map { ["\($0 + 1)", $1.name, $1.words] })),
      ] + (profile.mismatches.isEmpty ? [] : [.sentences(profile.mismatches)])
  }

  private var since: [Document.Block] {
    guard let comparison else { return [] }
    let rows = comparison.lines.map {
      [$0.title, $0.change.rawValue, money($0.before), money($0.now)]
    }
    let spend =
      "spend a month: \(money(comparison.spendBefore)) before, \(money(comparison.spendNow)) now"
    return [.heading("Since the baseline")]
      + (rows.isEmpty
        ? []
        : [.grid(Document.Grid(["lever", "is", "before", "now"], textColumns: 2, rows: rows))])
      + [
        .sentences(
          [
            "realised: \(money(comparison.realised)) a month by levers that are gone or smaller",
            spend,
          ]
            + comparison.cautions)
      ]
  }
}
