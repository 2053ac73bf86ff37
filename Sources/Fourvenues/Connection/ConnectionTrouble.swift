import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

/// Why a connection could not be made safe, or not be made at all, where that points to a cause other
/// than the network.
package enum ConnectionTrouble: Sendable, Equatable {
  /// The certificate is self-signed, out of date, for another address, or of an unknown issuer: a
  /// wrong clock, a network's log-in page, a wrong address.
  case certificate
  /// What answers at the address of an https service does not speak TLS, or no version that is safe.
  case notSecure
  /// The proxy does not open a tunnel: it wants other credentials, or does not lead there.
  case proxy

  /// - Returns: nil for every other error.
  init?(_ error: any Error) {
    switch error {
    case NIOSSLError.handshakeFailed(let reason):
      self.init(handshake: reason)
    case NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate:
      self = .certificate
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      self = .certificate
    case let error as HTTPClientError
    where [.proxyAuthenticationRequired, .invalidProxyResponse, .httpProxyHandshakeTimeout]
      .contains(error):
      self = .proxy
    default: return nil
    }
  }

  /// Whether the door screen tells of a certificate.
  package var isOfCertificate: Bool {
    switch self {
    case .certificate, .notSecure: true
    case .proxy: false
    }
  }

  private init?(handshake reason: BoringSSLError) {
    guard case .sslError(let stack) = reason else { return nil }
    // The connection was lost, as any may be.
    if stack == [.eofDuringHandshake] || stack == [.eofDuringAdditionalCertficiateChainValidation] {
      return nil
    }
    let isOfCertificate = stack.contains { $0.description.contains("CERTIFICATE_VERIFY_FAILED") }
    self = isOfCertificate ? .certificate : .notSecure
  }

  /// For the log.
  var words: String {
    switch self {
    case .certificate:
      "the certificate is refused: self-signed, out of date, or of another address (is the clock "
        + "right? a network's log-in page? fourvenues.base_url?)"
    case .notSecure:
      "what answers there is not secured by a certificate (a network's log-in page? "
        + "fourvenues.base_url?)"
    case .proxy: "the proxy opens no way to the service (HTTPS_PROXY: its user and password?)"
    }
  }
}

extension LogText {
  /// What went wrong on the way. Libraries write these texts, and few of them quote what came.
  static func words(for error: any Error) -> String {
    switch error {
    case let error as HTTPClientError: error.shortDescription
    case is IOError, is NIOConnectionError, is ChannelError, is CancellationError:
      String("\(error)".prefix(200))
    default: masked("\(error)", hiding: [])
    }
  }
}
