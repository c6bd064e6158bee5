import Alerts
import Foundation
import HTTP
import UsageLog

/// Where notices go, with the secret that opens the door.
///
/// The secret is in requests only: neither this type nor its errors print it.
struct Receiver: Sendable {
  enum Kind: String, CaseIterable, Sendable { case pagerduty, slack, webhook }

  let kind: Kind
  private let url: String
  /// PagerDuty's routing key, or a bearer token.
  private let key: String?

  /// - Parameters:
  ///   - url: nil where the secret is the address, as Slack's is, or the kind has one of its own.
  ///   - secret: what a file or the environment holds: an address, or a key.
  /// - Throws: `ReceiverError`, which never says what the secret is.
  init(kind: Kind?, url: String?, secret: String?) throws {
    let secret = secret?.trimmingCharacters(in: .whitespacesAndNewlines)
    if let secret, secret.isEmpty { throw ReceiverError.emptySecret }
    let isAddress =
      secret.map { ["https://", "http://"].contains(where: $0.lowercased().hasPrefix) } ?? false
    if isAddress, url != nil { throw ReceiverError.twoAddresses }
    let address = url ?? (isAddress ? secret : nil) ?? (kind == .pagerduty ? Self.pagerDuty : nil)
    guard let address else { throw ReceiverError.noAddress }
    let request = try HTTPRequest(.post, address)
    self.kind = kind ?? Self.kind(ofHost: request.host)
    self.url = address
    key = isAddress ? nil : secret
    if self.kind == .pagerduty, key == nil { throw ReceiverError.noRoutingKey }
    // Even without a key: a webhook's address is its secret, and what is told is nobody else's business.
    if request.isInTheClear { throw ReceiverError.inTheClear(request.host) }
  }

  /// What is remembered of who was told: the kind, the host, and a hash that tells two channels apart.
  var name: String {
    let host = URLComponents(string: url)?.host ?? ""
    // PagerDuty has one address for everybody; the key says whose it is.
    let whose = kind == .pagerduty ? url + (key ?? "") : url
    let hash = Array(whose.utf8).withUnsafeBytes { bytes in
      bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
    return "\(kind.rawValue) \(host) \(String(hash & 0xFFFF, radix: 16))"
  }

  /// One request for all notices, or one each where the receiver wants it so.
  func requests(
    for dispatch: Dispatch
  ) throws -> [(request: HTTPRequest, notices: [Notice])] {
    var headers = [(name: "Content-Type", value: "application/json")]
    switch kind {
    case .pagerduty:
      return try dispatch.notices.map { notice in
        let body = PagerDutyEvents.bodies(
          Dispatch(dispatch.report, [notice]), routingKey: key ?? "")
        return (try request(headers, body.joined()), [notice])
      }
    case .slack:
      return [(try request(headers, SlackMessage.body(dispatch)), dispatch.notices)]
    case .webhook:
      if let key { headers.append(("Authorization", "Bearer \(key)")) }
      return [(try request(headers, WebhookBody.body(dispatch)), dispatch.notices)]
    }
  }

  private func request(
    _ headers: [(name: String, value: String)], _ body: String
  ) throws -> HTTPRequest {
    try HTTPRequest(.post, url, headers: headers, body: Array(body.utf8))
  }

  private static let pagerDuty = "https://events.pagerduty.com/v2/enqueue"

  private static func kind(ofHost host: String) -> Kind {
    if host == "hooks.slack.com" { return .slack }
    return host.hasPrefix("events.") && host.hasSuffix("pagerduty.com") ? .pagerduty : .webhook
  }
}

/// Why nothing can be sent; what the secret is stays untold.
enum ReceiverError: Error, Equatable, CustomStringConvertible {
  case noAddress, twoAddresses, emptySecret, noRoutingKey
  case inTheClear(String)
  case noVariable(String)

  var description: String {
    switch self {
    case .noAddress:
      "there is no address to notify: give --notify URL, or one in --notify-env NAME or --notify-file FILE"
    case .twoAddresses:
      "--notify and the secret are both addresses; leave --notify out"
    case .emptySecret: "the secret of --notify-env or --notify-file is empty"
    case .noRoutingKey:
      "PagerDuty wants the integration's routing key: --notify-env NAME or --notify-file FILE"
    case .inTheClear(let host):
      "nothing is sent over http:// to \(host): everybody on the way could read the alerts, and the address or key that "
        + "lets them in; use https://"
    case .noVariable(let name): "--notify-env \(name): there is no such variable in the environment"
    }
  }
}
