import CurlHeaders
import SharedLibrary

/// libcurl's entry points, looked up when the first request is sent.
///
/// Linked, it would cost every start of every command; measured in docs/decisions/0010.
struct CurlLibrary: @unchecked Sendable {
  let start: forensics_curl_easy_init
  let perform: forensics_curl_easy_perform
  let cleanUp: forensics_curl_easy_cleanup
  let explain: forensics_curl_easy_strerror
  let append: forensics_curl_slist_append
  let freeAll: forensics_curl_slist_free_all
  /// Both take "…" and are called through `CurlHeaders`.
  let setOption: UnsafeMutableRawPointer
  let getInfo: UnsafeMutableRawPointer

  static let system = CurlLibrary([
    "libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so", "libcurl.4.dylib",
    "/usr/lib/libcurl.4.dylib",
  ])

  /// - Parameter names: of the library, the first that is there; nil if none has all it takes.
  init?(_ names: [String]) {
    for name in names {
      guard let library = SharedLibrary(name),
        let begin = library("curl_global_init", as: forensics_curl_global_init.self),
        let start = library("curl_easy_init", as: forensics_curl_easy_init.self),
        let perform = library("curl_easy_perform", as: forensics_curl_easy_perform.self),
        let cleanUp = library("curl_easy_cleanup", as: forensics_curl_easy_cleanup.self),
        let explain = library("curl_easy_strerror", as: forensics_curl_easy_strerror.self),
        let append = library("curl_slist_append", as: forensics_curl_slist_append.self),
        let freeAll = library("curl_slist_free_all", as: forensics_curl_slist_free_all.self),
        let setOption = library.address("curl_easy_setopt"),
        let getInfo = library.address("curl_easy_getinfo"),
        // 3 is CURL_GLOBAL_ALL.
        begin(3) == 0
      else { continue }
      (self.start, self.perform, self.cleanUp) = (start, perform, cleanUp)
      (self.explain, self.append, self.freeAll) = (explain, append, freeAll)
      (self.setOption, self.getInfo) = (setOption, getInfo)
      return
    }
    return nil
  }
}
