import CallStore
import Foundation
import Testing
import UsageLog

@testable import forensics

/// `prices` of forensics.yml: what is read, and what is refused at which line.
@Suite struct PriceOverrideReadingTests {
  private func read(_ text: String) throws -> [PriceOverride] {
    let forensics = try ForensicsBinary()
    let path = try forensics.write(text, to: "forensics.yml")
    do {
      return try ConfigurationFile(path: path).prices.overrides.map(\.override)
    } catch let error as SettingsError {
      throw Refusal(text: error.description.replacing(forensics.folder.path + "/", with: ""))
    }
  }

  private struct Refusal: Error {
    let text: String
  }

  private func refusal(_ lines: String...) -> String {
    do {
      _ = try read(
        (["prices:", "  overrides:"] + lines.map { "    " + $0 }).joined(separator: "\n"))
      return "none"
    } catch {
      return (error as? Refusal)?.text ?? "\(error)"
    }
  }

  @Test func `every key of an override is read exactly`() throws {
    let overrides = try read(
      """
      prices:
        overrides:
          - {name: Anthropic 2026, channel: Anthropic, from: 2026-01-01, until: 2027-01-01, discount: 12.5%}
          - {model: gpt-4o-2024-08-06, same_as: gpt-4o}
          - model: acme-7
            service_tier: batch
            speed: fast
            region: us
            rates: {input: 1.5, output: 6, cache_write_5m: 1.875, cache_write_1h: 3, cache_read: 0.15,
                    web_search_usd_per_1000: 8, batch_multiplier: 0.5}
          - {workspace: wrk_1, covered: true}
          - {account: "123456789012", discount: 0.1}
          - {api_key: 0123, discount: 5 %}
      """)
    #expect(
      overrides.map { "\($0.whichCalls): \($0.whatHolds)" } == [
        "channel anthropic, from 2026-01-01, until 2027-01-01: 12.5% off",
        "model gpt-4o-2024-08-06: priced as gpt-4o",
        "model acme-7, service_tier batch, speed fast, region us: input 1.5, output 6, "
          + "cache_write_5m 1.875, cache_write_1h 3, cache_read 0.15, web_search_usd_per_1000 8, "
          + "batch_multiplier 0.5",
        "workspace wrk_1: covered", "workspace 123456789012: 10% off", "api_key 0123: 5% off",
      ])
    #expect(overrides[0].name == "Anthropic 2026")
    #expect(overrides[1].name == "same_as for model gpt-4o-2024-08-06")
  }

  @Test(arguments: [
    ("- {model: m}", "says one of same_as, rates, discount, covered; this one says none"),
    ("- {discount: 5%, covered: true}", "this one says discount, covered"),
    ("- {rates: {input: 1, output: 2}}", "for one model: name it with 'model'"),
    ("- {same_as: m}", "for one model: name it with 'model'"),
    ("- {model: m, same_as: n, from: 2026-01-01}", "leave 'from' and 'until' out"),
    ("- {from: 2026-02-01, until: 2026-02-01, discount: 5%}", "'until' is not after 'from'"),
    ("- {from: 1.2.2026, discount: 5%}", "must be a day such as 2026-03-13"),
    ("- {until: 2026-02-30, discount: 5%}", "must be a day such as 2026-03-13"),
    ("- {discount: 100%}", "must be a share below one, such as 12% or 0.12"),
    ("- {discount: 12}", "must be a share below one, such as 12% or 0.12"),
    ("- {discount: 0%}", "must be a share below one"),
    ("- {discount: -5%}", "must be a share below one"),
    ("- {covered: false}", "must be true, or not there"),
    (
      "- {modell: m, discount: 5%}", "there is no setting 'prices.overrides.modell'; known here are"
    ),
    ("- {workspace: a, account: b, discount: 5%}", "a workspace or an account; give one of them"),
    (
      "- {model: m, rates: {input: , output: 1}}",
      "'prices.overrides.rates.input' has no amount yet: fill it in, in USD per million tokens"
    ),
    ("- {model: m, rates: {input: 1.0000001}}", "with at most 6 decimals and below 1,000"),
    ("- {model: m, rates: {input: 2000}}", "with at most 6 decimals and below 1,000"),
    ("- {model: m, rates: {input: 1e-3}}", "must be USD per million tokens"),
    ("- {model: m, rates: {inputs: 1}}", "known here are input, output, cache_write_5m"),
    ("- {model: m, rates: {batch_multiplier: 2}}", "must be a number from 0 to 1"),
    ("- {model: m, rates: {web_search_usd_per_1000: x}}", "must be USD per 1,000 searches"),
    ("- {model: m, rates: 5}", "must be a mapping of settings"),
    ("- {model: [m], discount: 5%}", "must be a text"),
    ("- discount", "must be a mapping of settings"),
  ])
  func `a mistake is refused with file and line`(item: String, says: String) {
    let text = refusal("- {discount: 1%}", item)
    #expect(text.hasPrefix("forensics.yml:4: "), "\(text)")
    #expect(text.contains(says), "\(text)")
  }

  @Test func `a mistake inside an item is told at its own line`() {
    let text = refusal("- model: m", "  rates:", "    input: 1", "    output: much")
    #expect(text.hasPrefix("forensics.yml:6: 'prices.overrides.rates.output' must be USD"))
  }

  @Test func `files are read beside the configuration, and theirs come first`() throws {
    let forensics = try ForensicsBinary()
    _ = try forensics.write(
      "provider,model,alias_of,valid_from,valid_to,input,output,cache_write_5m,cache_write_1h,"
        + "cache_read,long_context_threshold,long_input,long_output,batch_multiplier,"
        + "us_residency_multiplier,web_search_usd_per_1000,unverified,source\n"
        + "acme,acme-7,,,,1,2,,,,,,,,,,0,contract\n", to: "prices/ours.csv")
    _ = try forensics.write(
      "prices:\n  overrides:\n    - {name: first, discount: 5%}\n", to: "prices/contract.yml")
    let file = try forensics.write(
      """
      prices:
        files: [prices/ours.csv, prices/contract.yml]
        overrides:
          - {name: second, discount: 6%}
      """, to: "forensics.yml")
    let settings = try Settings(configurationFlag: file, environment: [:]).prices()
    #expect(settings.lists.map(\.name) == ["prices/ours.csv"])
    #expect(settings.overrides.map(\.name) == ["first", "second"])
    let shown = try forensics("config", "--config", file, "--format", "tsv").output
    #expect(shown.contains("prices.files.1\tprices/ours.csv\t\(file):2\n"))
    #expect(
      shown.contains(
        "prices.overrides.1\tfirst: all calls: 5% off\t\(forensics.folder.path)/prices/contract.yml:3\n"
      ))
    #expect(shown.contains("prices.overrides.2\tsecond: all calls: 6% off\t\(file):4\n"))
  }

  @Test(arguments: [
    ("nowhere.csv", "cannot read the price file 'nowhere.csv'"),
    ("bad.csv", "'bad.csv' is no price file: price catalogue, line 1: expected the header"),
    ("other.yml", "'other.yml' must hold 'prices: overrides:' and nothing else"),
    ("nested.yml", "'nested.yml' must hold 'prices: overrides:' and nothing else"),
  ])
  func `a file that cannot be used is refused where it is named`(name: String, says: String) throws
  {
    let forensics = try ForensicsBinary()
    _ = try forensics.write("model,price\nm,1\n", to: "bad.csv")
    _ = try forensics.write("timezone: UTC\n", to: "other.yml")
    _ = try forensics.write("prices: {files: [bad.csv]}\n", to: "nested.yml")
    let file = try forensics.write("prices:\n  files: [\(name)]\n", to: "forensics.yml")
    let result = try forensics("prices", "list", "--config", file)
    #expect(result.status == 1)
    #expect(result.errors.contains("forensics.yml:2: "), "\(result.errors)")
    #expect(result.errors.contains(says), "\(result.errors)")
  }
}
