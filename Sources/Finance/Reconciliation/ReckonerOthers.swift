import CallStore

/// Searches, and what is no token at all.
extension Reckoner {
  struct Searches {
    var count: Int64 = 0
    var amount = ExactDollars.zero
    var reported: Int64?
    var model = ""
  }

  struct DayOfWorkspace: Hashable {
    var day: CivilDate
    var workspace: String?
  }

  func searches() -> [DayOfWorkspace: Searches] {
    var all: [DayOfWorkspace: Searches] = [:]
    func key(_ day: CivilDate, _ workspace: String?) -> DayOfWorkspace {
      DayOfWorkspace(day: day, workspace: keepsWorkspace ? workspace : nil)
    }
    for figure in figures where figure.isOfChannel && covered.contains(figure.day) {
      guard let part = figure.parts[.webSearch] else { continue }
      let key = key(figure.day, figure.workspace)
      all[key, default: Searches()].count += part.tokens
      all[key, default: Searches()].amount += part.amount
      all[key, default: Searches()].model = figure.model
    }
    for row in usage?.rows ?? [] where row.tokenClass == .webSearch && covered.contains(row.day) {
      let key = key(row.day, row.workspace)
      all[key, default: Searches()].reported = (all[key]?.reported ?? 0) + row.count
      if all[key]?.model.isEmpty == true { all[key]?.model = row.model ?? "" }
    }
    return all
  }

  mutating func matchOthers() {
    var amounts: [Reconciliation.Place: ExactDollars] = [:]
    var counts: [Reconciliation.Place: Int64] = [:]
    for row in costs.rows {
      switch row.charge {
      case .tokens, .open: continue
      case .webSearch: amounts[place(of: row), default: .zero] += row.amount
      case .codeExecution: result.post(.residual(.codeExecution), row.amount, at: place(of: row))
      case .tax: result.post(.residual(.taxes), row.amount, at: place(of: row))
      case .credit: result.post(.residual(.credits), row.amount, at: place(of: row))
      case .other: result.post(.residual(.otherCharges), row.amount, at: place(of: row))
      }
    }
    guard keepsClass else { return }
    for (key, searches) in searches() {
      let place = place(key.day, nil, key.workspace, TokenClass.webSearch.rawValue)
      amounts[place, default: .zero] += -searches.amount
      counts[place, default: 0] += searches.reported.map { $0 - searches.count } ?? 0
    }
    let cent = costs.rows.map(\.rounding).max() ?? .zero
    for (place, rest) in amounts.sorted(by: { $0.key.order < $1.key.order }) {
      let isProvisional = place.day.map(costs.provisional.contains) ?? false
      let residual: Residual =
        rest.magnitude <= cent ? .rounding : rest < .zero && isProvisional ? .lateData : .webSearch
      result.post(.residual(residual), rest, tokens: counts[place] ?? 0, at: place)
    }
  }
}
