import CallStore
import Tables

/// An import's summary as people and scripts read it.
struct ImportReport {
  let summary: ImportSummary
  let isDryRun: Bool
  let duration: Duration
  /// `--assume-timezone` or its setting was used.
  var isZoneGiven = false
  /// `--set occurred_at=…` was used.
  var isTimeGiven = false
  /// Where the records came from, if not from the files that are counted.
  var origin: String?

  private var seconds: String {
    let (whole, attoseconds) = duration.components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    let digits = String(milliseconds)
    return "\(whole)." + String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// One object: `files, records, inserted, updated, duplicates, rejected, skipped, unpriced_calls,
  /// extra_calls, buckets, cost_usd, seconds`; `records` is the sum of the five outcomes after it, `cost_usd`
  /// exact.
  var json: String {
    JSONText.object([
      ("files", "\(summary.files)"),
      ("records", "\(summary.records)"),
      ("inserted", "\(summary.inserted)"),
      ("updated", "\(summary.updated)"),
      ("duplicates", "\(summary.duplicates)"),
      ("rejected", "\(summary.rejected)"),
      ("skipped", "\(summary.skipped)"),
      ("unpriced_calls", "\(summary.unpricedCalls)"),
      ("extra_calls", "\(summary.extraCalls)"),
      ("buckets", "\(summary.buckets)"),
      ("cost_usd", Billionths(summary.costNanos).exact),
      ("seconds", seconds),
    ]) + "\n"
  }

  var text: String {
    var lines: [String] = []
    let files = origin ?? counted(summary.files, "file")
    if summary.records == 0, origin == nil, summary.unchangedFiles == summary.files {
      lines.append("nothing new: \(files) read before, unchanged")
    } else if summary.records == 0, summary.failedFiles.isEmpty {
      lines.append("nothing new: no records in \(files)")
    } else {
      lines.append(
        "\(isDryRun ? "would read" : "read") \(counted(summary.records, "record")) from \(files) in \(seconds) s"
      )
      let outcomes = [
        ("inserted", summary.inserted), ("updated", summary.updated),
        ("duplicates", summary.duplicates), ("rejected", summary.rejected),
        ("skipped", summary.skipped),
      ]
      for (name, count) in outcomes where count > 0 || name == "inserted" {
        lines.append("  \(name) " + padded(grouped(count), 20 - name.count))
      }
      if summary.buckets > 0 {
        lines.append("  of these, aggregates kept apart: \(grouped(summary.buckets))")
      }
      if summary.extraCalls > 0 {
        lines.append("  hidden iterations inside calls: \(grouped(summary.extraCalls))")
      }
      lines.append(
        "  cost \(isDryRun ? "would change" : "changed") by \(dollars(summary.costNanos))"
      )
      if summary.coveredCalls > 0 {
        lines.append(
          "  covered by commitment: \(counted(summary.coveredCalls, "call")), "
            + "\(dollars(summary.coveredListNanos)) at list prices")
      }
    }
    if isDryRun { lines.append("dry run: nothing was kept") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What to look at, for standard error.
  var remarks: [String] {
    var remarks: [String] = []
    for file in summary.failedFiles {
      remarks.append("\(file.path): \(file.isOnlyUnknown ? "passed over, it " : "")\(file.reason)")
    }
    for reject in summary.firstRejects {
      remarks.append("\(reject.path):\(reject.line): rejected: \(reject.reason)")
    }
    let more = summary.rejected - Int64(summary.firstRejects.count)
    if more > 0 {
      remarks.append("and \(counted(more, "more reject")); see them all with: forensics rejects")
    }
    for (why, count) in summary.skipReasons.sorted(by: { $0.key < $1.key }) {
      remarks.append("skipped \(counted(count, "record")): \(why)")
    }
    for (note, count) in summary.notes.sorted(by: { $0.key < $1.key }) {
      remarks.append("\(counted(count, "record")): \(note)")
    }
    if summary.conflicts > 0 {
      remarks.append(
        "\(counted(summary.conflicts, "record")) disagreed with an equally full record of the same call; the larger usage was kept"
      )
    }
    if summary.naiveTimes > 0, !isZoneGiven {
      remarks.append(
        "\(counted(summary.naiveTimes, "time")) had no offset; another zone than UTC is set with --assume-timezone"
      )
    }
    if summary.approximateTimes > 0, !isTimeGiven {
      remarks.append(
        "\(counted(summary.approximateTimes, "record")) had no time; the file's own stands in for it, or give one with --set occurred_at=…"
      )
    }
    if summary.unpricedCalls > 0 {
      let models = summary.unpricedModels.filter { $0.value > 0 }.sorted {
        ($1.value, $0.key) < ($0.value, $1.key)
      }
      let first = models.prefix(5).map { "\($0.key) (\(grouped($0.value)))" }
      let more = models.count > 5 ? ["and \(counted(Int64(models.count - 5), "more model"))"] : []
      remarks.append(
        "\(counted(summary.unpricedCalls, "call")) without a cost: "
          + (first + more).joined(separator: ", ") + "; see: forensics prices unpriced")
    }
    return remarks
  }

  /// Whether every call that came has a cost, or a commitment that covers it.
  ///
  /// The rule of `--strict`, as `Coverage.isComplete` has it for answers.
  var isComplete: Bool { summary.unpricedCalls <= 0 }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

/// `1 record`, `2,178 records`.
func counted(_ count: Int64, _ noun: String) -> String {
  "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// `2,178`.
func grouped(_ count: Int64) -> String { count.grouped }

/// `$32.484500`, `-$0.353246`.
func dollars(_ nanos: Int64) -> String {
  let amount = Billionths(nanos).rounded(to: 6)
  return amount.hasPrefix("-") ? "-$" + amount.dropFirst() : "$" + amount
}
