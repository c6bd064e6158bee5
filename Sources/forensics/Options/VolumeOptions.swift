import ArgumentParser
import Tables
import UsageLog

/// How often, what on top, and how much it may cost.
struct VolumeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "So many calls; conversations, tasks or calls of the log where those are estimated.",
      valueName: "n"))
  var calls: Int64?
  @Option(
    help: ArgumentHelp("--calls are of a day, a month of 30 days, or a run. (default: month)"))
  var per: Volume.Period?
  @Flag(help: "Add 30 % for tool loops and 20 % for retries, together 1.5 times.") var pad = false
  @Option(help: ArgumentHelp("Add so many per cent for tool loops.", valueName: "pct"))
  var padTools: Int64?
  @Option(help: ArgumentHelp("Add so many per cent for retries.", valueName: "pct"))
  var padRetries: Int64?
  @Option(
    help: ArgumentHelp(
      "Exit with 3 above it: a month's, or the run's without --calls.", valueName: "usd"))
  var budget: USDArgument?

  func validate() throws {
    if let calls, !(1...1_000_000_000_000).contains(calls) {
      throw ValidationError("--calls takes a whole number of 1 or more, not \(calls)")
    }
    for (name, pct) in [("--pad-tools", padTools), ("--pad-retries", padRetries)] {
      if let pct, !(0...10_000).contains(pct) {
        throw ValidationError("\(name) takes per cent from 0 to 10000, not \(pct)")
      }
    }
  }

  var volume: Volume? { calls.map { Volume($0, per: per ?? .month) } }

  /// - Parameter countsToolLoops: what is estimated has its tool loops in it already.
  func padding(countsToolLoops: Bool) -> Padding? {
    guard pad || padTools != nil || padRetries != nil else { return nil }
    let standard = pad ? Padding.usual : Padding(toolLoops: 0, retries: 0)
    return Padding(
      toolLoops: padTools ?? (countsToolLoops ? 0 : standard.toolLoops),
      retries: padRetries ?? standard.retries)
  }
}

/// An amount such as `20`, `0.005` or `$1.50`, exact to the nanodollar.
struct USDArgument: ExpressibleByArgument {
  let nanos: Int64

  init?(argument: String) {
    let text = argument.hasPrefix("$") ? String(argument.dropFirst()) : argument
    // A budget that is finer would be rounded, possibly above what it forbids.
    guard let nanos = exactDecimal(text, decimals: 9) else { return nil }
    self.nanos = nanos
  }
}

/// An amount in a sentence, with cents and what is finer where there is any: `$142.50`, `$0.0135`.
func readableDollars(_ nanos: Int64) -> String {
  let exact = Billionths(nanos).exact
  let decimals = exact.split(separator: ".").dropFirst().first?.count ?? 0
  return "$" + Billionths(nanos).rounded(to: max(2, decimals))
}

extension Volume.Period: ExpressibleByArgument {}
extension PromptCaching.Lifetime: ExpressibleByArgument {}
