import AsyncHTTPClient

/// An http proxy that opens a tunnel to the service. No way of printing this value shows its
/// credentials.
package struct ServiceProxy: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  let host: String
  let port: Int
  /// The user may have no password.
  let credentials: (user: String, password: String)?

  /// - Parameters:
  ///   - host: a name or an address, without brackets.
  ///   - password: counts with a user only.
  package init(host: String, port: Int, user: String? = nil, password: String? = nil) {
    self.host = host
    self.port = port
    credentials = user.map { ($0, password ?? "") }
  }

  var settings: HTTPClient.Configuration.Proxy {
    .server(
      host: host, port: port,
      authorization: credentials.map { .basic(username: $0.user, password: $0.password) })
  }

  /// What must never reach a log.
  var secrets: [String] {
    credentials.map { [$0.user, $0.password].filter { !$0.isEmpty } } ?? []
  }

  package var description: String { "ServiceProxy(\(host):\(port))" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
