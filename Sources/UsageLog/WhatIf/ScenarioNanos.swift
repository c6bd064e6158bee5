/// One amount for each of up to three scenarios, in nanodollars.
package struct ScenarioNanos: Hashable, Sendable {
  package var first: Int64 = 0
  package var second: Int64 = 0
  package var third: Int64 = 0

  package init() {}

  package subscript(scenario: Int) -> Int64 {
    get { scenario == 0 ? first : scenario == 1 ? second : third }
    set {
      switch scenario {
      case 0: first = newValue
      case 1: second = newValue
      default: third = newValue
      }
    }
  }
}
