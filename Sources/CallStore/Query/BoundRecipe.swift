/// A recipe with its arguments: values for `:name`, columns in place of `{name}`.
struct BoundRecipe {
  private let recipe: Recipe
  private(set) var parameters: [String: SQLValue] = [:]
  private(set) var body: String
  /// What each `{name}` stands for.
  private var columns: [String: [String]] = [:]

  init(_ recipe: Recipe, arguments: [String: String]) throws {
    let known = recipe.parameters.map(\.name)
    for name in arguments.keys where !known.contains(name) {
      throw RecipeError.unknownParameter(name, known: known)
    }
    self.recipe = recipe
    body = recipe.sql
    for parameter in recipe.parameters {
      let argument = arguments[parameter.name] ?? parameter.standard
      if let value = try parameter.value(argument) {
        parameters[parameter.name] = value
      } else {
        let columns = try parameter.columns(argument)
        self.columns[parameter.name] = columns
        fill(parameter.name, with: columns)
      }
    }
  }

  /// Several columns are written out; `NULLS FIRST` behind them goes to each.
  private mutating func fill(_ name: String, with columns: [String]) {
    body = body.replacing(
      "{\(name)} NULLS FIRST",
      with: columns.map { "\($0) NULLS FIRST" }.joined(separator: ", "))
    body = body.replacing("{\(name)}", with: columns.joined(separator: ", "))
  }

  /// `{name}` resolved, anything else as it is.
  private func columns(of word: String) -> [String] {
    guard word.first == "{", word.last == "}" else { return [word] }
    return columns[String(word.dropFirst().dropLast())] ?? []
  }

  /// - Parameters:
  ///   - window: all that is read.
  ///   - asked: the window itself.
  func shape(
    over window: Range<Int64>, asked: Range<Int64>, timezone: String, firstCall: Int64? = nil
  ) throws -> UsageShape {
    let grouped = recipe.directives.usage.flatMap(columns).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let amounts = UsageAmount.mentioned(in: body)
    let known =
      min(max(window.lowerBound, firstCall ?? .min), window.upperBound)..<window.upperBound
    return UsageShape(
      by: grouped, amounts, percentiles: UsagePercentile.mentioned(in: body),
      bucket: bucket(over: window, asked: asked, timezone: timezone),
      sequence: CallSequence(columns: grouped, amounts: amounts, storm: try storm(over: known)))
  }

  /// As the recipe says, or hours where it reads the time without saying why.
  func bucket(
    over window: Range<Int64>, asked: Range<Int64>, timezone: String
  ) -> UsageBucketing? {
    guard let bucket = recipe.directives.bucket else {
      // Percentiles of hours are none of the window: a recipe that wants those says so.
      let readsTime = SQLText.words(body).contains("occurred_at")
      let hasPercentiles = !UsagePercentile.mentioned(in: body).isEmpty
      return !recipe.looksBack && readsTime && !hasPercentiles ? .hour : nil
    }
    guard bucket.first == "{" else { return UsageBucketing(named: bucket) }
    guard case .text(let name) = parameters[String(bucket.dropFirst().dropLast())] else {
      return nil
    }
    let isTrend = name == "none" && recipe.directives.showsTrend
    return CalendarBuckets.bucketing(
      isTrend ? CalendarBuckets.trend(over: asked) : name, over: window, timezone: timezone)
  }

  private func storm(over window: Range<Int64>) throws -> CallSequence.Storm? {
    guard let storm = recipe.directives.storm, let column = columns(of: storm.key).first,
      let key = Dimension(column: column), case .integer(let calls) = parameters[storm.calls],
      case .integer(let within) = parameters[storm.within]
    else { return nil }
    var found = CallSequence.Storm(
      key: key, calls: calls, within: within, isAlone: storm.isAlone)
    if let surge = storm.surge, case .integer(let times) = parameters[surge] {
      found.surge = CallSequence.Surge(
        times: times, seconds: Int64(window.upperBound - window.lowerBound) / 1000)
    }
    return found
  }

  /// How many groups it shows.
  ///
  /// Nothing may be left out early where two windows are told apart: the top of one is not that of both.
  var top: ScanRequest.Top? {
    guard !recipe.looksBack, let groups = recipe.directives.topGroups,
      case .integer(let count) = parameters[groups.parameter]
    else { return nil }
    return ScanRequest.Top(count: Int(count), amount: groups.amount)
  }

  /// What its groups must have to be shown.
  var least: ScanRequest.Least? {
    guard let least = recipe.directives.least,
      case .integer(let value) = parameters[least.parameter]
    else { return nil }
    return ScanRequest.Least(amount: least.amount, value: value)
  }

  /// How many of the newest calls it shows.
  var newestCalls: Int? {
    guard let newest = recipe.directives.newest, case .integer(let count) = parameters[newest]
    else { return nil }
    return Int(count)
  }
}
