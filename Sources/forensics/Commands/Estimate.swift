import ArgumentParser
import CallStore
import Foundation
import Tables
import UsageLog

/// `forensics estimate`.
struct Estimate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "What calls would cost: arithmetic on the price catalogue, before there is a log.",
    discussion: """
      A call:           estimate --model sonnet-4-6 --input 2500 --output 450 --calls 10000
      Other models:     … --compare all, or --compare claude,gpt-4o
      A conversation:   estimate --model sonnet-4-6 --turns 6 --system 1200 --user 80 --reply 350
      A tool loop:      estimate --model sonnet-4-6 --system 250 --user 200 --reply 250 \
      --tool-result 1500,2200,800 --tool-call-output 80,60,60
      A log, in CI:     estimate --from-log run.jsonl --budget 0.50

      Models go by their ids or short: claude-sonnet-4-6, sonnet-4-6, "Claude Sonnet 4.6". A month is 30 days.

      Exit status: 0 done; 1 no price; 2 records of the log were rejected (with --strict also: calls have no \
      price); 3 above --budget; 64 wrong usage.
      """)

  @Option(help: ArgumentHelp("The model.", valueName: "name")) var model: String?
  @Option(
    help: ArgumentHelp(
      "The same with other models: all, claude, openai, gemini, names; with commas.",
      valueName: "names"))
  var compare: String?
  @OptionGroup(title: "A call") var call: CallOptions
  @OptionGroup(title: "A conversation or a tool loop") var conversation: ConversationOptions
  @Option(help: "How long cache entries live: 5m or 1h.") var ttl: PromptCaching.Lifetime =
    .fiveMinutes
  @OptionGroup(title: "How many, and on top") var amount: VolumeOptions
  @OptionGroup(title: "Prices") var conditions: EstimateConditions
  @OptionGroup(title: "Prices") var modifiers: PriceModifierOptions
  @OptionGroup(title: "Provisioned throughput on Bedrock") var capacity: ProvisionedOptions
  @OptionGroup(title: "From a log") var log: RunLogOptions
  @OptionGroup(title: "Reading the log") var reading: ReadingSettings
  @Option(help: "table, json, jsonl, csv, tsv or markdown. (default: table)") var format:
    TableFormat?
  @Flag(name: .customShort("j"), help: "Short for --format json.") var json = false
  @OptionGroup(title: "Place") var place: PlaceOptions

  /// `--output` is both the tokens that a model puts out and, as everywhere, a file.
  private var output: OutputOptions {
    var output = OutputOptions()
    (output.format, output.json, output.output) = (format, json, call.files)
    return output
  }

  func validate() throws {
    try output.validate()
    if !log.fromLog.isEmpty { return try validateLog() }
    guard model != nil || compare != nil else {
      throw ValidationError(
        "name a model: --model sonnet-4-6, or --compare all; or a log: --from-log")
    }
    if amount.per != nil, amount.calls == nil { throw ValidationError("--per needs --calls N") }
    guard call.isGiven != conversation.isGiven else {
      throw ValidationError(
        "say what to estimate: --input and --output for a call, --turns for a conversation, "
          + "--tool-result for a tool loop; one of them")
    }
    if compare != nil, capacity.provisioned != nil || amount.budget != nil {
      throw ValidationError("--compare goes with neither --provisioned-hourly nor --budget")
    }
  }

  private func validateLog() throws {
    guard model == nil, compare == nil, !call.isGiven, !conversation.isGiven,
      capacity.provisioned == nil, conditions.at == nil, conditions.channel == nil,
      conditions.region == nil, !modifiers.batch, !modifiers.fast, modifiers.inferenceGeo == nil
    else {
      throw ValidationError(
        "--from-log takes models, tokens, channels and days from the log; "
          + "what it lacks is given with --set, as in --set region=global")
    }
    if amount.calls != nil, log.runs != nil {
      throw ValidationError("--calls and --runs are two ways to say how much; give one")
    }
    if amount.per != nil, amount.calls == nil, log.runs == nil {
      throw ValidationError("--per needs --runs N or --calls N")
    }
  }

  func run() throws {
    guard log.fromLog.isEmpty else {
      return try EstimateLog(log: log, amount: amount).run(
        paths: log.fromLog, options: logOptions(), output: output)
    }
    let workload = try conversation.workload(ttl) ?? call.workload(ttl)
    guard workload.isWithinLimits else {
      throw ValidationError("a call takes at most 1000000000 tokens")
    }
    let scale = EstimateScale(
      volume: amount.volume,
      padding: amount.padding(countsToolLoops: conversation.toolResult != nil))
    if let compare { return try self.compare(compare, workload, scale) }
    let prices = try prices(of: model ?? "", in: place.priceBook())
    let cost = try prices.cost(of: workload)
    var (table, remarks) = try shown(workload, cost, scale, prices)
    remarks += prices.remarks(cost.period) + [prices.catalogueRemark]
    try write(table, remarks: remarks + general(workload, scale), at: prices)
    try amount.hold(
      scale.budgeted(cost.total.total),
      for: scale.volume.map { $0.period == .run ? "in all" : "a month" } ?? "a \(workload.unit)")
  }

  /// At the prices in use, which the log's own database does not hold.
  private func logOptions() throws -> ImportOptions {
    let settings = try place.settings()
    var options = try reading.importOptions(settings)
    options.prices = try settings.priceShelf.settings(options.prices)
    return options
  }

  private func shown(
    _ workload: Workload, _ cost: WorkloadCost, _ scale: EstimateScale, _ prices: ModelPrices
  ) throws -> (Tables.Table, [String]) {
    if let provisioned = capacity.provisioned {
      guard prices.channel == "bedrock" else {
        throw ValidationError(
          "provisioned throughput is Bedrock's: add --channel bedrock --region …")
      }
      if scale.volume?.period == .run {
        throw ValidationError("--provisioned-hourly compares months: --per day or --per month")
      }
      let answer = EstimateProvisioned(
        provisioned: provisioned, workload: workload, cost: cost, scale: scale)
      return (try answer.table(), answer.remarks)
    }
    if conversation.isGiven {
      let answer = EstimateSteps(workload: workload, cost: cost, scale: scale)
      return (try answer.table(), answer.remarks)
    }
    let answer = EstimateCall(usage: workload.steps[0].usage, cost: cost, scale: scale)
    return (try answer.table(), answer.remarks)
  }

  private func compare(_ names: String, _ workload: Workload, _ scale: EstimateScale) throws {
    let book = try place.priceBook()
    let named = EstimateComparison.names(names, in: book.catalogue)
    var models: [ModelPrices] = []
    for name in model.map({ [$0] + named }) ?? named {
      let prices = try prices(of: name, in: book)
      if !models.contains(where: { $0.name == prices.name }) { models.append(prices) }
    }
    guard let first = models.first else { throw ValidationError("--compare names no model") }
    let answer = EstimateComparison(models: models, workload: workload, scale: scale)
    try write(
      answer.table(), remarks: answer.remarks + [first.catalogueRemark] + general(workload, scale),
      at: first)
  }

  private func prices(of model: String, in book: PriceBook) throws -> ModelPrices {
    try ModelPrices(
      model, in: book, conditions: conditions, modifiers: modifiers, isCompared: compare != nil)
  }

  private func general(_ workload: Workload, _ scale: EstimateScale) -> [String] {
    var remarks = scale.remarks(of: workload.unit)
    if call.usesRuleOfThumb {
      remarks.append(
        "tokens by a rule of thumb (4 characters or ¾ of a word a token): the API's count_tokens counts them"
      )
    }
    if conversation.cache != .none {
      remarks.append(
        "cached: every call is taken to come before the entry expires, and the prompt to be long enough to cache"
      )
    }
    if conversation.toolResult != nil, amount.pad, amount.padTools == nil {
      remarks.append("no padding for tool loops: this one is reckoned call by call")
    }
    return remarks
  }

  private func write(_ table: Tables.Table, remarks: [String], at prices: ModelPrices) throws {
    try output.write(
      Answer(
        recipe: "estimate", asOf: prices.instant, catalogue: prices.book.id, table: table,
        notes: remarks),
      format: output.chosenFormat(), zone: .gmt)
  }
}

extension VolumeOptions {
  /// - Throws: exit status 3 where an amount is above the budget.
  func hold(_ nanos: Int64, for what: String) throws {
    guard let budget else { return }
    let comparison =
      "\(readableDollars(nanos)) \(what), the budget is \(readableDollars(budget.nanos))"
    guard nanos <= budget.nanos else {
      Console.complain("above the budget: \(comparison)")
      throw ExitCode(3)
    }
    Console.complain("within the budget: \(comparison)")
  }
}
