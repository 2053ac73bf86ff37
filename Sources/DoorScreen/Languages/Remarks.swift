import Admission
import Formatting
import FoundationEssentials

/// What is said of an outcome beside its reason: people, nights, the age of the answer, the hours.
package struct Remarks {
  private let outcome: Outcome
  private let texts: any Texts
  private let time: LocalTime

  init(_ outcome: Outcome, texts: any Texts, time: LocalTime) {
    self.outcome = outcome
    self.texts = texts
    self.time = time
  }

  /// Tonight's people. Who may still come is said only where the verdict lets anybody come.
  func people(_ count: HeadCount) -> String {
    let mayFollow = outcome.verdict == .admit && outcome.decision.othersMayFollow
    return texts.tonight(
      count.used + count.admitted, of: count.allowed, remaining: mayFollow ? count.remaining : 0)
  }

  /// Nil where the pass is good for one night alone, or for none, which its reason says.
  var nights: String? {
    guard let pass = outcome.pass, pass.nights > 1 else { return nil }
    return texts.nights(used: pass.nightsUsed, of: pass.nights)
  }

  /// That the answer was a stored one, and how old it is; of an amber verdict, that a stored answer
  /// is not enough here (`rules.offline_admit: false`).
  var stored: String? {
    guard case .cache(_, let failure) = outcome.source, let age else { return nil }
    switch outcome.verdict {
    case .admit, .refuse: return texts.stored(age, because: text(of: failure))
    case .unverified where outcome.decision.mayHaveLeft:
      return texts.stored(age, because: text(of: failure))
    case .unverified: return texts.storedMayNotAdmit(age)
    // Nobody is asked at an exit.
    case .out: return nil
    }
  }

  /// The same in fewer words, for a row that it shares.
  var storedBriefly: String? {
    guard case .cache = outcome.source else { return nil }
    return age.map(texts.storedBriefly)
  }

  private var age: String? {
    outcome.ageSeconds.map { AgeText.text(seconds: $0, texts) }
  }

  var hours: String? {
    switch outcome.decision.hoursWarning {
    case nil: nil
    case .beforeStart:
      texts.beforeHours(from: outcome.tonight.event?.startsAt.map(time.minutes))
    case .afterEnd:
      texts.afterHours(until: outcome.tonight.event?.endsAt.map(time.minutes))
    }
  }

  private func text(of failure: LookUpFailure?) -> String {
    switch failure {
    case nil: texts.failureSlow
    case .unauthorized: texts.failureUnauthorized
    case .rateLimited: texts.failureRateLimited
    case .serviceError: texts.failureServiceError
    case .offline: texts.failureOffline
    }
  }
}
