/// A list of prices as someone else keeps it: what of it can be used, and what cannot and why.
///
/// Reading stops at nothing but a file that is no list at all. It is shown (`PriceListDiff`,
/// `PriceListCheck`) before anything of it is taken.
package struct PriceFile: Sendable {
  package enum Kind: Sendable {
    /// The catalogue's own form; rows say when they hold.
    case catalogue
    /// LiteLLM's `model_prices_and_context_window.json`: what it said on one day.
    case liteLLM
  }

  /// Something in the file that became no row.
  package struct PassedOver: Hashable, Sendable {
    package enum Kind: Sendable {
      /// Not a price of text by the token: images, audio, minutes.
      case outOfScope
      /// A price, but not one that can be told exactly.
      case unreadable
      /// Says of one model what something else in the file says otherwise.
      case contradictory
    }

    package let kind: Kind
    package let line: Int
    /// What the file calls it.
    package let name: String
    /// The same words for the same thing, so that they can be counted.
    package let reason: String
  }

  package let name: String
  package let kind: Kind
  package internal(set) var rows: [PriceRow] = []
  package internal(set) var passedOver: [PassedOver] = []
  /// What was taken with a grain of salt, with the number of rows it is true of.
  package internal(set) var remarks: [String: Int] = [:]
  /// Columns whose emptiness says nothing: the file has no place for them, or often leaves them out.
  package internal(set) var unstated: Set<PriceColumn> = []

  init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// Reads the bytes of a file, in whichever of the forms it is.
  ///
  /// - Parameters:
  ///   - observed: the first instant of the day on which it was seen, for lists without dates.
  ///   - catalogue: what tells aliases, and which cloud models cost the same on all endpoints.
  package static func read(
    _ bytes: [UInt8], name: String, observed: Int64, catalogue: PriceCatalogue
  ) throws(PriceFileError) -> PriceFile {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = Array(bytes[start...])
    guard let first = text.first(where: { !isASCIISpace($0) }) else {
      throw PriceFileError(name: name, problem: "is empty")
    }
    return first == UInt8(ascii: "{")
      ? try PriceFile(
        liteLLM: text, name: name, observed: dayText(observed), catalogue: catalogue)
      : try PriceFile(csv: text, name: name)
  }

  /// The rows as a catalogue's text, with its header.
  package var csv: [UInt8] {
    Array(([PriceColumn.header] + rows.map(\.csv)).map { $0 + "\n" }.joined().utf8)
  }
}

/// Why a file is no list of prices.
package struct PriceFileError: Error, Equatable, CustomStringConvertible {
  package let name: String
  package let problem: String

  package var description: String {
    "\(name): \(problem); a price list is LiteLLM's model_prices_and_context_window.json, or CSV "
      + "whose first line names at least provider,model,input,output"
  }
}
