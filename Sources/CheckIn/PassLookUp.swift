package import Admission
package import FoundationEssentials

/// Asks the service about a code. The Fourvenues client is one; tests have others.
package protocol PassLookUp: Sendable {
  /// What a kind's endpoint says, and how long that took from the first request.
  typealias Answer = (finding: Finding, elapsed: Duration)

  /// Never throws, and always ends: what went wrong is part of the finding.
  func lookUp(code: String, as kind: PassKind) async -> Answer
  /// The same for a scan, of several kinds. It has begun when this returns, and goes before those of
  /// later scans.
  /// - Parameter answered: is called once for each kind, on any thread.
  func begin(
    _ question: PassQuestion, answered: @escaping @Sendable (PassKind, Answer) -> Void)
}

extension PassLookUp {
  package func begin(
    _ question: PassQuestion, answered: @escaping @Sendable (PassKind, Answer) -> Void
  ) {
    for kind in question.kinds {
      Task { answered(kind, await lookUp(code: question.code, as: kind)) }
    }
  }
}

/// What came of looking a code up, and by which answer.
package struct LookUp: Sendable {
  package var finding: Finding
  /// When the answer that decides was asked for.
  package var askedAt: Date
  /// The same in the order of answers; nil where nothing is known of it.
  package var asked: AnswerMoment?
  /// From its first request; nil where nobody was asked.
  package var elapsed: Duration?
  /// Seconds, monotonic.
  package var endedAt: TimeInterval
  /// Where a live answer is still to come, which was not waited for (`PassFinder.late`).
  package var late: PassSearch?
}
