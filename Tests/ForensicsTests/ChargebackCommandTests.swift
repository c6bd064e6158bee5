import Foundation
import Testing

/// `chargeback` and `margin`, as they are typed.
@Suite struct ChargebackCommandTests {
  private static let configuration = """
    finance:
      rate_card:
        default: {markup: 30%}
        tenants: {alder-bank: {margin: 30%, minimum: 20}}
      shared:
        - {feature: nightly-digest, by: usage}
        - {tenant: lumen-desk, by: equal}
      plans:
        pro: {price: 5, tenants: [brisk-parcel, dune-hotels]}
      margin_objective: 40%
    """

  private func desk() throws -> ForensicsBinary {
    let forensics = try ForensicsBinary()
    _ = try forensics("import", "sample-data/app-calls.jsonl")
    return forensics
  }

  private func columns(_ csv: String) -> [[String: String]] {
    let lines = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  @Test func `costs are those of plain SQL, tenant by tenant, to the nano-dollar`() throws {
    let forensics = try desk()
    let rows = columns(
      try forensics("chargeback", "--month", "2026-11", "--format", "csv").output)
    let sql = columns(
      try forensics(
        "sql",
        """
        SELECT tenant_id AS name, SUM(cost_usd_nanos) AS cost_usd_nanos, COUNT(*) AS n
        FROM llm_call WHERE occurred_at >= 1793491200000 AND occurred_at < 1796083200000 GROUP BY 1
        """, "--format", "csv"
      ).output)
    #expect(sql.count == 8)
    for row in sql {
      let own = rows.first { $0["name"] == row["name"] && $0["line"] != "total" }
      #expect(own?["cost_usd"] == row["cost_usd"] && own?["n_calls"] == row["n"], "\(row)")
    }
    let total = columns(
      try forensics(
        "sql", "SELECT SUM(cost_usd_nanos) AS cost_usd_nanos FROM llm_call", "--format", "csv"
      ).output)
    #expect(rows.last?["cost_usd"] == total[0]["cost_usd"])
  }

  @Test func `rules move cost between tenants, never its sum`() throws {
    let forensics = try desk()
    let file = try forensics.write(Self.configuration, to: "forensics.yml")
    let plain = columns(
      try forensics("chargeback", "--month", "2026-11", "--format", "csv").output)
    let ruled = columns(
      try forensics("chargeback", "--month", "2026-11", "--format", "csv", "--config", file)
        .output)
    #expect(plain.last?["cost_usd"] == ruled.last?["cost_usd"])
    #expect(
      ruled.filter { $0["line"] == "shared" }.map { $0["name"] } == [
        "nightly-digest", "shared costs",
      ])
    #expect(ruled.first?["charge_usd"] == "20" && ruled.first?["name"] == "alder-bank")
    let weeks = try ["2026-W44", "2026-W45", "2026-W46", "2026-W47"].map { week in
      try forensics("chargeback", "--week", week, "--format", "csv", "--config", file).status
    }
    #expect(weeks == [0, 0, 0, 0])
  }

