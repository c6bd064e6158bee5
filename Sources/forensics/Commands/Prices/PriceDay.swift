import ArgumentParser
import Foundation
import UsageLog

/// Days as options of the price commands take them.
enum PriceDay {
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  /// The instant that `--at` means: a UTC day's beginning, an instant, or a time ago.
  static func at(_ text: String?) throws -> Int64 {
    let now = now
    return try text.map { try TimeBound($0, option: "--at").resolved(now: now, zone: .gmt) } ?? now
  }

  /// The beginning of the day that `--observed` means, or of the file's last change.
  static func observed(_ text: String?, file: String) throws -> Int64 {
    guard let text else {
      let attributes = try? FileManager.default.attributesOfItem(atPath: file)
      let changed = attributes?[.modificationDate] as? Date ?? Date()
      return Int64((changed.timeIntervalSince1970 / 86_400).rounded(.down)) * 86_400_000
    }
    guard case .day = try TimeBound(text, option: "--observed") else {
      throw ValidationError("--observed takes a date such as 2026-11-20, not '\(text)'")
    }
    return try TimeBound(text, option: "--observed").resolved(now: now, zone: .gmt)
  }
}
