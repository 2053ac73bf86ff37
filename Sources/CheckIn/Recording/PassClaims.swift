package import Admission

/// Tells the other processes on one store whom this one is about to admit. Whoever has a pass's claim
/// knows everybody who is in on it by what is committed and what is its own.
package protocol PassClaims: Sendable {
  /// Claims all of them or none; one that this process has already is had once more.
  /// - Returns: false where another process has one of them.
  /// - Throws: where nobody can know who has what.
  func claim(_ identities: [PassIdentity]) throws -> Bool

  /// Gives back what was taken, once.
  func release(_ identities: [PassIdentity])

  /// Whether no other process can claim anything. False where nobody can know.
  var isAlone: Bool { get }

  /// Whether another process has the store open, or has had it since this one began: whom it recorded
  /// there, it claims no longer. Asked by one that has none open.
  var othersHaveStore: Bool { get }

  /// From now on the others know that this process records in the store.
  func announceStore()
}

/// What ended programs could not save, and keep beside the store until it takes it.
package protocol KeptAdmissions: Sendable {
  /// Who came in by that on a pass or its code.
  func earlier(of pass: PassAtEvent) async -> EarlierAdmissions
}

/// Where there are no other processes to tell.
package struct NoOtherProcess: PassClaims {
  package init() {}
  package var isAlone: Bool { true }
  package var othersHaveStore: Bool { false }
  package func announceStore() {}
  package func claim(_ identities: [PassIdentity]) -> Bool { true }
  package func release(_ identities: [PassIdentity]) {}
}

extension AdmissionEntry {
  var identities: [PassIdentity] {
    [.id(passID, of: kind), .code(scan.code)].compactMap { $0 }
  }
}

extension HandAdmission {
  var identities: [PassIdentity] {
    [passID.flatMap { .id($0, of: kind ?? .pass) }, .code(scan.code)].compactMap { $0 }
  }
}
