import ArgumentParser
import CallStore
import Tables
import UsageLog

/// `forensics what-if route`.
struct WhatIfRoute: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "route",
    abstract: "The calls of one model, or a share of them, made with another.",
    discussion: """
      Caches belong to a model: what was read is written anew where the prefix is not warm yet, at both models if \
      calls are split between them. Long prompts' prices, the shortest prefix that can be cached and the tokenizer are \
      those of the other model. Calls that use what it does not sell (fast mode, US-only inference) stay. With \
      --router-model, a call that decides is paid for each of them.
      """)

  @Option(help: ArgumentHelp("The model that answered.", valueName: "model")) var from: String
  @Option(help: ArgumentHelp("The one that would.", valueName: "model")) var to: String
  @Option(help: ArgumentHelp("So much of the calls. (default: 100%)", valueName: "pct"))
  var share: PercentArgument?
  @Flag(help: "Draw the share by session: a conversation's calls go together.")
  var keepSessions = false
  @Option(
    help: ArgumentHelp(
      "Tokens there for each token here, such as 1.3. (default: known for Claude, else 1)",
      valueName: "factor"))
  var tokenizer: String?
  @Option(help: ArgumentHelp("A model that decides call by call.", valueName: "model"))
  var routerModel: String?
  @Option(help: ArgumentHelp("Tokens it reads. (default: 100)", valueName: "tokens"))
  var routerInput: Int64?
  @Option(help: ArgumentHelp("Tokens it answers with. (default: 10)", valueName: "tokens"))
  var routerOutput: Int64?
  @OptionGroup var shared: WhatIfOptions

  func validate() throws {
    _ = try factor()
    try checkTokens(routerInput, "--router-input")
    try checkTokens(routerOutput, "--router-output")
    if routerModel == nil, routerInput != nil || routerOutput != nil {
      throw ValidationError("--router-input and --router-output belong to --router-model")
    }
  }

  func run() throws {
    let book = try shared.place.priceBook()
    let (old, new) = (try book.requireModel(from), try book.requireModel(to))
    if old.id == new.id { throw ValidationError("--from and --to are the same model, \(new.id)") }
    let tokenizer = try factor() ?? ModelFacts.tokenizerFactor(from: old.id, to: new.id)
    let router = try routerModel.map { name in
      Route.Router(
        model: try book.requireModel(name).id,
        usage: TokenUsage(input: routerInput ?? 100, output: routerOutput ?? 10))
    }
    let route = Route(
      from: old.id, ids: book.catalogue.ids(of: old.id), to: new.id,
      share: share.map { Share(basisPoints: $0.basisPoints) } ?? .all,
      keepsSessions: keepSessions, tokenizer: tokenizer, router: router)
    try shared.run(route, named: "route", remarks: remarks(route))
  }

  /// Exact, to six decimals.
  private func factor() throws -> Ratio? {
    guard let tokenizer else { return nil }
    guard let millionths = exactDecimal(tokenizer, decimals: 6),
      (100_000...10_000_000).contains(millionths)
    else { throw ValidationError("--tokenizer takes a factor from 0.1 to 10, not '\(tokenizer)'") }
    return Ratio(millionths, over: 1_000_000)
  }

  private func remarks(_ route: Route) -> [String] {
    var remarks: [String] = []
    if tokenizer == nil, route.tokenizer != .one {
      remarks.append(
        "Claude models from 4.7 on count about 30 % more tokens for the same text than 4.6 and earlier; "
          + "with --tokenizer 1 it is left out")
    }
    if tokenizer == nil, ModelFacts.isClaude(route.from) != ModelFacts.isClaude(route.to) {
      remarks.append(
        "another maker counts tokens in another way, by how much is not known here; give it with --tokenizer"
      )
    }
    if ModelFacts.shortestCachedPrefix(of: route.to) == nil {
      remarks.append(
        "the shortest prefix that \(route.to) caches is not known; none is taken as too short")
    }
    return remarks
  }
}
