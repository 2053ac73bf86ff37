package import Admission

/// Asks the service about a code. The Fourvenues client is one; tests have others.
package protocol PassLookUp: Sendable {
  /// Never throws, and always ends: what went wrong is part of the answer.
  func lookUp(code: String) async -> TimedAnswer
}

/// An answer, and how long it took from its first request.
package struct TimedAnswer: Sendable {
  package var answer: LookUpAnswer
  package var elapsed: Duration

  package init(answer: LookUpAnswer, elapsed: Duration) {
    self.answer = answer
    self.elapsed = elapsed
  }
}
