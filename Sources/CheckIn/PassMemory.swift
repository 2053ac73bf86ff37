package import Admission
package import FoundationEssentials

/// Remembers what the service said of passes. The night's store is one.
package protocol PassMemory: Sendable {
  /// The answer about a code that was received last, of the first of the kinds of which one is stored;
  /// nil where nothing is, or where a later list of tonight's event lacks the pass.
  /// - Parameter kinds: that this door takes, in their order. That there was no such code is an answer
  ///   where all of them were asked.
  func storedAnswer(code: String, eventID: String?, kinds: [PassKind]) async throws -> StoredAnswer?
  /// The same for a scan, whose task begins with the answer; nil where it cannot be read, too.
  /// - Parameter told: is called once, on any thread.
  func storedAnswer(
    code: String, eventID: String?, kinds: [PassKind],
    told: @escaping @Sendable (StoredAnswer?) -> Void)
  /// The first of the kinds of which the code is stored.
  func storedKind(of code: String, among kinds: [PassKind]) async throws -> PassKind?
  /// What tonight's passes have that is nearly a code of which the service knows nothing.
  func lookalike(of code: String, eventID: String, kinds: [PassKind]) async throws -> Lookalike?
  /// - Parameters:
  ///   - asked: when the service was asked for it.
  ///   - receivedAt: seconds, monotonic: what was received later counts.
  func remember(
    _ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval) async throws
  /// - Parameter kinds: as which the service was asked for it.
  func rememberUnknown(
    code: String, kinds: [PassKind], askedAt: Date, receivedAt: TimeInterval) async throws
}

extension PassMemory {
  package func storedAnswer(
    code: String, eventID: String?, kinds: [PassKind],
    told: @escaping @Sendable (StoredAnswer?) -> Void
  ) {
    Task { told(try? await storedAnswer(code: code, eventID: eventID, kinds: kinds)) }
  }

  package func storedKind(of code: String, among kinds: [PassKind]) async throws -> PassKind? {
    guard case .found(let stored) = try await storedAnswer(code: code, eventID: nil, kinds: kinds)
    else { return nil }
    return stored.pass.kind
  }
}

/// Remembers nothing.
package struct NoMemory: PassMemory {
  package init() {}
  package func storedAnswer(code: String, eventID: String?, kinds: [PassKind]) -> StoredAnswer? {
    nil
  }
  package func lookalike(of code: String, eventID: String, kinds: [PassKind]) -> Lookalike? { nil }
  package func remember(
    _ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval
  ) {}
  package func rememberUnknown(
    code: String, kinds: [PassKind], askedAt: Date, receivedAt: TimeInterval
  ) {}
}
