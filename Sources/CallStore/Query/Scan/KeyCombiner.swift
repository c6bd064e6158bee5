/// Numbers combinations of several columns' codes, so that a group is one number.
///
/// A code's number counts from 1 by its column; 0 is what was not logged. Two numbers side by side are looked up as
/// one, and so on to the last column.
struct KeyCombiner {
  private var dictionaries: [CodeSlots]
  /// By column: the pairs of what stands before it and its own number.
  private var pairs: [CodeSlots]
  private var numberOfPlace: [Int64] = []

  init(columns: Int) {
    dictionaries = Array(repeating: CodeSlots(), count: columns)
    pairs = dictionaries
  }

  /// Turns the rows' places in a part's dictionary into numbers, and joins them to what `combined` holds.
  mutating func join(
    _ places: UnsafeMutablePointer<Int32>, of codes: UnpackedCodes, _ count: Int, column: Int,
    into combined: UnsafeMutablePointer<Int64>
  ) {
    numberOfPlace.removeAll(keepingCapacity: true)
    numberOfPlace.append(contentsOf: repeatElement(-1, count: codes.count + 1))
    numberOfPlace[0] = 0
    for row in 0..<count {
      let place = Int(places[row])
      var number = numberOfPlace[place]
      if number < 0 {
        number = Int64(dictionaries[column].slot(of: codes.code(place))) + 1
        numberOfPlace[place] = number
      }
      join(number, row, column, combined)
    }
  }

  /// The same for codes at hand, one for each row; `CodedCalls.null` was not logged.
  mutating func join(
    _ values: UnsafeMutablePointer<Int64>, _ count: Int, column: Int,
    into combined: UnsafeMutablePointer<Int64>
  ) {
    for row in 0..<count {
      let isNull = values[row] == CodedCalls.null
      let number = isNull ? 0 : Int64(dictionaries[column].slot(of: values[row])) + 1
      join(number, row, column, combined)
    }
  }

  /// The same for a column that no call of the part tells.
  mutating func joinNull(
    _ count: Int, column: Int, into combined: UnsafeMutablePointer<Int64>
  ) {
    for row in 0..<count { join(0, row, column, combined) }
  }

  @inline(__always)
  private mutating func join(
    _ number: Int64, _ row: Int, _ column: Int, _ combined: UnsafeMutablePointer<Int64>
  ) {
    combined[row] =
      column == 0
      ? number : Int64(truncatingIfNeeded: pairs[column].slot(of: combined[row] << 32 | number))
  }

  /// The codes behind a combination, column by column; `CodedCalls.null` was not logged.
  func codes(of combination: Int64) -> [Int64] {
    var codes = Array(repeating: CodedCalls.null, count: dictionaries.count)
    var left = combination
    for column in dictionaries.indices.reversed() {
      var number = left
      if column > 0 {
        let pair = pairs[column].codes[Int(left)]
        number = pair & 0xFFFF_FFFF
        left = pair >> 32
      }
      if number > 0 { codes[column] = dictionaries[column].codes[Int(number) - 1] }
    }
    return codes
  }
}
