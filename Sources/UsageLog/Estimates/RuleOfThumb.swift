/// Tokens of an English text that nobody counted: four characters, or three quarters of a word, a token.
///
/// A rule of thumb: code, tables and other languages have more tokens, and so have newer tokenizers.
package enum RuleOfThumb {
  package static func tokens(words: Int64) -> Int64 { (words * 4 + 2) / 3 }

  package static func tokens(characters: Int64) -> Int64 { (characters + 3) / 4 }
}
