/// Milliseconds.
let hourLength: Int64 = 3_600_000
let dayLength: Int64 = 86_400_000

func floor(_ value: Int64, _ unit: Int64) -> Int64 {
  value >= 0 ? value / unit : (value - unit + 1) / unit
}

func ceil(_ value: Int64, _ unit: Int64) -> Int64 { floor(value + unit - 1, unit) }
