/// A part of a finding's id, behind its rule: a word of ours, or a name that comes from logs.
package enum FindingScope: ExpressibleByStringLiteral, Equatable, Sendable {
  case word(String)
  /// nil is what was not logged.
  case name(String?)

  package init(stringLiteral word: String) { self = .word(word) }

  var text: String {
    switch self {
    case .word(let word): word
    case .name(let name): name ?? Self.notLogged
    }
  }

  private static let notLogged = "(none)"

  /// A name that reads like something else: like "not logged", like the unit of a budget, or like a hashed name.
  var isMistakable: Bool {
    guard case .name(let name?) = self else { return false }
    return name == Self.notLogged || name == "tokens" || name.hasSuffix(".tokens")
      || name.contains("~")
  }
}