  @Test func `statements are written, one of each kind a tenant`() throws {
    let forensics = try desk()
    let file = try forensics.write(Self.configuration, to: "forensics.yml")
    let folder = forensics.folder.appendingPathComponent("out/nov").path
    func names() throws -> [String] {
      let result = try forensics(
        "chargeback", "--month", "2026-11", "--config", file, "--statements", folder, "--fx",
        "EUR=0.92")
      #expect(result.status == 0 && result.errors.contains("6 statements"), "\(result.errors)")
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
    let first = try names()
    #expect(first.count == 18 && first.contains("dune-hotels.2026-11.csv"))
    func content(_ name: String) throws -> String {
      try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }
    let before = try first.map(content)
    #expect(try names() == first && first.map(content) == before, "the same again")
    let lines = columns(try content("dune-hotels.2026-11.csv"))
    #expect(lines.last?["line"] == "total" && lines.last?["charge_eur"] != nil)
    #expect(!before[first.firstIndex(of: "dune-hotels.2026-11.md")!].contains("lumen-desk"))
  }

  @Test func `a plan below the objective is what was asked for`() throws {
    let forensics = try desk()
    let file = try forensics.write(Self.configuration, to: "forensics.yml")
    func status(_ words: String...) throws -> Int32 {
      try forensics.run(["margin", "--month", "2026-11", "--config", file] + words).status
    }
    #expect(try status() == 3)
    #expect(try status("--objective", "0") == 3, "brisk-parcel costs more than it pays")
    #expect(try status("--plan", "pro") == 3)
    #expect(try status("--plan", "gold") == 1)
    #expect(try status("--objective", "140%") == 64)
    let without = try forensics.run(["margin", "--month", "2026-11"])
    #expect(without.status == 1 && without.errors.contains("plans"))
  }

  @Test(arguments: [
    ["--fx", "EUR"], ["--fx", "EUR=0"], ["--fx", "euro=0.92"], ["--fx", "EUR=0.1234567"],
    ["--units", "--tenant", "alder-bank"],
  ]) func `what cannot be asked is wrong usage`(_ words: [String]) throws {
    #expect(try ForensicsBinary().run(["chargeback"] + words).status == 64)
  }

  @Test func `a tenant that is not there is said`() throws {
    let result = try desk().run(["chargeback", "--month", "2026-11", "--tenant", "nobody"])
    #expect(result.status == 1 && result.errors.contains("nobody"))
  }

  @Test(arguments: [
    "rate_card: {default: {markup: x}}", "rate_card: {default: {margin: 100%}}",
    "rate_card: {default: {markup: 3%, margin: 3%}}", "rate_card: {plans: {pro: {markup: 3%}}}",
    "rate_card: {tenants: {acme: [{markup: 1%}, {markup: 2%}]}}",
    "rate_card: {default: {from: 2026-02-30}}", "rate_card: {default: {rates: {all: {input: 3}}}}",
    "rate_card: {default: {rates: {all: {input: 3, output: 1e3}}}}", "shared: [{by: usage}]",
    "shared: [{feature: x}]", "shared: [{feature: x, by: weights}]",
    "shared: [{feature: x, by: usage, weights: {acme: 1}}]", "unallocated: lose",
    "plans: {pro: {tenants: [acme]}}", "plans: {pro: {price: 4}}",
    "plans: {pro: {price: 4, per: seat, tenants: [acme]}}",
    "plans: {pro: {price: 4, tenants: {acme: 2}}}",
    "plans: {pro: {price: 4, tenants: [acme]}, team: {price: 1, tenants: [acme]}}",
    "margin_objective: 100%", "currency: euro", "fx: {EUR: {rate: -1}}", "fx: {EUR: {source: me}}",
    "statements: {cost: no}", "rate_crad: {}",
  ]) func `a setting that cannot be understood is named with its line`(_ setting: String) throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write("finance:\n  \(setting)\n", to: "bad.yml")
    let result = try forensics.run(["config", "--config", file])
    #expect(result.status == 1 && result.errors.contains("bad.yml:2"), "\(result.errors)")
  }

  @Test func `config shows the settings, a currency needs a rate`() throws {
    let forensics = try desk()
    let file = try forensics.write(
      Self.configuration + "\n  currency: EUR\n", to: "forensics.yml")
    let config = try forensics("config", "--config", file, "--format", "tsv")
    #expect(config.output.contains("finance.shared.1.feature\tnightly-digest\t\(file):6"))
    #expect(config.output.contains("finance.rate_card.default.markup\t30%\t\(file):3"))
    let result = try forensics.run(["chargeback", "--month", "2026-11", "--config", file])
    #expect(result.status == 1 && result.errors.contains("forensics.yml:11"), "\(result.errors)")
  }
}
