/// Entries on their way to rows: several may be one model under the names of its endpoints.
struct LiteLLMDrafts {
  let day: String
  let aliases: [String: String]
  private var drafts: [PricedModel: [Draft]] = [:]
  private var order: [PricedModel] = []

  struct Draft {
    var key: String
    var line: Int
    var columns: [PriceColumn: String]
    var remarks: Set<String>

    /// Names no geography, although endpoints differ in price.
    var isBare: Bool {
      columns[.provider] == "bedrock-regional"
        && columns[.model, default: ""].hasPrefix("anthropic.")
    }
  }

  init(day: String, aliases: [String: String]) {
    self.day = day
    self.aliases = aliases
  }

  mutating func add(
    _ value: JSONValue, key: String, line: Int, catalogue: PriceCatalogue
  ) throws(LiteLLMEntry.Refusal) {
    let entry = try LiteLLMEntry(value)
    guard let listed = value["litellm_provider"]?.text?.string, !listed.isEmpty else {
      throw LiteLLMEntry.Refusal(kind: .unreadable, reason: "no litellm_provider")
    }
    let name: LiteLLMName
    do throws(LiteLLMName.OutOfScope) {
      name = try LiteLLMName(key: key, provider: listed, catalogue: catalogue)
    } catch {
      throw LiteLLMEntry.Refusal(kind: .outOfScope, reason: error.reason)
    }
    var columns = entry.columns
    columns[.provider] = name.provider
    columns[.model] = name.model
    columns[.validFrom] = day
    columns[.unverified] = "1"
    columns[.source] = "LiteLLM; observed \(day)"
    let canonical = canonicalModel(name.model).canonical
    columns[.aliasOf] = aliases[canonical]
    // Server tools such as web search are not offered on Bedrock, whatever the list says.
    if name.provider.hasPrefix("bedrock") { columns[.webSearch] = nil }
    keep(Draft(key: key, line: line, columns: columns, remarks: entry.remarks))
    guard let fast = entry.fast else { return }
    columns[.provider] = name.provider + "-fast"
    for column in [.batch, .longThreshold, .longInput, .longOutput] as [PriceColumn] {
      columns[column] = nil
    }
    for column in PriceColumn.rates {
      columns[column] = columns[column].flatMap { fixedPoint($0[...], decimals: 6) }
        .flatMap(fast.exactly).map { decimalText($0, decimals: 6) }
    }
    keep(Draft(key: key + " (fast)", line: line, columns: columns, remarks: entry.remarks))
  }

  private mutating func keep(_ draft: Draft) {
    let model = PricedModel(
      provider: draft.columns[.provider, default: ""],
      canonical: canonicalModel(draft.columns[.model, default: ""]).canonical)
    if drafts[model] == nil { order.append(model) }
    drafts[model, default: []].append(draft)
  }

  /// Makes one row of the entries that agree about a model, and none of those that do not.
  func settle(into file: inout PriceFile) {
    for model in order {
      let all = drafts[model, default: []]
      // A bare Bedrock id is billed as a region's, and the list has it at the global price: where a
      // geography's own id says otherwise, that counts.
      let named = all.filter { !$0.isBare }
      do throws(Disagreement) {
        file.add(try Self.union(of: all))
      } catch {
        do throws(Disagreement) {
          guard !named.isEmpty, named.count < all.count else { throw error }
          file.add(try Self.union(of: named))
          file.passOver(all.filter(\.isBare), because: "\(model): \(error.what)")
        } catch {
          file.passOver(all, because: "entries of \(model) disagree: \(error.what)")
        }
      }
    }
  }

  private struct Disagreement: Error {
    let what: String
  }

  /// What the drafts of one model say together, under the shortest of their keys.
  private static func union(of drafts: [Draft]) throws(Disagreement) -> Draft {
    let drafts = drafts.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
    var union = drafts[0]
    let always: [PriceColumn] = [.input, .output, .longThreshold, .longInput, .longOutput]
    let stated: [PriceColumn] = [
      .cacheWrite5m, .cacheWrite1h, .cacheRead, .batch, .usResidency, .webSearch,
    ]
    for other in drafts.dropFirst() {
      for column in always + stated {
        let (mine, its) = (union.columns[column], other.columns[column])
        if mine == its { continue }
        // What one of them leaves out, the others may say.
        guard stated.contains(column), mine == nil || its == nil else {
          throw Disagreement(what: "\(column.name) is \(mine ?? "none") and \(its ?? "none")")
        }
        union.columns[column] = mine ?? its
      }
      union.remarks.formUnion(other.remarks)
    }
    return union
  }
}

extension PriceFile {
  fileprivate mutating func passOver(_ drafts: [LiteLLMDrafts.Draft], because reason: String) {
    for draft in drafts {
      passedOver.append(
        PassedOver(kind: .contradictory, line: draft.line, name: draft.key, reason: reason))
    }
  }

  fileprivate mutating func add(_ draft: LiteLLMDrafts.Draft) {
    var draft = draft
    var problem: PriceCatalogueError?
    for attempt in 0..<2 {
      do throws(PriceCatalogueError) {
        rows.append(try PriceRow(PriceRowText(draft.columns, line: draft.line)))
        for remark in draft.remarks { remarks[remark, default: 0] += 1 }
        return
      } catch {
        problem = problem ?? error
        guard attempt == 0, draft.columns.removeValue(forKey: .batch) != nil else { break }
        draft.remarks.insert("half a price was finer than a picodollar: batch was left out")
      }
    }
    passedOver.append(
      PassedOver(
        kind: .unreadable, line: draft.line, name: draft.key, reason: problem?.problem ?? ""))
  }
}
