import Admission
import CheckIn
import DoorConfiguration
import DoorScreen
import Formatting
import Logging
import NightStore
import Synchronization

/// What the night leaves in the log: a line a scan, and what somebody who looks after the box should
/// know. No names, no whole codes, nothing secret.
package final class NightLog: Sendable {
  private let logger: Logger
  private let tonight = Mutex(Tonight.none(.notChosen))

  init(_ logger: Logger) { self.logger = logger }

  func began(_ settings: Settings) {
    let kiosk = settings.kiosk.isEnabled ? ", kiosk" : ""
    logger.notice("doorcheck \(Version.text): the door screen of \"\(settings.door.name)\"\(kiosk)")
  }

  func cannotBegin(_ fault: SetupFault) {
    for line in fault.details { logger.error("cannot begin: \(line)") }
  }

  func warned(_ warning: ConfigurationWarning) { logger.warning("\(warning)") }

  func restarting() {
    logger.notice("ends to be started anew, with the credentials as they are now")
  }

  func ended() { logger.notice("the door screen has ended") }

  func scanned(_ outcome: Outcome) {
    logger.info("\(outcome.isLook ? "look" : "scan") \(outcome.logText)")
    if let text = outcome.costlyExpressionText { logger.warning("\(text)") }
    if outcome.isRecordedLate { logger.warning("scan #\(outcome.number) is recorded late") }
  }

  /// What staff did, and what the service's late answers change; the rest is no news.
  func noted(_ event: DoorEvent) {
    switch event {
    case .scan(.contradicted(let outcome)):
      logger.warning("admitted, but a late answer says otherwise: \(outcome.logText)")
    case .staff(.letIn(let outcome)): logger.notice("let in by hand: \(outcome.logText)")
    case .staff(.corrected(let outcome)): logger.notice("corrected by staff: \(outcome.logText)")
    case .staff(.undone(let entry)):
      let code = masked(code: DisplayText.cleaned(entry.code))
      logger.notice(
        "taken back: code=\(code) people=\(entry.people) direction=\(entry.direction.rawValue)")
    case .staff(.countedByHand(let direction, _)):
      logger.notice("counted by hand: one \(direction.rawValue)")
    case .night(.direction(let direction)):
      logger.notice("people go through this door: \(direction.rawValue)")
    case .typing(.burstDropped(_, let isScanners)):
      // What came is a code, or anything else.
      if isScanners { logger.warning("the scanner sent a code without Enter: doorcheck calibrate") }
    case .scan, .typing, .key, .card, .staff, .pin, .night, .service, .notice, .tick:
      break
    }
  }

  /// - Parameter status: another one than before.
  func service(_ status: ServiceStatus) {
    switch status {
    case .connecting: break
    case .live: logger.notice("the service answers")
    case .failing: logger.warning("the service gives no usable answer")
    case .offline: logger.warning("the service does not answer")
    case .keyRefused: logger.error("the service refuses the key")
    }
  }

  func ledger(_ status: LedgerStatus) {
    switch status {
    case .none: break
    case .together: logger.notice("together with the shared ledger")
    case .alone: logger.warning("this door is alone: it goes on without the shared ledger")
    }
  }

  /// - Parameter error: why the ledger is left alone; nil where it is not any more.
  func ledgerFailed(_ error: LedgerError?) {
    if let error { logger.warning("the shared ledger: \(error.text)") }
  }

  func doubleEntries(_ entries: [DoubleEntry]) {
    for entry in entries { logger.warning("double entry: \(entry.line)") }
  }

  func tonight(_ tonight: Tonight) {
    let before = self.tonight.withLock { before in
      defer { before = tonight }
      return before
    }
    guard tonight.event?.id != before.event?.id else { return }
    if let event = tonight.event {
      logger.notice("tonight's event is \(event.id)")
    } else {
      logger.notice("there is no event for tonight any more")
    }
  }

  func recording(_ isRecording: Bool) {
    if isRecording {
      logger.notice("recording again")
    } else {
      logger.error("not recording: admissions are kept in memory only")
    }
  }

  func ended(with ending: EndOfRecording) {
    if let text = ending.text { logger.error("\(text)") }
  }

  func ended(with scans: UnseenScans) {
    for line in scans.lines { logger.warning("\(line)") }
  }

  func recorded(_ news: UnsavedNews) {
    for text in news.texts { logger.warning("\(text)") }
  }

  func opened(_ opening: StoreOpening) {
    if let failure = opening.failure { logger.error("not recording: \(failure)") }
    if let text = opening.setAsideText { logger.error("\(text)") }
  }

  /// - Parameter what: without a name, a whole code or anything secret.
  func failed(_ what: String) { logger.error("\(what)") }

  func pin(_ answer: PINChecker.Answer) {
    switch answer {
    case .right: logger.notice("a supervisor's PIN was given")
    case .wrong(let wait):
      logger.warning("a wrong PIN was given; the next may be tried in \(Int(wait.rounded(.up))) s")
    }
  }
}

extension UnseenScans {
  /// For the log and standard error: no name, no whole code.
  var lines: [String] {
    var lines = takenBack.map { admission in
      let code = masked(code: DisplayText.cleaned(admission.code ?? ""))
      return "taken back, as the end came before its verdict was shown: code=\(code) "
        + "people=\(admission.people) direction=\(admission.direction.rawValue)"
    }
    if left > 0 {
      let codes = left == 1 ? "1 code" : "\(left) codes"
      lines.append(
        "\(codes) may be used although no verdict was shown: not taken back before the end")
    }
    return lines
      + undecided.map {
        "the end came before the verdict: code=\(masked(code: DisplayText.cleaned($0)))"
      }
  }
}

extension Outcome {
  /// What to do about an expression that took too long; nil where none did.
  package var costlyExpressionText: String? {
    decision.unreadable?.costlyKey.map { key in
      "\(key) takes too many steps for \(masked(code: DisplayText.cleaned(code))), so it was not "
        + "looked up: write it so that each character can match in one way only, as [A-Z]+ instead "
        + "of ([A-Z]+)+"
    }
  }

  /// As the log has it: the code masked as on the screen, no name.
  var logText: String {
    var parts = [
      "#\(number)", "code=\(masked(code: DisplayText.cleaned(code)))",
      "verdict=\(verdict.rawValue)", "reason=\(reasonName)", "source=\(sourceName)",
    ]
    if let age = ageSeconds, age > 0 { parts.append("age_seconds=\(age)") }
    if let count { parts.append("admitted=\(count.admitted)") }
    return (parts + ["latency_ms=\(latency.milliseconds)"]).joined(separator: " ")
  }
}
