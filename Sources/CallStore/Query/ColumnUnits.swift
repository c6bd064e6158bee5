import Tables

/// What a result column is, by its name: `_usd_nanos` is money and loses its ending, `_pct`, `_ms`,
/// `_tokens`, `_at` speak for themselves; a recipe's `-- @unit` lines say the rest.
enum ColumnUnits {
  static func column(named name: String, in recipe: RecipeDirectives?) -> Tables.Column {
    let printed =
      name.hasSuffix("_usd_nanos")
      ? String(name.dropLast("_nanos".count))
      : name == "usd_nanos" ? "usd" : name
    return Tables.Column(
      name: printed, unit: recipe?.units[printed] ?? recipe?.units[name] ?? unit(of: name),
      highlight: recipe?.highlights[printed], bar: recipe?.bars.contains(printed) ?? false,
      spelled: recipe?.durations.contains(printed) ?? false)
  }

  private static func unit(of name: String) -> Tables.Unit {
    if name.hasSuffix("usd_nanos") { return .usd }
    if name.hasSuffix("_pct") { return .pct }
    if name.hasPrefix("pct_") { return .pct }
    if name.hasSuffix("_ms") { return .ms }
    if name.hasSuffix("_tokens") { return .tokens }
    if name.hasSuffix("_at") { return .instant }
    return .text
  }
}
