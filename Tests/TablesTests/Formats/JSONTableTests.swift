import Foundation
import Tables
import Testing

struct JSONTableTests {
  @Test func `json has the context, the columns and a row a line`() {
    #expect(
      TableFormat.json.render(story) == """
        {
          "schema_version":1,
          "recipe":"tenant-trend",
          "as_of":"2026-11-15T22:00:00.000Z",
          "since":"2026-11-08T22:00:00.000Z",
          "until":"2026-11-15T22:00:00.000Z",
          "timezone":"UTC",
          "coverage":{"calls":13004,"priced_calls":13003,"unpriced_models":["claude-opus-6-preview"],"calls_without_usage":0,"left_out_calls":0,"approximate_times":0,"extra_calls":0,"unpriced_calls":1,"tokens":0,"unpriced_tokens":0,"covered_calls":0,"covered_list_usd":0,"price_books":[]},
          "columns":[
            {"name":"tenant_id","unit":"text"},
            {"name":"n_calls","unit":"count"},
            {"name":"this_week_usd","unit":"usd"},
            {"name":"last_week_usd","unit":"usd"},
            {"name":"pct_change","unit":"pct"},
            {"name":"last_seen","unit":"instant"},
            {"name":"retry_storm","unit":"flag"}
          ],
          "rows":[
            {"tenant_id":"globex","n_calls":9120,"this_week_usd":412.5,"last_week_usd":223.123456789,"pct_change":84.875,"last_seen":"2026-11-15T21:59:58.250Z","retry_storm":true},
            {"tenant_id":"acme","n_calls":3871,"this_week_usd":96.04,"last_week_usd":101.07,"pct_change":-4.976748,"last_seen":"2026-11-14T22:00:00.000Z","retry_storm":false},
            {"tenant_id":"initech","n_calls":12,"this_week_usd":0.004000001,"last_week_usd":0,"pct_change":null,"last_seen":"2026-11-13T22:00:00.000Z","retry_storm":false},
            {"tenant_id":null,"n_calls":1,"this_week_usd":null,"last_week_usd":null,"pct_change":null,"last_seen":"2026-11-12T22:00:00.000Z","retry_storm":null}
          ]
        }

        """)
  }

  @Test func `jsonl has the rows and nothing else`() {
    #expect(
      TableFormat.jsonl.render(story) == """
        {"tenant_id":"globex","n_calls":9120,"this_week_usd":412.5,"last_week_usd":223.123456789,"pct_change":84.875,"last_seen":"2026-11-15T21:59:58.250Z","retry_storm":true}
        {"tenant_id":"acme","n_calls":3871,"this_week_usd":96.04,"last_week_usd":101.07,"pct_change":-4.976748,"last_seen":"2026-11-14T22:00:00.000Z","retry_storm":false}
        {"tenant_id":"initech","n_calls":12,"this_week_usd":0.004000001,"last_week_usd":0,"pct_change":null,"last_seen":"2026-11-13T22:00:00.000Z","retry_storm":false}
        {"tenant_id":null,"n_calls":1,"this_week_usd":null,"last_week_usd":null,"pct_change":null,"last_seen":"2026-11-12T22:00:00.000Z","retry_storm":null}

        """)
  }

  @Test func `hostile texts come back from Foundation's reader as they were`() throws {
    var answer = Answer(
      Table(
        columns: hostile.map { Column(name: "\($0)") },
        rows: [hostile.map(Value.text), hostile.reversed().map(Value.text)]))
    answer.recipe = hostile.joined()
    answer.coverage = Coverage(calls: 1, pricedCalls: 0, unpricedModels: hostile)
    let document = try object(TableFormat.json.render(answer))
    #expect(document["recipe"] as? String == hostile.joined())
    let coverage = try #require(document["coverage"] as? [String: Any])
    #expect(coverage["unpriced_models"] as? [String] == hostile)
    let rows = try #require(document["rows"] as? [[String: String]])
    #expect(hostile.map { rows[0][$0] } == hostile)
    #expect(hostile.map { rows[1][$0] } == hostile.reversed())
  }

  @Test func `a coverage's list price is exact, and unknown books are null`() throws {
    var answer = Answer(column())
    answer.coverage = Coverage(
      calls: 2, pricedCalls: 1, tokens: 1500, unpricedTokens: 0, coveredCalls: 1,
      coveredListNanos: 9_007_199_254_740_993, priceBooks: ["45cee58c290befdc", nil])
    let text = TableFormat.json.render(answer)
    #expect(text.contains(#""unpriced_calls":0,"tokens":1500,"unpriced_tokens":0,"#))
    #expect(text.contains(#""covered_calls":1,"covered_list_usd":9007199.254740993,"#))
    #expect(text.contains(#""price_books":["45cee58c290befdc",null]}"#))
  }

  @Test func `numbers that JSON lacks are null, and the others come back the same`() throws {
    let reals = [
      0, -0.0, 0.1, 1e-7, 1e22, .leastNonzeroMagnitude, -.greatestFiniteMagnitude, .nan, .infinity,
    ]
    let table = Table(
      columns: [Column(name: "x", unit: .real)], rows: reals.map { [.real($0)] })
    let rows = try #require(
      try object(TableFormat.json.render(Answer(table)))["rows"] as? [[String: Any]])
    #expect(rows.map { $0["x"] as? Double } == reals.map { $0.isFinite ? $0 : nil })
  }

  @Test func `amounts are decimals with every nano`() {
    let amounts = column("usd", .usd, 9_007_199_254_740_993, -1, 0, 1.5, nil)
    #expect(
      TableFormat.jsonl.render(Answer(amounts)) == """
        {"usd":9007199.254740993}
        {"usd":-0.000000001}
        {"usd":0}
        {"usd":0.000000002}
        {"usd":null}

        """)
  }

  @Test func `an empty table is an empty list`() throws {
    let document = try object(TableFormat.json.render(Answer(column())))
    #expect((document["rows"] as? [Any])?.isEmpty == true)
    #expect(document["since"] is NSNull)
    #expect(document["coverage"] is NSNull)
    #expect(TableFormat.jsonl.render(Answer(column())) == "")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
