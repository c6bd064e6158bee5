/// Records that are not one value of the log: many inside one value, or one that goes on over several.
extension LogReader {
  struct Place {
    var offset: Int64
    var line: Int64
  }

  /// A value that packs many records, while they are read one by one.
  struct PackedValue {
    var records: ArraySlice<JSONValue>
    /// Where the value starts, in memory and in the log.
    var start: UnsafePointer<UInt8>
    var end: UnsafePointer<UInt8>
    var place: Place
    /// How far lines were counted.
    var counted: UnsafePointer<UInt8>
    var line: Int64
  }

  /// Moves to the next record of a packed value; nil behind the last one.
  func nextPacked() -> JSONValue? {
    guard var value = packed, let record = value.records.popFirst() else {
      packed = nil
      return nil
    }
    let source = record.source
    if source.start >= value.start, source.start < value.end {
      while value.counted < source.start {
        if value.counted.pointee == 0x0A { value.line += 1 }
        value.counted += 1
      }
      recordOffset = value.place.offset + Int64(source.start - value.start)
    } else {
      // It was text inside a string: the whole value is its place.
      recordOffset = value.place.offset
    }
    recordLine = value.line
    recordBytes = source.bytes
    recordLength = Int64(source.count)
    packed = value.records.isEmpty ? nil : value
    return record
  }

  /// Takes note of whether a record goes on behind the value just read; false where there is none to tell yet.
  func followOpenRecord(_ format: JSONFormatReader) -> Bool {
    let here = Place(offset: recordOffset, line: recordLine)
    let isPart = output.outcome == .open
    if let open, !isPart || !format.isOpen {
      recordOffset = open.offset
      recordLine = open.line
      recordLength = buffer.offset - open.offset
      recordBytes = nil
    }
    guard format.isOpen else {
      close()
      if isPart { output.outcome = .skipped("part of a stream whose start is missing") }
      return true
    }
    if !isPart || open == nil {
      open = here
      buffer.hold(from: here.offset)
    }
    guard isPart else { return true }
    guard let open, buffer.offset - open.offset > Int64(LogBuffer.recordLimit) else { return false }
    return end(open, format)
  }

  /// What becomes of an open record at the end of the log; false where there is none.
  func endOpenRecord(_ format: JSONFormatReader) -> Bool {
    guard let open else { return false }
    if mayGrow {
      recordOffset = open.offset
      recordLine = open.line
      recordLength = buffer.offset - open.offset
      recordBytes = nil
      isUnfinished = true
      output.clear()
      output.outcome = Self.unfinished
      self.open = nil
      return true
    }
    return end(open, format)
  }

  private func end(_ open: Place, _ format: JSONFormatReader) -> Bool {
    recordOffset = open.offset
    recordLine = open.line
    recordLength = buffer.offset - open.offset
    recordBytes = nil
    close()
    format.finish(fileTime: fileTime, into: &output)
    return true
  }

  private func close() {
    guard open != nil else { return }
    open = nil
    buffer.release()
  }
}
