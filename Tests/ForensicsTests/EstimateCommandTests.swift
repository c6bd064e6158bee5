import Foundation
import Testing

/// `estimate` and `breakeven` as people and scripts meet them.
@Suite struct EstimateCommandTests {
  private static let day = ["--at", "2026-11-21"]

  private func estimate(_ arguments: String) throws -> ForensicsBinary.Result {
    let words = arguments.split(separator: " ").map(String.init)
    return try ForensicsBinary().run(["estimate"] + words + Self.day)
  }

  /// The lines of a CSV by their first field.
  private func lines(_ output: String) -> [String: [String]] {
    let rows = output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return Dictionary(rows.map { ($0[0], Array($0.dropFirst())) }) { first, _ in first }
  }

  @Test func `the articles' month costs 142.50, to the digit, with the price that was taken`()
    throws
  {
    let result = try estimate(
      "--model sonnet-4-6 --input 2500 --output 450 --calls 10000 --format csv")
    #expect(result.status == 0)
    #expect(
      result.output == """
        part,tokens,usd_per_mtok,per_call_usd,day_usd,month_usd,share_pct
        input,2500,3,0.0075,2.5,75,52.63157894736842
        output,450,15,0.00675,2.25,67.5,47.368421052631575
        total,2950,,0.01425,4.75,142.5,100.0

        """)
    #expect(
      result.errors.contains("claude-sonnet-4-6 at anthropic, valid from 2026-03-13, verified"))
    #expect(result.errors.contains("catalogue "))
    #expect(result.errors.contains("10,000 calls a month; a month is 30 days"))
  }

  @Test func `padding is one and a half times, and says so`() throws {
    let result = try estimate(
      "--model sonnet-4-6 --input 2000 --output 500 --calls 10000 --per day --pad --format csv")
    let rows = lines(result.output)
    #expect(rows["total"]?[2...4] == ["0.0135", "135", "4050"])
    #expect(rows["tool loops +30 %"]?[2] == "0.00405")
    #expect(rows["retries +20 %"]?[2] == "0.0027")
    #expect(rows["padded total"]?[2...4] == ["0.02025", "202.5", "6075"])
    #expect(result.errors.contains("added, not multiplied: 1.5 times"))
  }

  @Test func `words and files go by the rule of thumb, which is named`() throws {
    let forensics = try ForensicsBinary()
    let file = try forensics.write(String(repeating: "wörd", count: 1000), to: "prompt.txt")
    let text = try forensics("estimate", "--model", "haiku-4-5", "--text-file", file, "-j")
    #expect(text.output.contains(#""part":"input","tokens":1000,"#))
    #expect(text.errors.contains("rule of thumb"))
    let words = try estimate("--model haiku-4-5 --words 2000 --output-words 300 --format csv")
    #expect(lines(words.output)["input"]?[0] == "2667")
    #expect(lines(words.output)["output"]?[0] == "400")
  }

  @Test func `cache, batch, channel and long prompts change the rates`() throws {
    let cached = try estimate(
      "--model sonnet-4-6 --input 8000 --cache-write 2000 --ttl 1h --output 800 --format csv")
    #expect(lines(cached.output)["cache write 1h"]?[0...2] == ["2000", "6", "0.012"])
    let batch = try estimate(
      "--model sonnet-4-6 --input 800 --output 200 --batch --calls 200000 --per run --format csv")
    #expect(lines(batch.output)["total"]?[3] == "540")
    let cloud = try estimate(
      "--model sonnet-4-6 --input 1000000 --channel bedrock --region us-east-1 --format csv")
    #expect(lines(cloud.output)["total"]?[2] == "3.3")
    let long = try estimate("--model haiku-5-5 --input 100001 --format csv")
    #expect(lines(long.output)["total"]?[2] == "0.0500005")
    #expect(long.errors.contains("longer than 100,000 tokens"))
  }

  @Test func `a tool loop is shown call by call, with the naive figure`() throws {
    let result = try estimate(
      "--model sonnet-4-6 --system 250 --user 200 --reply 250 --tool-result 1500,2200,800 "
        + "--tool-call-output 80,60,60 --format csv --pad")
    let rows = lines(result.output)
    #expect(rows["tool call 3"]?[0...2] == ["4290", "60", "0.01377"])
    #expect(rows["one task"]?[0...2] == ["11920", "450", "0.04251"])
    #expect(rows["naive: no tools"]?[2] == "0.0051")
    #expect(rows["padded total"]?[2] == "0.051012")
    #expect(result.errors.contains("8.34 times the naive figure"))
    #expect(result.errors.contains("no padding for tool loops"))
  }

  @Test func `a window and the cache make a conversation cheaper, and the table says by how much`()
    throws
  {
    let chat = "--model sonnet-4-6 --turns 6 --system 1200 --user 80 --reply 350 --format csv"
    let full = lines(try estimate(chat).output)
    #expect(full["one conversation"]?[2] == "0.07389")
    #expect(full["naive: no history"]?[2] == "0.05454")
    let windowed = lines(try estimate(chat + " --history window:2 --cache prefix").output)
    #expect(windowed["full history uncached"]?[4] == "0.07389")
    #expect(windowed["turn 6"]?[0...3] == ["940", "0", "1200", "350"])
  }

  @Test func `a comparison lists the cheapest first, and never a missing price as zero`() throws {
    let result = try estimate(
      "--compare gpt-4o,sonnet-4-6,haiku-4-5,fable-5-2 --input 1000 --output 300 --fast --format csv"
    )
    let rows = result.output.split(separator: "\n").dropFirst()
    #expect(
      rows.first?.hasPrefix("claude-fable-5-2,anthropic-fast,0.04,60.0,1.0,not verified") == true)
    #expect(rows.dropFirst().allSatisfy { $0.contains(",,,,no price: fast mode") })
    let plain = try estimate(
      "--compare gpt-4o,sonnet-4-6,haiku-4-5 --model opus-4-7 --input 1000 --output 300 --format csv"
    )
    #expect(
      plain.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[0] } == [
        "claude-haiku-4-5-20251001", "gpt-4o", "claude-sonnet-4-6", "claude-opus-4-7",
      ])
    #expect(plain.errors.contains("30 % more tokens"))
  }

  @Test func `comparing all has every maker's models, each once`() throws {
    let result = try estimate("--compare all --input 1000 --output 300 --format csv")
    let names = result.output.split(separator: "\n").dropFirst().map {
      String($0.split(separator: ",")[0])
    }
    #expect(Set(names).count == names.count)
    #expect(Set(names).isSuperset(of: ["claude-opus-5-5", "gpt-5.2", "gemini-3.8-flash"]))
    #expect(!names.contains("claude-haiku-4-5"))
  }

  @Test func `provisioned throughput breaks even where on demand costs as much`() throws {
    let result = try estimate(
      "--model haiku-4-5 --channel bedrock --region us --input 2000 --output 500 --calls 3000000 "
        + "--provisioned-hourly 39.60 --units 2 --term 6 --format csv")
    #expect(
      result.output == """
        case,calls_a_month,month_usd,term_usd
        on demand,3000000,14850,89100
        provisioned,3000000,57024,342144
        break-even,11520000,57024,342144

        """)
    let direct = try estimate("--model haiku-4-5 --input 2000 --provisioned-hourly 39.60")
    #expect(direct.status == 64 && direct.errors.contains("--channel bedrock"))
  }

  @Test(arguments: [
    ("--model opus-5-6 --input 1", "claude-opus-5-5"),
    ("--model 3-5-sonnet --input 1", "claude-3-5-sonnet-20240620 or claude-3-5-sonnet-20241022"),
    ("--input 1", "--model sonnet-4-6"), ("--model opus-5", "say what to estimate"),
    ("--model opus-5 --input 1 --turns 3 --user 1 --reply 1", "one of them"),
    ("--model opus-5 --input -1", "--input"), ("--model opus-5 --input 1 --words 2", "give one"),
    ("--model opus-5 --turns 3 --user 10", "--reply TOKENS"),
    ("--model opus-5 --turns 3 --user 10 --reply 5 --history window:2 --cache history", "full"),
    ("--model opus-5 --tool-result 10,20 --user 1 --reply 1 --tool-call-output 1,2,3", "2 of them"),
    ("--model opus-5 --input 1 --region us", "--channel bedrock"),
    ("--model opus-5 --input 1 --per day", "--per needs"),
    ("--model opus-5 --input 1 --output 1e3", "whole tokens"),
  ])
  func `wrong usage says what to type next`(_ arguments: String, _ hint: String) throws {
    let result = try estimate(arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains(hint), "\(result.errors)")
  }

  @Test(arguments: [
    ("--model sonnet-4-6 --input 1 --channel bedrock", "--region global"),
    ("--model gpt-4o --input 1 --channel bedrock", "no price for it"),
    ("--model opus-4-6 --input 1 --fast", "has no price on 2026-11-21"),
  ])
  func `no price is a failure that names the condition`(_ arguments: String, _ hint: String) throws
  {
    let result = try estimate(arguments)
    #expect(result.status == 1)
    #expect(result.errors.contains(hint), "\(result.errors)")
  }

  @Test func `the day decides the price`() throws {
    let forensics = try ForensicsBinary()
    let before = try forensics(
      "estimate", "--model", "sonnet-5-5", "--cache-read", "1000000", "--at", "2026-10-06", "-j")
    #expect(before.output.contains(#""per_call_usd":0.2,"#))
    let after = try forensics(
      "estimate", "--model", "sonnet-5-5", "--cache-read", "1000000", "--at", "2026-10-07", "-j")
    #expect(after.output.contains(#""per_call_usd":0.1,"#))
    let early = try forensics("estimate", "--model", "opus-5", "--input", "1", "--at", "2026-01-01")
    #expect(early.status == 1 && early.errors.contains("start on 2026-07-24"))
  }
}
