package import Admission
package import FoundationEssentials

/// Remembers what the service said of passes. The night's store is one.
package protocol PassMemory: Sendable {
  /// The answer about a code that was received last; nil where nothing is stored, or where a later
  /// list of tonight's event lacks the pass.
  func storedAnswer(code: String, eventID: String?) async throws -> StoredAnswer?
  /// What tonight's passes have that is nearly a code of which the service knows nothing.
  func lookalike(of code: String, eventID: String) async throws -> Lookalike?
  /// - Parameters:
  ///   - asked: when the service was asked for it.
  ///   - receivedAt: seconds, monotonic: what was received later counts.
  func remember(
    _ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval) async throws
  func rememberUnknown(code: String, askedAt: Date, receivedAt: TimeInterval) async throws
}

/// Remembers nothing.
package struct NoMemory: PassMemory {
  package init() {}
  package func storedAnswer(code: String, eventID: String?) -> StoredAnswer? { nil }
  package func lookalike(of code: String, eventID: String) -> Lookalike? { nil }
  package func remember(
    _ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval
  ) {}
  package func rememberUnknown(code: String, askedAt: Date, receivedAt: TimeInterval) {}
}
