package import Admission
package import FoundationEssentials

/// Remembers what the service said of passes. The night's store is one.
package protocol PassMemory: Sendable {
  /// What is stored of a code; nil where nothing is.
  func stored(code: String) async throws -> StoredAnswer?
  /// - Parameter askedAt: when the service was asked for it.
  func remember(_ pass: Pass, eventID: String, askedAt: Date) async throws
  func rememberUnknown(code: String, askedAt: Date) async throws
}

/// Remembers nothing.
package struct NoMemory: PassMemory {
  package init() {}
  package func stored(code: String) -> StoredAnswer? { nil }
  package func remember(_ pass: Pass, eventID: String, askedAt: Date) {}
  package func rememberUnknown(code: String, askedAt: Date) {}
}
