import UsageLog

extension UsageBucket {
  /// Takes in what `otherDimensions` wrote.
  mutating func readOtherDimensions(_ json: String?) {
    guard let json, let object = EmbeddedJSON.object(json) else { return }
    for (name, value) in object { dimensions[Dimension(rawValue: name)] = value }
  }

  /// What has no column of its own, as a JSON object in the order of its names; nil if there is none.
  var otherDimensions: String? {
    let others = dimensions.keys.filter { !Dimension.columns.contains($0) }.sorted()
    guard !others.isEmpty else { return nil }
    let members = others.map { "\(quoted($0.rawValue)):\(quoted(dimensions[$0] ?? ""))" }
    return "{" + members.joined(separator: ",") + "}"
  }

  private func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": json += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
