import Admission
import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// What came of one exchange.
struct Attempt<Content: Sendable>: Sendable {
  var reading: Reading<Content>
  /// Nil where no answer began.
  var status: Int?
  /// How long to wait before another one; nil where that is no use.
  var pauseBeforeRetry: Duration?
  var trouble: ConnectionTrouble?
  /// The connection ended before a whole answer came.
  var isInterrupted = false
  /// No whole answer came.
  private(set) var isBroken = false

  /// Long enough for a service that is just being restarted, and short against any deadline.
  static var usualPause: Duration { .milliseconds(50) }

  init(reading: Reading<Content>, status: Int) {
    self.reading = reading
    self.status = status
    if StatusMeaning.isWorthRetrying(status) { pauseBeforeRetry = Self.usualPause }
  }

  /// - Parameter status: of the answer that broke off, if one had begun.
  init(failure: any Error, status: Int?) {
    self.status = status
    isBroken = true
    switch failure {
    case let problem as Problem:
      if let status, case .failure(let failure) = StatusMeaning(status) {
        reading = .failed(failure, because: problem.words)
      } else {
        reading = .failed(.serviceError, because: problem.words)
      }
    case let error as HTTPParserError where error != .invalidEOFState:
      reading = .failed(.serviceError, because: "not HTTP")
    default:
      // Refused, reset, closed too early, no such host, no trust in the certificate.
      trouble = ConnectionTrouble(failure)
      reading = .failed(.offline, because: trouble?.words ?? LogText.words(for: failure))
      pauseBeforeRetry = Self.usualPause
      isInterrupted = true
    }
  }

  /// Of two, the one that says more; of equals, the later one.
  func orBetter(_ later: Attempt) -> Attempt {
    later.worth >= worth ? later : self
  }

  private var worth: Int {
    switch reading {
    case .found, .notFound: 2
    // An answer, even of no use, says more than silence.
    case .failed: status == nil ? 0 : 1
    }
  }
}
