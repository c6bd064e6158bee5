#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A library of the system, opened when it is needed first and never closed.
///
/// Linked, it would cost every start of every command, and the program would not start where it is missing.
package struct SharedLibrary {
  private let handle: UnsafeMutableRawPointer

  /// nil if no library of that name is there.
  package init?(_ name: String) {
    guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { return nil }
    self.handle = handle
  }

  /// An entry point; nil if the library has none of that name.
  package func address(_ name: String) -> UnsafeMutableRawPointer? { dlsym(handle, name) }

  /// - Parameter type: what the library's headers say of that name.
  package func callAsFunction<Function>(
    _ name: String, as type: Function.Type = Function.self
  ) -> Function? {
    address(name).map { unsafeBitCast($0, to: type) }
  }
}
