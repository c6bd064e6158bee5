/// The models that a comparison lists.
package enum ComparedModels {
  /// Makers whose whole list can be asked for.
  package static let makers = ["claude", "openai", "gemini"]

  /// Every model of a maker's own list, newest row last; aliases are left out.
  ///
  /// - Parameter maker: one of `makers`.
  package static func all(of maker: String, in catalogue: PriceCatalogue) -> [String] {
    let provider = maker == "claude" ? "anthropic" : maker
    var seen: Set<String> = []
    return catalogue.rows.filter { $0.provider == provider && $0.aliasOf == nil }
      .map { canonicalModel($0.model).canonical }.filter { seen.insert($0).inserted }
  }
}
