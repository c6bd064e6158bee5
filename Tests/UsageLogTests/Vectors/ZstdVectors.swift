/// The first three lines of `Story`, compressed; Base64.
///
/// Made with zstd 1.5.4, `a` holding lines 1 to 3, `b` line 1, `c` lines 2 and 3.
enum ZstdVectors {
  /// From `zstd -19 --check a`.
  static let oneFrame = """
    KLUv/WTCACUEAJKIGxlgrQ4eHHuG4JqaG3OHIIE3AVrxgAyB04IBwBQErQETs3deNSa416eZaZ+90LNcfVjDqheaq+WF\
    Tbx703I6V286Uggtpi40eeDT9ursKdW5u1yerX2jpldHmB2zK/gweDG2iMbt7hY+2ZTeGOelBgAHJjk472BizZjTPeA7\
    uGxGAed+3Zc=
    """

  /// From `zstd b`, a skippable frame with the text "hello", and `zstd c`.
  static let threeFrames = """
    KLUv/SSWtQMAMsgaG3Bpdf5VlmBL7z+ylPrSUvVEQhS8A7Ov9LOmCIDF6ehu0AnsYWPEdeq4tOPmRhoJ4+KSWVTJ+j5h\
    5pSbJ7yeWhKBxzs01bhvfhICKt+zIzXkmOB3c4Pqqu5ACwTNc1KAFH3fKjF+L67lrggCAA84BJfNM/lnjIJQKk0YBQAA\
    AGhlbGxvKLUv/WQsAP0DAHKIGxtwaXX+3SXY0vuPLKW+tFQ9kRA1/EZnX+mHnyZFYxhFk+R8PwkB+NF18qSSk3HIzw89\
    NE7mabe5FHa+0u0tP1eawcVoEhFocMu1/HlSh7ic3xAlY09Ew58XdnmXBUsYrCKkgbTpfLlUawgnY++JBAAHk2jGnOMB\
    h+CyeQYt1oVS
    """

  /// A skippable frame (its number 15) with the text "hi", then `zstd a`.
  static let skippableFirst = """
    XypNGAIAAABoaSi1L/1kwgA1BACSCBwbcGl1/t0l2NL7jyylvrRUPZEQNfxGZ1/ph58mRWMYKRUNkvP9JATgR9fJk0pO\
    xiE/P/TQOJmn3eZS2PlKt7f8XGkGF6NJRKDBLdfy50gd4nJ+Q5SMPRENf17Y5V0WLGGwipAG0qbz5VKtIZyMvScCBgAH\
    Jjk472BizZjTPeA7uGxGAed+3Zc=
    """

  /// From `zstd --ultra -22 --long=31` of a pipe: a window of 2 GiB.
  static let longWindow = """
    KLUv/QSoJQQAkogbGWCtDh4ce4bgmpobc4cggTcBWvGADIHTggHAFAStAROzd141JrjXp5lpn73Qs1x9WMOqF5qr5YVN\
    vHvTcjpXbzpSCC2mLjR54NP26uwp1bm7XJ6tfaOmV0eYHbMr+DB4MbaIxu3uFj7ZlN4Y56UGAAcmOTjvYGLNmNM94Du4\
    bEYB537dlw==
    """
}
