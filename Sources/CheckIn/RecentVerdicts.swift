import Admission
import FoundationEssentials

/// The newest verdicts: what a scan may be a repeat of, and what staff may still correct.
struct RecentVerdicts {
  /// A verdict that staff may correct.
  struct Correctable {
    var outcome: Outcome
    /// Nil where nobody was admitted, or it is not recorded.
    var admissionID: Int64?
    /// People of before it, where somebody was let in by hand.
    var countByHand: HeadCount?

    /// The people whom it let in and whom nobody took back.
    var peopleStanding: Int { admissionID == nil ? 0 : outcome.count?.admitted ?? 0 }
    /// Of these, those who had left before.
    var backStanding: Int { admissionID == nil ? 0 : outcome.decision.back }
  }

  var repeats: RepeatWatch
  /// By the numbers of their scans.
  private var correctable: [Int: Correctable] = [:]
  /// The newest verdict that was not itself a repeat: what a repeat repeats.
  private var newest: Outcome?
  private var newestWasDry = false
  /// When a scan was unreadable last, in seconds, monotonic.
  private var unreadableAt = -TimeInterval.infinity

  /// How many verdicts can be corrected.
  private static let mostCorrectable = 50
  /// Seconds within which a second scan that cannot be read is another try of the same guest.
  private static let secondTry: TimeInterval = 60

  init(repeats: RepeatWatch) { self.repeats = repeats }

  subscript(number: Int) -> Correctable? {
    get { correctable[number] }
    set { correctable[number] = newValue }
  }

  /// The number of the scan by which an admission of this process came in, where it can be corrected.
  func number(ofAdmission id: Int64) -> Int? {
    correctable.first { $0.value.admissionID == id }?.key
  }

  /// From now on, staff may correct it.
  mutating func keep(_ outcome: Outcome, admissionID: Int64?) {
    correctable[outcome.number] = Correctable(outcome: outcome, admissionID: admissionID)
    correctable[outcome.number - Self.mostCorrectable] = nil
  }

  /// A verdict was given.
  /// - Parameter code: as it was scanned.
  mutating func note(_ outcome: Outcome, of code: String, isDry: Bool) {
    if !outcome.isRepeat { (newest, newestWasDry) = (outcome, isDry) }
    repeats.decided(code, outcome.verdict, leavesPeople: outcome.decision.leavesPeople)
  }

  /// What is known of a scan has changed, and its code read again repeats that.
  mutating func change(_ outcome: Outcome) {
    correctable[outcome.number]?.outcome = outcome
    if newest?.number == outcome.number { newest = outcome }
  }

  /// How many came in on it was changed.
  mutating func correct(_ outcome: Outcome) {
    let isNewest = newest?.number == outcome.number
    change(outcome)
    if isNewest { repeats.corrected(outcome.code, leavesPeople: outcome.decision.leavesPeople) }
  }

  /// - Returns: whether it is the second try of one guest.
  mutating func noteUnreadable(at uptime: TimeInterval) -> Bool {
    defer { unreadableAt = uptime }
    return uptime - unreadableAt <= Self.secondTry
  }

  // MARK: The scanner reading twice is not a second person

  /// The newest verdict once more, where the scan is that one read again; nil where it is not.
  func repetition(of queued: CheckInService.Queued, at now: Date) -> Outcome? {
    guard let newest, isRepeat(queued, of: newest) else { return nil }
    var outcome = newest
    outcome.number = queued.number
    // A look let nobody in, however often its code is read.
    outcome.isLook = queued.isLook || newest.isLook
    outcome.isRepeat = true
    // What was recorded is used now; in a dry run nothing was.
    outcome.decision.count =
      newestWasDry ? newest.count?.admitting(0) : newest.count?.withAdmittedUsed
    outcome.at = now
    outcome.latency = .zero
    return outcome
  }

  /// Whether a read is the newest scan once more, now that this has its verdict.
  private func isRepeat(_ queued: CheckInService.Queued, of newest: Outcome) -> Bool {
    switch queued.reading {
    case .own: return false
    case .again: break
    case .nextFriend: if newest.decision.leavesPeople { return false }
    }
    // Of a code that is unknown in one spelling, another one may be known.
    return newest.verdict != .unverified
      && (newest.reason != .unknownPass
        || newest.code.utf8.elementsEqual(queued.scan.code.utf8))
  }
}
