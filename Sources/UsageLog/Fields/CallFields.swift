/// What a format finds about one call in a record, and the call it makes of it.
///
/// A format names the places (`set`), `CallBuilder` checks and converts them, the same way for every source;
/// what the user mapped or gave as a default is already in.
struct CallFields {
  let values = FieldValues()
  private let defaults: BorrowedDefaults
  private let builder: CallBuilder
  private let mapped: MappedValues?

  init(options: ReadingOptions) {
    mapped = options.mappedValues
    defaults = BorrowedDefaults(options.defaults)
    builder = CallBuilder(
      defaults: defaults.texts, naiveOffset: options.naiveOffset, envelope: options.envelope)
  }

  /// Forgets the record before, and takes what the user's mapping of the source finds in this one.
  ///
  /// - Parameter record: the object inside the record that is read, where a wrapper stands around it: the user's paths
  ///   are looked up there too.
  func begin(_ record: JSONValue? = nil) {
    values.clear()
    guard let mapped else { return }
    if let record { mapped.look(in: record) }
    mapped.fill(values)
  }

  /// Sets a field to what stands at a place; the first place that holds anything wins.
  ///
  /// Places named with a lower `rank` win over others, whatever their order; the user's mapping has rank 0.
  func set(_ field: FieldIndex, _ value: JSONValue?, rank: UInt8 = 1) {
    set(field, value?.text, rank: rank)
  }

  func set(_ field: FieldIndex, _ text: Text?, rank: UInt8 = 1) {
    guard let text, !text.isEmpty, !has(field) || rank == 0 else { return }
    // In no object of the record, so that it never conflicts with what a response says.
    values.set(field.value, rank: rank, text, in: -1)
  }

  func has(_ field: FieldIndex) -> Bool { values.has(field.field) }

  func text(_ field: FieldIndex) -> Text? { values.text(field) }

  /// The call; its outcome is settled by the format, which knows how its errors look.
  ///
  /// - Parameter fileTime: UTC milliseconds, for a record without a time; nil where its source always has one.
  /// - Throws: the reason why the record cannot be a call.
  func call(fileTime: Int64? = nil) throws(RejectionReason) -> Call {
    try builder.call(from: values, fileTime: fileTime ?? 0, requiresTime: fileTime == nil)
  }
}
