/// The id of a model by the name that people are shown: `Claude Haiku 4.5`, `Claude 3.5 Sonnet 2024-10-22`.
///
/// The order of family and version does not matter. A name without a date means the one snapshot there is.
///
/// - Returns: nil for a name of no model in the shipped price book, or of more than one.
package func modelID(displayed name: String) -> String? {
  guard isDisplayName(name), let named = DisplayedModel(name) else { return nil }
  var ids = DisplayedModel.known[named.undated] ?? []
  if let date = named.date { ids = ids.filter { DisplayedModel($0)?.date == date } }
  return ids.count == 1 ? ids.first : nil
}

/// Whether it is written as people are shown it, with spaces.
package func isDisplayName(_ name: String) -> Bool { name.contains(" ") }

/// What a model's name says, whatever the order of its words.
private struct DisplayedModel: Hashable {
  /// `claude`, the family, `instant`: sorted.
  var words: [Substring] = []
  var version: [Substring] = []
  /// Eight digits.
  var date: String?

  var undated: DisplayedModel {
    var undated = self
    undated.date = nil
    return undated
  }

  /// - Parameter name: an id or a display name; nil if it has no word.
  init?(_ name: String) {
    let name = name.lowercased()
    var parts = name.split { " -._".contains($0) }
    if parts.count > 3, parts.suffix(3).map(\.count) == [4, 2, 2],
      parts.suffix(3).allSatisfy({ $0.allSatisfy(\.isNumber) })
    {
      date = parts.suffix(3).joined()
      parts.removeLast(3)
    }
    for part in parts {
      if !part.allSatisfy(\.isNumber) {
        words.append(part)
      } else if part.count == 8 {
        date = String(part)
      } else {
        version.append(part)
      }
    }
    if words.isEmpty { return nil }
    words.sort()
  }

  /// The ids of Anthropic's own list; an alias stands for its snapshot.
  static let known: [DisplayedModel: Set<String>] = {
    let rows = (try? PriceCatalogue.shipped())?.rows ?? []
    var known: [DisplayedModel: Set<String>] = [:]
    for row in rows where row.provider == "anthropic" {
      guard let model = DisplayedModel(row.model) else { continue }
      known[model.undated, default: []].insert(row.aliasOf ?? row.model)
    }
    return known
  }()
}
