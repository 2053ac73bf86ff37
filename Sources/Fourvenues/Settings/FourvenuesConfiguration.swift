/// Where the service is, who asks, and how patient and how eager the asking is.
package struct FourvenuesConfiguration: Sendable {
  package let baseURL: BaseURL
  package let credentials: Credentials
  /// Leads to the service; nil: it is reached directly.
  package let proxy: ServiceProxy?
  /// For a whole look-up with its retry, from its first request (Contract: Configuration,
  /// `fourvenues.deadline_ms`).
  package let deadline: Duration
  /// 1 to 10,000 (Contract: Configuration, `fourvenues.requests_per_second`).
  package let requestsPerSecond: Int

  /// - Throws: what is wrong with the first bad setting; no message contains its value.
  package init(
    baseURL: String, credentials: Credentials, proxy: ServiceProxy? = nil,
    deadline: Duration = .milliseconds(1500),
    requestsPerSecond: Int = 9
  ) throws(FourvenuesConfigurationError) {
    self.baseURL = try BaseURL(baseURL)
    guard !credentials.headers.isEmpty else { throw .noCompleteCredentials }
    // A line break would end the header; everything else outside this range is a slip in copying.
    for (name, value) in credentials.headers
    where !value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      throw .unprintableCredential(header: name)
    }
    guard deadline > .zero else { throw .deadlineNotPositive }
    guard (1...10_000).contains(requestsPerSecond) else { throw .rateOutOfRange }
    self.credentials = credentials
    self.proxy = proxy
    self.deadline = deadline
    self.requestsPerSecond = requestsPerSecond
  }
}

/// Why nothing may be asked with these settings. Never carries a value, which may be a secret.
package enum FourvenuesConfigurationError: Error, Sendable, Equatable {
  /// Not an absolute URL of a host, or with a query, a fragment or a port out of range.
  case malformedURL
  /// Neither https, nor http to a loopback address.
  case insecureURL
  /// A user name or password in the URL.
  case userInfoInURL
  /// Neither an API key, nor an integration with its secret.
  case noCompleteCredentials
  /// A blank, a line break or a character outside ASCII in the value of this header.
  case unprintableCredential(header: String)
  case deadlineNotPositive
  /// Not 1 to 10,000.
  case rateOutOfRange
}
