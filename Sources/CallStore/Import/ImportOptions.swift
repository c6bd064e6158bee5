package import UsageLog

/// How an import was asked for.
package struct ImportOptions: Sendable {
  /// `--from`: the format's name, instead of recognising it.
  package var format: String?
  package var reading = ReadingOptions()
  /// Prices beside those of the program and of the database.
  package var prices = PriceSettings()
  /// `--reread`: from the start, whatever the ledger says.
  package var rereads = false
  /// `rejects retry`: only records that could not be read before.
  package var retriesRejects = false
  /// `--dry-run`: count, but keep nothing.
  package var isDryRun = false
  /// `--final`: nothing more will be written, so that a last line without its break is whole.
  package var isFinal = false
  /// `--source`: what tells logs of several machines apart; empty for this one.
  package var label = ""
  /// What was asked for, as `imports` shows it.
  package var described = ""
  /// `--wait`: until another import is done.
  package var waits = false
  /// UTC milliseconds; the time of standard input's records that carry none.
  package var now: Int64 = 0
  package var version = ""
  /// Fewer commits cost less per call; more of them lose less when the import is killed.
  package var callsPerCommit = 98_304

  package init() {}

  private var settingsHash: Int64 { Int64(bitPattern: reading.settingsHash) }

  /// Whether a log that was read before is read from its start again: when that was asked for, or when
  /// it was not understood before and is read with other settings now.
  func rereads(_ entry: Ledger.Entry) -> Bool {
    if rereads || retriesRejects || entry.isRereading { return true }
    if let format, entry.resumption.format != format { return true }
    return entry.hasRejects && entry.readAs != settingsHash
  }
}

/// One thing to import.
package struct ImportPath: Sendable, Equatable {
  /// Absolute, or `-` for standard input.
  package var path: String
  /// As the user gave it, for messages.
  package var shown: String
  /// Named by the user itself, not found in a folder.
  package var isExplicit: Bool

  package init(path: String, shown: String, isExplicit: Bool) {
    self.path = path
    self.shown = shown
    self.isExplicit = isExplicit
  }
}

/// How far an import is, for whoever shows it.
package struct ImportProgress: Sendable {
  package var readBytes: Int64
  /// 0 where it is not known (standard input).
  package var totalBytes: Int64
  package var records: Int64
  package var seconds: Double
}
