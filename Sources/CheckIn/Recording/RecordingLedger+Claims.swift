import Admission
import Waiting

/// What this process has claimed, so that no other one on the store lets the same pass in meanwhile.
extension RecordingLedger {
  /// Whether another process may be about to admit the same pass.
  enum Claim {
    case had, elsewhere, unknown
  }

  /// How often it is looked whether a lost store has been replaced, before its claims are let go.
  private static let pauseBetweenLooks: Duration = .seconds(10)

  /// Waits for another process that has one of them, as long as that.
  func claim(_ identities: [PassIdentity], for patience: Duration) async -> Claim {
    let end = clock.now + patience
    while true {
      guard let isHad = try? claims.claim(identities) else { return .unknown }
      if isHad { return .had }
      if clock.now >= end { return .elsewhere }
      // Most are had for as long as a commit takes.
      await clock.sleep(for: .milliseconds(2))
    }
  }

  func release(_ identities: [PassIdentity], _ claim: Claim) {
    if claim == .had { claims.release(identities) }
  }

  /// Keeps what is claimed until the store holds the admission as it is.
  func keep(_ identities: [PassIdentity], for id: Int64) {
    // Of two claims one is enough.
    if claimed[id] != nil { claims.release(identities) } else { claimed[id] = identities }
  }

  /// Claims for an admission that the store does not hold, whoever else may have it.
  func claimIfFree(_ identities: [PassIdentity], for id: Int64) {
    if (try? claims.claim(identities)) == true { claimed[id] = identities }
  }

  /// Lets go of what was claimed for a scan once the store holds whom it let in.
  func letGo(of identities: [PassIdentity], _ claim: Claim, after id: Int64?) {
    guard claim == .had, let id else { return release(identities, claim) }
    keep(identities, for: id)
    releaseIfSaved(id)
  }

  /// Lets go of an admission's claim once the store holds it as it is. One that was recorded in a file
  /// that is lost is claimed until this process has taken it along to another.
  func releaseIfSaved(_ id: Int64) {
    guard own[id]?.isSaved ?? true, claimed[id] != nil else { return }
    guard let store, !store.isWhole, !claims.isAlone else {
      if let identities = claimed.removeValue(forKey: id) { claims.release(identities) }
      return
    }
    Task {
      _ = await store.waitUntilWhole(for: Self.pauseBetweenLooks)
      releaseIfSaved(id)
    }
  }
}
