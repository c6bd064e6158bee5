import ArgumentParser
import Tables
import UsageLog

/// The same work at the prices of many models, the cheapest first.
struct EstimateComparison {
  let models: [ModelPrices]
  let workload: Workload
  let scale: EstimateScale

  /// - Parameter text: `all`, makers (`claude`, `openai`, `gemini`) and models, with commas between them.
  static func names(_ text: String, in catalogue: PriceCatalogue) -> [String] {
    text.split(separator: ",").map(String.init).flatMap { name in
      switch name {
      case "all": ComparedModels.makers.flatMap { ComparedModels.all(of: $0, in: catalogue) }
      case _ where ComparedModels.makers.contains(name):
        ComparedModels.all(of: name, in: catalogue)
      default: [name]
      }
    }
  }

  func table() throws -> Tables.Table {
    let costs = try models.map { model in (model, try cost(model)) }
    let priced = costs.compactMap { model, cost in
      cost.map { (model: model, cost: $0, total: $0.total.total) }
    }.sorted { ($0.total, $0.model.name.id) < ($1.total, $1.model.name.id) }
    let cheapest = priced.first?.total ?? 0
    var rows: [[Value]] = []
    for (model, cost, total) in priced {
      rows.append(
        try [.text(model.name.id), .text(cost.period.row?.provider ?? model.channel ?? "")]
          + scale.amounts(total, times: scale.padding?.factor ?? .one)
          + [percent(cost.total.output, of: total), quotient(total, over: cheapest)]
          + [.text(remark(model, cost.period))])
    }
    let missing = [Value](repeating: .null, count: 3 + scale.columns.count)
    for (model, cost) in costs where cost == nil {
      rows.append(
        [.text(model.name.id), .text(model.channel ?? "")] + missing + [.text(reason(model))])
    }
    return Tables.Table(columns: columns, rows: rows)
  }

  var remarks: [String] {
    let newer =
      "Claude models from 4.7 on count about 30 % more tokens for the same text than 4.6 and earlier"
    return [
      "\(newer); OpenAI and Gemini use other tokenizers: count the text anew before trusting a small difference"
    ]
  }

  private var columns: [Tables.Column] {
    [.named("model"), .named("price_list"), .named("per_\(workload.unit)_usd", .usd)]
      + scale.columns.map { .named($0.name, .usd) }
      + [.named("output_share_pct", .pct), .named("times_cheapest", .real), .named("remark")]
  }

  private func remark(_ model: ModelPrices, _ period: PricePeriod) -> String {
    let agreed = [model.plan.standIn, period.override].compactMap(\.self).map {
      $0.effect == .covered ? "covered by \($0.name): list equivalent" : "contract \($0.name)"
    }
    return (agreed + (period.row?.unverified == true ? ["not verified"] : []))
      .joined(separator: ", ")
  }

  private func cost(_ model: ModelPrices) throws -> WorkloadCost? {
    do throws(NoPrice) { return try model.cost(of: workload) } catch { return nil }
  }

  private func reason(_ model: ModelPrices) -> String {
    do throws(NoPrice) {
      _ = try model.cost(of: workload)
      return ""
    } catch {
      return "no price: \(error.summary)"
    }
  }
}
