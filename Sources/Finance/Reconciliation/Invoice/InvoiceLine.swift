import UsageLog

/// What the words of a bill's line say: the model, the class of tokens, and whether it is for Claude at all.
struct InvoiceLine {
  /// In lower case, letters and digits only.
  private let squeezed: String
  private let words: [String]

  init(_ texts: [String]) {
    let text = texts.joined(separator: " ")
    squeezed = text.lowercased().filter { $0.isLetter || $0.isNumber }
    words = Self.words(text)
  }

  var isOfClaude: Bool { squeezed.contains("claude") || squeezed.contains("anthropic") }
  /// The cloud that sells it.
  var channel: String? {
    [("bedrock", "bedrock"), ("vertex", "vertex"), ("foundry", "foundry"), ("azure", "foundry")]
      .first { squeezed.contains($0.0) }?.1
  }
  var isBatch: Bool { squeezed.contains("batch") }
  var isFast: Bool { words.contains("fast") }

  /// Clouds name their global endpoint; what is not named says nothing.
  var geography: String? {
    if squeezed.contains("global") { return PriceTerms.global }
    return squeezed.contains("regional") || squeezed.contains("crossregion") ? "regional" : nil
  }

  var charge: InvoiceRow.Charge {
    if words.contains(where: ["tax", "taxes", "vat"].contains) { return .tax }
    if words.contains(where: ["discount", "credit", "credits", "refund"].contains) {
      return .credit
    }
    if squeezed.contains("websearch") { return .webSearch }
    if squeezed.contains("codeexecution") { return .codeExecution }
    if squeezed.contains("cache") {
      if squeezed.contains("write") || squeezed.contains("creation") {
        let isLong = ["1h", "1hour", "onehour"].contains { squeezed.contains($0) }
        return .tokens(isLong ? .cacheWrite1h : .cacheWrite5m)
      }
      if squeezed.contains("read") || squeezed.contains("hit") { return .tokens(.cacheRead) }
    }
    if squeezed.contains("output") { return .tokens(.output) }
    if squeezed.contains("input") { return .tokens(.input) }
    return .open
  }

  /// The longest run of words from "Claude" on that is a model's name.
  var model: String? {
    for (start, word) in words.enumerated() where word == "claude" {
      for count in (2...5).reversed() where start + count <= words.count {
        let name = words[start..<(start + count)].joined(separator: " ")
        if let model = modelID(displayed: name) { return model }
      }
    }
    return nil
  }

  /// Also apart where letters and digits meet: `Claude4.5Sonnet`.
  private static func words(_ text: String) -> [String] {
    var spaced = ""
    var last: Character?
    for character in text {
      let isWord = character.isLetter || character.isNumber || character == "."
      if let last, isWord, last.isLetter, character.isUppercase, last.isLowercase { spaced += " " }
      if let last, last.isLetter && character.isNumber || last.isNumber && character.isLetter {
        spaced += " "
      }
      spaced.append(isWord ? character : " ")
      last = character
    }
    return spaced.lowercased().split(separator: " ").map(String.init)
  }
}
