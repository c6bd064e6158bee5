/// A place in a record, as the user writes it: `metadata.team`, `metadata["session.id"]`, `messages[0].hash`.
///
/// Keys are spelled exactly as in the log. A key with dots, brackets or quotes in it stands quoted in
/// brackets; elements of arrays are counted from 0. A leading `$`, as in JSONPath, may stand.
package struct FieldPath: Equatable, Sendable {
  enum Step: Equatable, Sendable {
    case key([UInt8])
    case element(Int)
  }

  package let text: String
  let steps: [Step]

  /// Where a text is no path.
  package struct Fault: Error, Equatable {
    /// In characters, from 1.
    package var position: Int
    package var what: String
  }

  package init(_ text: String) throws(Fault) {
    self.text = text
    var reader = PathText(characters: Array(text))
    steps = try reader.steps()
  }

  /// The path as one name with its dots: an attribute's or a column's.
  var name: [UInt8] {
    if steps.count == 1, case .key(let key) = steps[0] { return key }
    return Array(text.utf8)
  }
}

/// A path's text while it is read.
private struct PathText {
  let characters: [Character]
  private var at = 0

  init(characters: [Character]) { self.characters = characters }

  private var next: Character? { at < characters.count ? characters[at] : nil }

  mutating func steps() throws(FieldPath.Fault) -> [FieldPath.Step] {
    var steps: [FieldPath.Step] = []
    var wantsKey = true
    if next == "$", characters.count > 1, ".[".contains(characters[1]) {
      wantsKey = characters[1] == "."
      at = wantsKey ? 2 : 1
    }
    while let character = next {
      if character == "[" {
        steps.append(try bracketed())
        wantsKey = false
      } else if wantsKey {
        steps.append(try key())
        wantsKey = false
      } else if character == "." {
        at += 1
        guard let next, next != "[" else { throw fault("a key is missing behind the dot") }
        wantsKey = true
      } else {
        throw fault("behind ] comes a dot, a bracket or the end")
      }
    }
    if steps.isEmpty { throw fault("a key is missing") }
    return steps
  }

  private mutating func key() throws(FieldPath.Fault) -> FieldPath.Step {
    let start = at
    while let character = next, character != ".", character != "[" {
      guard character != "]", character != "\"" else {
        throw fault("a key with \(character) in it stands quoted in brackets: [\"…\"]")
      }
      at += 1
    }
    guard at > start else { throw fault("a key is missing") }
    return .key(Array(String(characters[start..<at]).utf8))
  }

  /// `[0]`, `["a.b"]` or `['a.b']`.
  private mutating func bracketed() throws(FieldPath.Fault) -> FieldPath.Step {
    at += 1
    let step: FieldPath.Step
    if let quote = next, quote == "\"" || quote == "'" {
      step = .key(Array(try quoted(quote).utf8))
    } else {
      let digits = characters[at...].prefix { $0.isASCII && $0.isNumber }
      guard let element = Int(String(digits)), digits.count <= 9 else {
        throw fault("in brackets stands a number from 0 or a quoted key")
      }
      at += digits.count
      step = .element(element)
    }
    guard next == "]" else { throw fault("a ] is missing") }
    at += 1
    return step
  }

  private mutating func quoted(_ quote: Character) throws(FieldPath.Fault) -> String {
    let start = at
    at += 1
    var key = ""
    while let character = next, character != quote {
      if character == "\\" { at += 1 }
      guard let plain = next else { break }
      key.append(plain)
      at += 1
    }
    guard next == quote else {
      at = start
      throw fault("the quote is never closed")
    }
    at += 1
    return key
  }

  private func fault(_ what: String) -> FieldPath.Fault {
    FieldPath.Fault(position: at + 1, what: what)
  }
}
