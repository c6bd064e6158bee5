import CallStore
import Foundation
import Tables

/// One line on a terminal that says how far an import is: bytes, calls a second, time left.
///
/// Silent elsewhere.
final class ProgressBar {
  private let isShown = Console.showsProgress
  private var lastDrawn = 0.0

  func show(_ progress: ImportProgress) {
    guard isShown, progress.seconds - lastDrawn > 0.1 else { return }
    lastDrawn = progress.seconds
    Console.redraw(Self.line(progress))
  }

  func clear() {
    if isShown, lastDrawn > 0 { Console.redraw("") }
  }

  static func line(_ progress: ImportProgress) -> String {
    let rate = progress.seconds > 0 ? Double(progress.records) / progress.seconds : 0
    let megabytes = Double(progress.readBytes) / 1_048_576
    var line = String(format: "%.0f MiB · %.0f records/s", megabytes, rate)
    guard progress.totalBytes > 0, progress.readBytes > 0 else { return line }
    let share = min(1, Double(progress.readBytes) / Double(progress.totalBytes))
    let filled = Int(share * 24)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let left = share > 0 ? progress.seconds / share - progress.seconds : 0
    line += String(format: " · %.0f s left", max(0, left))
    return "\(bar) \(Int(share * 100)) % · \(line)"
  }
}
