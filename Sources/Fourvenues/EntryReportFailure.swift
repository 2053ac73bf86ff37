import Admission
package import FoundationEssentials

/// Why it is not known that the service has counted an entry.
package enum EntryReportFailure: Error, Sendable, Equatable {
  /// It will never take it (404 and the other 4xx, or a 2xx that says so). Nil where the entry is
  /// none, and was not sent.
  case refused(status: Int?)
  /// 401 or 403: the key may not report, or no longer.
  case keyRefused(status: Int)
  /// It cannot take it now: 408, 429, 5xx, or a redirect, which is not followed.
  /// - Parameter after: as its `Retry-After` says, at most a day.
  case tryLater(status: Int, after: Duration?)
  /// No connection was made, or no turn came: nothing of it left the box.
  case notSent
  /// It was sent, and no whole answer came.
  case mayHaveArrived
}

extension EntryReportFailure {
  /// - Parameters:
  ///   - answer: nil where none began.
  ///   - wasSent: whether any of the entry was sent.
  /// - Returns: nil where the service has counted it.
  init?(answer: (status: Int, body: Data?, retryAfter: Duration?)?, wasSent: Bool) {
    guard let answer else {
      self = wasSent ? .mayHaveArrived : .notSent
      return
    }
    let status = answer.status
    switch status {
    case 200...299:
      // An answer that broke off may have been about to say that it did not.
      guard let body = answer.body else {
        self = .mayHaveArrived
        return
      }
      let says = try? JSONDecoder().decode(Success.self, from: body)
      guard says?.success == false else { return nil }
      self = .refused(status: status)
    case 401, 403: self = .keyRefused(status: status)
    case 408, 429: self = .tryLater(status: status, after: answer.retryAfter)
    case 400...499: self = .refused(status: status)
    default: self = .tryLater(status: status, after: answer.retryAfter)
    }
  }

  /// How the door sees the service by it; a refused entry is an answer like any other.
  var lookUpFailure: LookUpFailure? {
    switch self {
    case .refused: nil
    case .keyRefused: .unauthorized
    case .tryLater(429, _): .rateLimited
    case .tryLater: .serviceError
    case .notSent, .mayHaveArrived: .offline
    }
  }

  /// What else the answer holds is not known, and not needed.
  private struct Success: Decodable {
    let success: Bool?
  }
}
