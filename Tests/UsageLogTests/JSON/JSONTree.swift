import Foundation
import Testing

@testable import UsageLog

/// A JSON value copied out of its bytes, so that two parsers' readings can be compared.
indirect enum JSONTree: Equatable {
  case null
  case bool(Bool)
  case number(RoughNumber)
  case string([UInt8])
  case array([JSONTree])
  case object([String: JSONTree])
}

/// A number but for its last bits: Foundation rounds twice and is some units off.
struct RoughNumber: Equatable {
  var value: Double

  static func == (left: RoughNumber, right: RoughNumber) -> Bool {
    (left.value - right.value).magnitude <= left.value.ulp * 8
  }
}

/// What the document has in it on which two sound parsers may differ.
struct JSONOddities: OptionSet {
  let rawValue: Int
  static let duplicateKey = JSONOddities(rawValue: 1)
  static let beyondDouble = JSONOddities(rawValue: 2)
}

extension JSONTree {
  init(_ value: JSONValue, oddities: inout JSONOddities) {
    if value.isObject {
      var members: [String: JSONTree] = [:]
      for member in value.children {
        let tree = JSONTree(member, oddities: &oddities)
        if members.updateValue(tree, forKey: member.key.string) != nil {
          oddities.insert(.duplicateKey)
        }
      }
      self = .object(members)
    } else if value.isArray {
      self = .array(value.children.map { JSONTree($0, oddities: &oddities) })
    } else if [.true, .false].contains(value.node.kind) {
      self = .bool(value.node.kind == .true)
    } else if let text = value.text {
      let number = Double(text.string) ?? .nan
      let isWrittenZero = !text.string.prefix { $0 != "e" && $0 != "E" }.contains {
        "1"..."9" ~= $0
      }
      let fits = number.isFinite && (number.isNormal || isWrittenZero)
      if value.isNumber, !fits { oddities.insert(.beyondDouble) }
      self = value.isNumber ? .number(RoughNumber(value: number)) : .string(Array(text.bytes))
    } else {
      self = .null
    }
  }

  /// A value as JSONSerialization gives it.
  init(foundation value: Any) {
    switch value {
    case is NSNull: self = .null
    case let members as [String: Any]: self = .object(members.mapValues(JSONTree.init(foundation:)))
    case let elements as [Any]: self = .array(elements.map(JSONTree.init(foundation:)))
    case let text as String: self = .string(Array(text.utf8))
    case let number as NSNumber:
      // Foundation boxes true and false as numbers too; their type tells them apart.
      self =
        String(cString: number.objCType) == "c"
        ? .bool(number.boolValue) : .number(RoughNumber(value: number.doubleValue))
    default: self = .string(Array("unexpected \(type(of: value))".utf8))
    }
  }
}

/// Reads exactly one JSON document and hands its root to `body`.
///
/// - Throws: `JSONFault`, also for anything but white space behind the document.
func withJSON<Result>(_ bytes: [UInt8], _ body: (JSONValue) throws -> Result) throws -> Result {
  let reader = JSONReader()
  let padded = bytes + Array(repeating: 0, count: JSONReader.padding)
  return try padded.withUnsafeBufferPointer { buffer in
    let start = try #require(buffer.baseAddress)
    var at = 0
    let root = try reader.read(start, count: bytes.count, at: &at)
    for rest in at..<bytes.count where ![0x20, 0x09, 0x0A, 0x0D].contains(bytes[rest]) {
      throw JSONFault.unexpected(at: rest)
    }
    // Values lean on the reader without keeping it.
    return try withExtendedLifetime(reader) { try body(root) }
  }
}

func withJSON<Result>(_ text: String, _ body: (JSONValue) throws -> Result) throws -> Result {
  try withJSON(Array(text.utf8), body)
}
