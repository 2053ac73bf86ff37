package import FoundationEssentials

/// What the service said of a code at one moment, as far as it is stored.
package enum StoredAnswer: Sendable, Equatable {
  case found(StoredPass)
  /// There was no such pass.
  case unknown(fetchedAt: Date)
}

/// A pass as it was at one moment.
package struct StoredPass: Sendable, Equatable {
  package var pass: Pass
  package var fetchedAt: Date
  /// When it was asked for, in the order of answers; nil where only the wall clock is known.
  package var asked: AnswerMoment?

  package init(pass: Pass, fetchedAt: Date, asked: AnswerMoment? = nil) {
    self.pass = pass
    self.fetchedAt = fetchedAt
    self.asked = asked
  }
}

extension StoredAnswer {
  package var fetchedAt: Date {
    switch self {
    case .found(let stored): stored.fetchedAt
    case .unknown(let fetchedAt): fetchedAt
    }
  }
}
