package import Admission
package import FoundationEssentials

/// Asks the service about a code. The Fourvenues client is one; tests have others.
package protocol PassLookUp: Sendable {
  /// Never throws, and always ends: what went wrong is part of the finding.
  /// - Returns: what came of it, and how long that took from the first request.
  func lookUp(code: String) async -> (finding: Finding, elapsed: Duration)
  /// The same for a scan. It has begun when this returns, and goes before those of later scans.
  /// - Parameters:
  ///   - scan: its running number; nil where there is none.
  ///   - answered: is called once, on any thread.
  func begin(
    code: String, scan: Int?,
    answered: @escaping @Sendable (_ answer: (finding: Finding, elapsed: Duration)) -> Void)
}

extension PassLookUp {
  package func begin(
    code: String, scan: Int?,
    answered: @escaping @Sendable (_ answer: (finding: Finding, elapsed: Duration)) -> Void
  ) {
    Task { answered(await lookUp(code: code)) }
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
