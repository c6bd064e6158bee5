import Alerts
import ArgumentParser
import CallStore
import Foundation

/// Which database is checked, and where its alerts are remembered.
struct AlertsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where alerts are remembered. (default: beside the database)",
      valueName: "file"))
  var state: String?
  @OptionGroup var place: PlaceOptions

  func file(_ settings: Settings) -> AlertFile {
    let kept = settings.configuration.flatMap { settings.check.statePath(in: $0) }
    return AlertFile(path: state ?? kept ?? settings.database.value + ".alerts.json")
  }
}
