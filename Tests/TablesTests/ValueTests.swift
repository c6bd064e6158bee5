import Testing

@testable import Tables

struct ValueTests {
  @Test func `the nearest whole number agrees with the C library`() {
    let edges = [0.49999999999999994, 4503599627370497.5, 0x1p63, -0x1p63, 1e300, .nan, .infinity]
    let numbers = edges + (-4000...4000).flatMap { [Double($0) / 8, Double($0) * 1.1e15] }
    for number in numbers {
      #expect(Value.real(number).whole == Int64(exactly: number.rounded(.toNearestOrEven)))
    }
  }
}
