/// Who asks (FourvenuesAPI: Bases and credentials). Every complete scheme is sent. No way of
/// printing this value shows a secret.
package struct Credentials: Sendable {
  /// Authentication v2, header `x-api-key`.
  let apiKey: String?
  /// Authentication v1, headers `integration_id` and `secret`, which only count together.
  let integration: (id: String, secret: String)?

  /// An empty value is the same as none.
  package init(apiKey: String? = nil, integrationID: String? = nil, secret: String? = nil) {
    func given(_ value: String?) -> String? { value?.isEmpty == false ? value : nil }
    self.apiKey = given(apiKey)
    if let id = given(integrationID), let secret = given(secret) {
      integration = (id, secret)
    } else {
      integration = nil
    }
  }

  var headers: [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = []
    if let apiKey { headers.append(("x-api-key", apiKey)) }
    if let integration {
      headers.append(("integration_id", integration.id))
      headers.append(("secret", integration.secret))
    }
    return headers
  }

  /// What must never reach a log.
  var secrets: [String] {
    headers.map(\.value)
  }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String {
    let schemes = [
      apiKey.map { _ in "API key" }, integration.map { _ in "integration and secret" },
    ]
    return "Credentials(\(schemes.compactMap { $0 }.joined(separator: ", ")))"
  }

  package var debugDescription: String { description }

  package var customMirror: Mirror { Mirror(self, children: []) }
}
