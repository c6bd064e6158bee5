import ArgumentParser
import Tables

/// What an audit is shown as.
enum AuditFormat: String, CaseIterable, ExpressibleByArgument {
  case text, markdown, json, html

  /// By the suffix of a file, given without its dot; nil if it says nothing.
  init?(fileSuffix: String) {
    switch fileSuffix.lowercased() {
    case "txt": self = .text
    case "md", "markdown": self = .markdown
    case "json": self = .json
    case "html", "htm": self = .html
    default: return nil
    }
  }

  /// Complete, with its line break.
  func render(_ report: AuditReport) -> String {
    switch self {
    case .text: report.document.text()
    case .markdown: report.document.markdown
    case .json: AuditJSON.document(report)
    case .html: report.document.html
    }
  }
}
