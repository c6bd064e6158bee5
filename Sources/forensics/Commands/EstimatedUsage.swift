import Tables

/// What one model's calls of a run used and cost.
struct ModelUsage {
  var model = "total"
  /// Without the hidden iterations inside them.
  var calls: Int64 = 0
  /// Calls and hidden iterations without a price; covered ones are not among them.
  var unpriced: Int64 = 0
  var input: Int64 = 0
  var written: Int64 = 0
  var read: Int64 = 0
  var output: Int64 = 0
  var costNanos: Int64 = 0
  /// Calls and hidden iterations that have a cost.
  var priced: Int64 = 0
  /// Calls and hidden iterations that a commitment covers, and what they would cost.
  var covered: Int64 = 0
  var coveredListNanos: Int64 = 0
  /// The calls of the whole run.
  var allCalls: Int64 = 0

  static let sql = """
    SELECT COALESCE(model, '(none)') AS model, SUM(kind = 'call') AS calls,
      SUM(cost_usd_nanos IS NULL AND list_cost_usd_nanos IS NULL) AS unpriced_calls,
      COALESCE(SUM(input_tokens), 0) AS input_tokens,
      COALESCE(SUM(cache_create_tokens), 0) AS cache_write_tokens,
      COALESCE(SUM(cache_read_tokens), 0) AS cache_read_tokens,
      COALESCE(SUM(output_tokens), 0) AS output_tokens,
      COALESCE(SUM(cost_usd_nanos), 0) AS cost_usd_nanos,
      COUNT(cost_usd_nanos) AS priced,
      SUM(cost_usd_nanos IS NULL AND list_cost_usd_nanos IS NOT NULL) AS covered_calls,
      COALESCE(SUM(list_cost_usd_nanos) FILTER (WHERE cost_usd_nanos IS NULL), 0)
        AS covered_list_usd_nanos
    FROM llm_call GROUP BY model ORDER BY cost_usd_nanos DESC, model
    """

  init(_ row: [Value]) {
    let numbers = row.dropFirst().map {
      if case .integer(let number) = $0 { number } else { Int64(0) }
    }
    if case .text(let name) = row[0] { model = name }
    (calls, unpriced, input) = (numbers[0], numbers[1], numbers[2])
    (written, read, output) = (numbers[3], numbers[4], numbers[5])
    (costNanos, priced) = (numbers[6], numbers[7])
    (covered, coveredListNanos) = (numbers[8], numbers[9])
  }

  init(sumOf lines: [ModelUsage]) {
    for line in lines {
      calls += line.calls
      unpriced += line.unpriced
      input += line.input
      written += line.written
      read += line.read
      output += line.output
      costNanos += line.costNanos
      priced += line.priced
      covered += line.covered
      coveredListNanos += line.coveredListNanos
    }
    allCalls = calls
  }
}
