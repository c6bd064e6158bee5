import Foundation
import Testing

/// Eight days in which logs and provider disagree, each time for another reason; what each moves was computed by
/// sample-data/reconcile/generate.py from what it planted.
@Suite struct ReconcileCommandTests {
  private static let sample = "sample-data/reconcile/"
  private let expected: [String: [String: Any]]
  private let forensics: ForensicsBinary

  init() throws {
    let file = ForensicsBinary.checkout.appendingPathComponent(
      "Tests/Oracle/reconcile.expected.json")
    expected = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: [String: Any]])
    forensics = try ForensicsBinary()
    _ = try forensics.run(
      ["import"]
        + ["calls.jsonl", "admin-usage-report.json", "admin-cost-report.json"].map {
          Self.sample + $0
        })
  }

  private struct Bridge {
    var calls: Decimal
    var provider: Decimal
    var lines: [String: Decimal]
    var json: [String: Any]
  }

  private func reconcile(_ arguments: String..., status: Int32 = 3) throws -> Bridge {
    let result = try forensics.run(["reconcile", "--format", "json"] + arguments)
    #expect(result.status == status, "\(result.errors)")
    // JSONSerialization reads decimals as doubles: keep the digits as they are printed.
    let text = result.output.replacing(/"((?:[a-z_]+_)?usd)":(-?[0-9.]+)/) {
      "\"\($0.1)\":\"\($0.2)\""
    }
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let lines = try #require(json["lines"] as? [[String: Any]])
    return Bridge(
      calls: try amount(json["calls_usd"]), provider: try amount(json["provider_usd"]),
      lines: try Dictionary(
        uniqueKeysWithValues: lines.map { ($0["residual"] as? String ?? "", try amount($0["usd"])) }
      ),
      json: json)
  }

  private func amount(_ value: Any?) throws -> Decimal {
    try #require(Decimal(string: value as? String ?? ""))
  }

  private func lines(_ story: String) throws -> [String: Decimal] {
    try #require(expected[story]?["lines"] as? [String: String]).mapValues {
      try #require(Decimal(string: $0))
    }
  }

  @Test func `each planted discrepancy is named with its exact amount, and nothing else`() throws {
    let bridge = try reconcile("--since", "2026-09-01", "--until", "2026-09-08")
    #expect(bridge.lines == (try lines("seven-days")))
    #expect(bridge.calls == (try amount(expected["seven-days"]?["calls"])))
    #expect(bridge.provider == (try amount(expected["seven-days"]?["provider"])))
    #expect(bridge.lines.values.reduce(bridge.calls, +) == bridge.provider)
  }

  @Test func `a day whose reports were fetched at six in the evening is late`() throws {
    let six = Date(timeIntervalSince1970: 1_788_890_400)  // 2026-09-08T18:00:00Z
    for name in ["admin-usage-report.json", "admin-cost-report.json"] {
      let file = ForensicsBinary.checkout.appendingPathComponent(Self.sample + "early/" + name)
      let copy = try forensics.write(String(contentsOf: file, encoding: .utf8), to: "early-" + name)
      try FileManager.default.setAttributes([.modificationDate: six], ofItemAtPath: copy)
      _ = try forensics("import", copy)
    }
    let bridge = try reconcile("--since", "2026-09-01", "--until", "2026-09-09")
    #expect(bridge.lines == (try lines("eight-days")))
    let text = try forensics("reconcile", "--since", "2026-09-01", "--until", "2026-09-09").output
    #expect(text.contains("not final: 2026-09-08"))
  }

  @Test func `rows by any choice of columns say where`() throws {
    let bridge = try reconcile(
      "--since", "2026-09-01", "--until", "2026-09-08", "--by", "day", "--by", "model", "--by",
      "workspace", "--by", "token-class")
    let rows = try #require(bridge.json["rows"] as? [[String: Any]])
    func days(of residual: String) -> Set<String> {
      Set(
        rows.filter { row in
          (row["lines"] as? [[String: Any]])?.contains { $0["residual"] as? String == residual }
            ?? false
        }.compactMap { $0["day"] as? String })
    }
    #expect(days(of: "missing-calls") == ["2026-09-02"])
    #expect(days(of: "priority-tier") == ["2026-09-03"])
    #expect(days(of: "code-execution") == ["2026-09-04"])
    #expect(days(of: "regional-premium") == ["2026-09-05"])
    #expect(days(of: "price-difference") == ["2026-09-06"])
    #expect(days(of: "not-priced") == ["2026-09-07"])
    let table = try forensics(
      "reconcile", "--since", "2026-09-01", "--until", "2026-09-08", "--by", "token-class",
      "--format", "csv")
    #expect(table.output.hasPrefix("token_class,calls_usd,other_channels_usd,missing_calls_usd,"))
  }

  @Test func `the Console's exports name the same, but for their cents`() throws {
    _ = try forensics.run(
      ["import"] + ["console-usage.csv", "console-cost.csv"].map { Self.sample + $0 })
    let bridge = try reconcile(
      "--since", "2026-09-01", "--until", "2026-09-08", "--usage", "console", "--cost", "console")
    var planted = try lines("seven-days")
    let rounding = abs(try #require(bridge.lines["rounding"]))
    #expect(rounding > 0 && rounding <= Decimal(expected["console"]?["rows"] as? Int ?? 0) / 200)
    #expect(bridge.provider == (try amount(expected["console"]?["provider"])))
    #expect(Set(bridge.lines.keys) == Set(planted.keys).union(["rounding"]))
    // What is priced by its tokens is exact; what stands only in the cost report is in cents.
    for name in ["not-priced", "code-execution", "price-difference"] {
      let difference = try #require(bridge.lines[name]) - (try #require(planted[name]))
      #expect(abs(difference) <= Decimal(string: "0.04")!, "\(name)")
      planted[name] = bridge.lines[name]
    }
    planted["rounding"] = bridge.lines["rounding"]
    #expect(bridge.lines == planted)
  }

  @Test func `a bill of AWS, and one of Google in euros`() throws {
    let aws = try reconcile(
      "--since", "2026-09-01", "--until", "2026-09-09", "--invoice", Self.sample + "aws-bill.csv")
    #expect(aws.lines == (try lines("aws")))
    #expect(aws.json["channel"] as? String == "bedrock")
    let google = try reconcile(
      "--since", "2026-09-01", "--until", "2026-09-09", "--invoice",
      Self.sample + "google-bill.csv",
      "--fx", "0.92")
    #expect(google.lines == (try lines("google")))
  }

  @Test func `a total goes on from the report, and its tolerance decides the status`() throws {
    let week = ["--since", "2026-09-01", "--until", "2026-09-08"]
    let same = try forensics.run(["reconcile", "--invoice-total", "65.89"] + week)
    #expect(same.status == 3 && !same.output.contains("invoice beyond the report"))
    let loose = try forensics.run(["reconcile", "--tolerance", "20"] + week)
    #expect(loose.status == 0 && loose.output.contains("within the tolerance of $20"))
    let tight = try forensics.run(["reconcile", "--tolerance", "1%"] + week)
    #expect(tight.status == 3 && tight.output.contains("more than the tolerance of 1 %"))
  }

  @Test func `the story of November ties to the cent but for its container hours`() throws {
    _ = try forensics.run(["import"] + ForensicsBinary.story)
    let bridge = try reconcile("--since", "2026-11-01", "--until", "2026-11-16", status: 0)
    #expect(bridge.lines == ["code-execution": Decimal(string: "0.04125")!])
  }

  @Test func `a period without reports, and nonsense, are said with the way out`() throws {
    let none = try forensics("reconcile", "--month", "2025-01")
    #expect(none.status == 1 && none.errors.contains("--invoice"))
    for nonsense in [
      ["--tolerance", "some"], ["--fx", "0.92"], ["--invoice-total", "lots"],
      ["--invoice-total", "1", "--fx", "0"], ["--by", "colour"],
    ] {
      #expect(try forensics.run(["reconcile"] + nonsense).status == 64, "\(nonsense)")
    }
    let missing = try forensics("reconcile", "--month", "2026-09", "--invoice", "no-such.csv")
    #expect(missing.status == 1 && missing.errors.contains("cannot read 'no-such.csv'"))
  }
}
