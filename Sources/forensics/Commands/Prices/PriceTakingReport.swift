import Tables
import UsageLog

/// What a list would add, or added, and what of it cannot be taken.
struct PriceTakingReport {
  let taking: PriceTaking
  let list: PriceFileArgument
  let catalogue: PriceCatalogue

  /// Of many new prices people are shown those on channels that the catalogue knows, and how many others
  /// there are.
  func write(
    _ pieces: [PriceTaking.Piece], to output: OutputOptions, catalogue id: String, notes: [String]
  ) throws {
    let channels = catalogue.channels
    let isForPeople = try output.isForPeople()
    let others = pieces.filter { $0.isNew && !channels.contains(where: $0.row.isSold) }
    let hides = isForPeople && others.count > 20
    let shown = pieces.filter {
      !hides || !$0.isNew || channels.contains(where: $0.row.isSold)
    }
    var notes = notes
    let hidden = pieces.count - shown.count
    if hidden > 0 {
      notes.insert(
        "not shown: \(counted(Int64(hidden), "new price")) on channels that the catalogue does not have "
          + "(--channel narrows, --format csv shows all)", at: 0)
    }
    let columns = PriceDifference.columns + ["from", "until"].map { Column(name: $0) }
    try output.write(
      plain: Tables.Table(
        columns: columns,
        rows: shown.flatMap { $0.cells(isForPeople ? PriceCells.shown : PriceCells.text) }),
      named: "prices import", catalogue: id, notes: notes)
  }

  /// What each choice takes, and what neither does.
  var choices: [String] {
    var notes = [heading]
    for choice in PriceTaking.Choice.allCases {
      let count = Int64(taking.chosen(choice).count)
      let which = choice == .new ? "of what has none" : "those that differ or have ended too"
      notes.append("--take \(choice.rawValue): \(counted(count, "price")), \(which)")
    }
    return notes + remarks + ["nothing was taken"]
  }

  func nothing(_ choice: PriceTaking.Choice) -> [String] {
    let others = taking.pieces.count
    let more = others > 0 ? "; --take all: \(counted(Int64(others), "price"))" : ""
    return [heading, "nothing to take: the catalogue has these prices already\(more)"] + remarks
  }

  private var heading: String {
    let changed = taking.pieces.count { $0.listed != nil }
    let ended = taking.pieces.count(where: \.hasEnded)
    let new = taking.pieces.count(where: \.isNew)
    let seen = list.file.kind == .liteLLM ? ", observed \(dayText(list.observed))" : ""
    return "\(list.file.name)\(seen): \(grouped(Int64(taking.equal))) equal, "
      + "\(grouped(Int64(changed))) changed, \(grouped(Int64(ended))) ended, "
      + "\(grouped(Int64(new))) new"
  }

  private var remarks: [String] {
    var remarks: [String] = []
    if !taking.lacking.isEmpty {
      let first = taking.lacking.prefix(3).map { row, columns in
        "\(PricedModel(row)) (\(columns.map(\.name).joined(separator: ", ")))"
      }
      remarks.append(
        "not taken, because a rate that the catalogue has would be lost: "
          + first.joined(separator: ", ")
          + (taking.lacking.count > 3 ? " and \(taking.lacking.count - 3) more" : "")
          + "; take it from a CSV of your own")
    }
    if taking.outranked > 0 {
      remarks.append(
        "\(counted(Int64(taking.outranked), "price")) left to the files of 'prices' in forensics.yml, "
          + "which count more")
    }
    return remarks + list.file.readingNotes
  }
}

extension PriceTaking.Piece {
  private var kind: String { hasEnded ? "ended" : listed == nil ? "new" : "changed" }

  /// A changed price has a line a column, another one a line.
  ///
  /// - Parameter cell: how a day that may be missing is shown.
  fileprivate func cells(_ cell: (String?) -> Value) -> [[Value]] {
    let days = [cell(row.text(.validFrom)), cell(row.text(.validTo))]
    let lines =
      changes.isEmpty
      ? [PriceDifference.cells(kind, row)]
      : changes.map { PriceDifference.cells(kind, row, $0) }
    return lines.map { $0 + days }
  }
}
