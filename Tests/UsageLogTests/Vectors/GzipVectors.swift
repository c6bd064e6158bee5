/// The first three lines of `Story`, compressed; Base64.
///
/// Made with Python 3.11, `line(n)` being `Story.line(n)` and a line break, as each constant says.
enum GzipVectors {
  /// From `b64encode(gzip.compress((line(1) + line(2) + line(3)).encode(), 9, mtime=0))`.
  static let oneMember = """
    H4sIAAAAAAACA7WOsQrDIBRF93zGmyOoaUrrd3TqIlYfRZJoqr4p5N/7hg6dA4ELF869w9kge0+lYLCugQEt9VUoJe\
    T9IW9GSs4Teij4IazNxsCfpb6tYtgwufRjrxLrJFZXPM48LTlwG/Czo4Air1TFKEZeYlqp2ZYnTBXMRekeMrV/pvZu\
    O2ilz7PSx62G86yGvfsC7aEzhcIBAAA=
    """

  /// From `gzip.compress(line(1)) + gzip.compress("") + gzip.compress(line(2) + line(3))`, as above.
  static let threeMembers = """
    H4sIAAAAAAACA02KMQoCMRBFe48x9Q4kiyuac1jZhJgMEnY3iclMtXh3p7AQPjx47x9QY5TeKfnA4GA28wWtRXO7m6\
    szRveACTq9hQb7nPSzj5e3KplKKD/37Hms2EKPtGnaa1I6iFuQRFibDFxw0ZJLE/ZcVyoD3NnOE1Thf2c/py/fG00v\
    lgAAAB+LCAAAAAAAAgMDAAAAAAAAAAAAH4sIAAAAAAACA7WOsQrDIBRF93zGmyOoaUrrd3TqIlYfRZKoVd8U8u99Q4\
    fOhcKFC+fc4e6QvadaMVjXwYCW+iyUEvJ6kxcjJecOI1R8EbZuY+DN1p5WM+yYXPqwR41tEcVVjyurLQduA351FFDk\
    Qk3MYmYTU6Fue14wNTAnpUfI1L+ZPob9x1fT/15Nx/AGHpQ6mSwBAAA=
    """
}
