/// Somebody at the stand-in venue's door: a code, what the service answers about it, and what the
/// door should make of that.
package struct Guest: Sendable {
  /// What the code stands for. The endpoints of the other kinds do not know it.
  package var kind = SandboxKind.pass
  /// As it is printed on the pass, or as it is scanned.
  package let code: String
  /// What it shows, in a few English words.
  package let explanation: String
  /// The public name of the reason (Contract: The verdict), for tonight's event as it is by
  /// default, soon after the venue was started, with `door.organization_id` that of the vendor's
  /// sample, `rules.rate_windows: enforce`, and the kind among those that `door.accepts` names (in
  /// their usual order), everything else as it is by default, and nothing recorded yet.
  package let expectedReason: String
  /// People whom the first scan lets in.
  package let expectedAdmitted: Int
  package let answer: Answer

  package enum Answer: Sendable, Equatable {
    case pass(SandboxPass)
    /// A ticket, a guest list entry or a booking.
    case entry(SandboxEntry)
    /// The vendor's own sample of the kind, served byte for byte until somebody is checked in on it.
    case sample
    /// A pass with another code than the one asked about.
    case otherPass(SandboxPass)
    /// The service knows no such code.
    case notFound
    /// This status with this body, whatever the venue's faults say.
    case refusal(status: Int, retryAfterSeconds: Int?, body: String)
    /// 200 with a body that is no usable answer.
    case nonsense(contentType: String, body: String)
    /// Nothing for 60 seconds, or until the client leaves.
    case silence
  }

  /// What the list of passes and the check-in know of the guest.
  package var pass: SandboxPass? {
    switch answer {
    case .pass(let pass): pass
    case .sample: kind == .pass ? Samples.pass : nil
    case .entry, .otherPass, .notFound, .refusal, .nonsense, .silence: nil
    }
  }

  /// The same of what is no pass.
  package var entry: SandboxEntry? {
    switch answer {
    case .entry(let entry): entry
    case .sample: .sample(kind)
    case .pass, .otherPass, .notFound, .refusal, .nonsense, .silence: nil
    }
  }
}
