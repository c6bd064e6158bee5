/// Reads calls out of rows whose columns are known by position.
struct ColumnCallReader {
  private struct Column {
    var fieldIndex: Int
    var rank: UInt8
    var needsNumber = false
    var number: HandWrittenNumbers.Kind?
  }

  private var columns: [Column?] = []
  private let values = FieldValues()
  private let numbers = HandWrittenNumbers()
  private let defaults: BorrowedDefaults
  private let builder: CallBuilder
  private let mapped: MappedValues?

  init(options: ReadingOptions) {
    mapped = options.mappedValues
    defaults = BorrowedDefaults(options.defaults)
    builder = CallBuilder(defaults: defaults.texts, naiveOffset: options.naiveOffset)
  }

  /// Names the columns; a name that means nothing is left out.
  mutating func name(_ names: [Text], keys: inout KeyTable) {
    columns = names.map { name in
      let meaning = keys.meaning(of: name.trimmed)
      guard meaning.field != nil else { return nil }
      return Column(
        fieldIndex: meaning.fieldIndex, rank: meaning.rank, needsNumber: meaning.needsNumber,
        number: meaning.field.flatMap { HandWrittenNumbers.Kind($0) })
    }
  }

  mutating func name(_ fields: [Field?]) {
    columns = fields.map { $0.map { Column(fieldIndex: $0.index, rank: 0) } }
  }

  /// Whether any column means a field.
  var knowsColumns: Bool { columns.contains { $0 != nil } || mapped?.knowsColumns == true }

  func read(_ row: DelimitedRow, into output: inout RecordOutput) {
    output.clear()
    let fields = row.fields
    if fields.count == 1, fields[0].isEmpty {
      output.outcome = .skipped("blank line")
      return
    }
    guard fields.count == columns.count else {
      output.outcome = .rejected(
        .badCSV("\(fields.count) fields where the header has \(columns.count)"))
      return
    }
    values.clear()
    mapped?.fill(values)
    numbers.begin()
    for (index, column) in columns.enumerated() {
      guard let column, !fields[index].isEmpty else { continue }
      let field = column.number.map { numbers.plain(fields[index], $0) } ?? fields[index]
      if column.needsNumber, wholeUnits(field, scale: 0) == nil { continue }
      values.set(column.fieldIndex, rank: column.rank, field)
    }
    do {
      var call = try builder.call(from: values, fileTime: 0, requiresTime: true)
      call.settleOutcome()
      output.calls.append(call)
      output.outcome = .call
      if numbers.rewrote {
        output.notes.append("numbers with thousands separators or decimal commas were read")
      }
    } catch {
      output.outcome = .rejected(error)
    }
  }
}
