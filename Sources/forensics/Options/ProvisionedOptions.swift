import ArgumentParser
import UsageLog

/// Bedrock's provisioned throughput, to be compared with a price by the token.
struct ProvisionedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What a model unit costs an hour: where does it break even?", valueName: "usd"))
  var provisionedHourly: USDArgument?
  @Option(help: ArgumentHelp("Model units.", valueName: "n")) var units: Int64 = 1
  @Option(help: ArgumentHelp("Months committed to.", valueName: "n")) var term: Int64 = 1

  func validate() throws {
    guard (1...100_000).contains(units) else {
      throw ValidationError("--units takes a whole number of 1 or more, not \(units)")
    }
    guard (1...120).contains(term) else {
      throw ValidationError("--term takes months, 1 to 120, not \(term)")
    }
    if provisionedHourly == nil, units != 1 || term != 1 {
      throw ValidationError("--units and --term belong to --provisioned-hourly USD")
    }
    if provisionedHourly?.nanos == 0 {
      throw ValidationError("--provisioned-hourly takes an amount above 0, as in 39.60")
    }
  }

  var provisioned: ProvisionedThroughput? {
    provisionedHourly.map {
      ProvisionedThroughput(hourlyNanos: $0.nanos, units: units, months: term)
    }
  }
}
