import CurlHeaders

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
      guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      guard let begin = dlsym(library, "curl_global_init"),
        let start = dlsym(library, "curl_easy_init"),
        let perform = dlsym(library, "curl_easy_perform"),
        let cleanUp = dlsym(library, "curl_easy_cleanup"),
        let explain = dlsym(library, "curl_easy_strerror"),
        let append = dlsym(library, "curl_slist_append"),
        let freeAll = dlsym(library, "curl_slist_free_all"),
        let setOption = dlsym(library, "curl_easy_setopt"),
        let getInfo = dlsym(library, "curl_easy_getinfo")
      else { continue }
      // 3 is CURL_GLOBAL_ALL.
      guard unsafeBitCast(begin, to: forensics_curl_global_init.self)(3) == 0 else { continue }
      self.start = unsafeBitCast(start, to: forensics_curl_easy_init.self)
      self.perform = unsafeBitCast(perform, to: forensics_curl_easy_perform.self)
      self.cleanUp = unsafeBitCast(cleanUp, to: forensics_curl_easy_cleanup.self)
      self.explain = unsafeBitCast(explain, to: forensics_curl_easy_strerror.self)
      self.append = unsafeBitCast(append, to: forensics_curl_slist_append.self)
      self.freeAll = unsafeBitCast(freeAll, to: forensics_curl_slist_free_all.self)
      self.setOption = setOption
      self.getInfo = getInfo
      return
    }
    return nil
  }
}
