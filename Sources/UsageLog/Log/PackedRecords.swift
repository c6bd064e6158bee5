/// Where a record starts.
struct Place {
  var offset: Int64
  var line: Int64
}

/// Records that are not one value of the log: many inside one value, or one that goes on over several.
extension LogReader {
  /// A value that packs many records, while they are read one by one.
  struct PackedValue {
    var records: ArraySlice<Enveloped>
    /// Where the value starts, in memory and in the log.
    var start: UnsafePointer<UInt8>
    var end: UnsafePointer<UInt8>
    var place: Place
    /// The one record inside is as long as the value.
    var isOne: Bool
    /// How far lines were counted.
    var counted: UnsafePointer<UInt8>
    var line: Int64
  }

  /// Tells the next record of a packed value; false where there is none to tell.
  func tellPacked(_ format: JSONFormatReader) -> Bool {
    while var value = packed, let next = value.records.popFirst() {
      packed = value
      switch next {
      case .fault(let reason):
        stand(at: value)
        output.clear()
        output.outcome = .rejected(reason)
        return true
      case .record(let record, let time, let reading):
        stand(at: record, in: &value)
        packed = value
        if settle(
          format.take(record, time: time, at: value.place, by: reading, into: &output), format)
        {
          return true
        }
      }
    }
    packed = nil
    return false
  }

  /// The whole value is the record's place.
  private func stand(at value: PackedValue) {
    recordOffset = value.place.offset
    recordLine = value.place.line
    recordLength = Int64(value.end - value.start)
    recordBytes = content(value.start, value.end)
  }

  private func stand(at record: JSONValue, in value: inout PackedValue) {
    let source = record.source
    stand(at: value)
    if source.start >= value.start, source.start < value.end {
      while value.counted < source.start {
        if value.counted.pointee == 0x0A { value.line += 1 }
        value.counted += 1
      }
      recordOffset += Int64(source.start - value.start)
      recordLine = value.line
      recordLength = Int64(source.count)
      recordBytes = source.bytes
    } else if !value.isOne {
      // Text inside a string has no place of its own, but bytes that tell it from its neighbours.
      recordBytes = source.bytes
    }
  }

  private func content(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    var count = end - start
    while count > 0, isASCIISpace(start[count - 1]) { count -= 1 }
    return UnsafeBufferPointer(start: start, count: count)
  }

  /// What becomes of the value just taken; false where it leaves nothing to tell yet.
  func settle(_ taken: JSONFormatReader.Taken, _ format: JSONFormatReader) -> Bool {
    switch taken {
    case .told:
      follow(format)
      return true
    case .toldFrom(let place):
      stand(from: place)
      follow(format)
      return true
    case .part:
      follow(format)
      return false
    case .packed(let records, let place):
      pack(records, from: place)
      follow(format)
      if records.isEmpty {
        output.clear()
        output.outcome = .skipped("an empty batch of records")
      }
      return records.isEmpty
    }
  }

  /// Records inside the value just taken, or inside one of a packed value's.
  private func pack(_ records: [Enveloped], from place: Place?) {
    if var outer = packed {
      outer.isOne = outer.isOne && records.count == 1
      outer.records = records + outer.records
      packed = outer
      return
    }
    let place = place ?? Place(offset: recordOffset, line: recordLine)
    let bytes = buffer.passed(from: place.offset)
    guard let start = bytes.baseAddress else { return }
    packed = PackedValue(
      records: records[...], start: start, end: start + bytes.count, place: place,
      isOne: records.count == 1, counted: start, line: place.line)
  }

  /// The record started earlier and ends here.
  private func stand(from place: Place) {
    recordOffset = place.offset
    recordLine = place.line
    recordLength = buffer.offset - place.offset
    let bytes = buffer.passed(from: place.offset)
    recordBytes = bytes.baseAddress.map { content($0, $0 + bytes.count) }
  }

  /// Keeps the bytes of what is not whole yet, from where the next run would have to start.
  @inline(__always)
  private func follow(_ format: JSONFormatReader) {
    if pending == nil, !format.isWaiting { return }
    pending = format.earliest
    if let pending { buffer.hold(from: pending.offset) } else { buffer.release() }
  }

  /// What is open is told with what is known of it where too much came between.
  func endOverdue(_ format: JSONFormatReader) -> Bool {
    guard let pending, buffer.offset - pending.offset > Int64(LogBuffer.recordLimit) else {
      return false
    }
    return settle(format.end(into: &output), format)
  }

  /// What becomes of open records at the end of the log; false where there is none to tell.
  func endPending(_ format: JSONFormatReader) -> Bool {
    while let place = pending {
      if mayGrow {
        stand(from: place)
        format.forget()
        pending = nil
        isUnfinished = true
        output.clear()
        output.outcome = Self.unfinished
        return true
      }
      if settle(format.end(into: &output), format) { return true }
      if packed != nil, tellPacked(format) { return true }
    }
    return false
  }
}
