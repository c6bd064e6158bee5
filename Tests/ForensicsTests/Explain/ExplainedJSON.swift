import Foundation

/// What `explain --format json` prints, its amounts read as decimals and never as binary numbers.
struct ExplainedJSON: Decodable {
  var explain: [Call]

  struct Call: Decodable {
    var key: String
    var kind: String
    var outcome: String
    var reason: String?
    var lines: [Line]
    var modifiers: [Modifier]
    var sum_usd: Decimal?
    var cost_usd: Decimal?
    var stored: Stored
    var tellings: [Telling]
    var iterations: [Call]
    var total_usd: Decimal?

    func amount(_ tokenClass: String) -> Decimal? {
      lines.first { $0.class == tokenClass }?.amount_usd
    }
  }

  struct Line: Decodable {
    var `class`: String
    var count: Int64
    var amount_usd: Decimal?
  }

  struct Modifier: Decodable {
    var name: String
    var factor: Decimal?
    var reason: String
  }

  struct Stored: Decodable {
    var cost_usd: Decimal?
    var agrees: Bool
  }

  struct Telling: Decodable {
    var file: String
    var line: Int64
    var decides_usage: Bool
  }

  init(_ text: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }
}

func decimal(_ text: String) throws -> Decimal {
  guard let value = Decimal(string: text) else { throw CocoaError(.formatting) }
  return value
}
