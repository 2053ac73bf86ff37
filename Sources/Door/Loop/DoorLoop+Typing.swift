import Admission
import DoorConfiguration
import DoorScreen
import Foundation
import Scanner
import Terminal

/// What is typed and scanned: bytes → keys, PINs, staff cards and codes.
extension DoorLoop {
  /// In seconds: bytes that come later than that begin another burst.
  private static let pauseInBurst = 0.1
  /// A byte is a key only if no other one comes within so many seconds (Contract: Scans).
  private static let keyIsolation = 0.05

  func read(_ chunk: InputChunk) async {
    if isBurstOver || chunk.readAt.uptime - readAt.uptime > Self.pauseInBurst {
      burstBeganAt = chunk.readAt
    }
    readAt = chunk.readAt
    let isAlone = chunk.readAt.uptime - byteAt > Self.keyIsolation
    var typed = decoder.feed(chunk.bytes, at: readAt.uptime) { kind(of: $0) }
    isBurstOver = typed.contains { if case .scan = $0 { true } else { false } }
    if isAlone, chunk.bytes.count == 1, state.hasSigns, typed.contains(where: \.isTypedLine) {
      await reduce(.typing(.signsEntered), at: now)
      typed.removeAll(where: \.isTypedLine)
    }
    for event in typed { await handle(event, at: readAt) }
    // What stood before it has been told; the draft with it comes once nothing else follows it.
    isLoneByte = isAlone && chunk.bytes.count == 1
    byteAt = chunk.readAt.uptime
  }

  func handle(_ typed: ScannerEvent, at readAt: Moment) async {
    guard state.takesPIN(at: now) else {
      await handleUnguarded(typed, at: readAt)
      return
    }
    hadPINTyped = true
    switch pinEntry.read(typed, isAsked: state.isAskingForPIN) {
    case .other: await handleUnguarded(typed, at: readAt)
    case .scan(let scan): await judge(scan, at: readAt)
    case .dropped(let isScanners): await dropBurst("…", isScanners: isScanners)
    case .typed(let count): await reduce(.pin(.typed(count: count)), at: now)
    case .entered(let pin): enter(pin)
    }
  }

  /// What came while nobody asks for a PIN.
  private func handleUnguarded(_ typed: ScannerEvent, at readAt: Moment) async {
    switch typed {
    case .scan(let scan): await judge(scan, at: readAt)
    case .draft(let text):
      await reduce(.typing(.draft(Self.shown(text), isLoneKey: isLoneByte)), at: now)
    case .draftDropped(let text): await reduce(.typing(.draftDropped(Self.shown(text))), at: now)
    case .burstDropped(let text, let isScanners, _):
      await dropBurst(Self.shown(text), isScanners: isScanners)
    case .key(let key): await reduce(.key(key), at: readAt)
    }
  }

  private func judge(_ scan: RawScan, at readAt: Moment) async {
    if !scan.isTyped, scan.fault != .partMissing {
      await reduce(.notice(.scannerWithoutEnd(lost: 0), isActive: false), at: now)
    }
    let printed = cleaner.printed(scan.content, isTyped: scan.isTyped)
    switch cards.read(printed, at: scan.readAt) {
    case .command(let command, let isAgain):
      lightUp()
      // Whoever held it up had seen nothing that was shown while it was read.
      await reduce(.card(command, isAgain: isAgain), at: burstBeganAt)
    case .foreign: await submit(.staffCard, at: readAt)
    case nil where scan.isTyped && state.isFinding:
      // What is typed by hand belongs to the open search; Enter chooses there.
      await reduce(.key(.enter), at: now)
    case nil:
      await submit(
        cleaner.code(of: scan, printed: printed), at: readAt, isTyped: scan.isTyped)
    }
  }

  private func dropBurst(_ text: String, isScanners: Bool) async {
    let event = DoorEvent.typing(.burstDropped(text, isScanners: isScanners))
    await reduce(event, at: now)
    log.noted(event)
  }

  /// What the decoder must know of a line: a card of any box is nothing that a text begins with.
  private func kind(of scan: RawScan) -> LineKind {
    let printed = cleaner.printed(scan.content, isTyped: scan.isTyped)
    return printed.map(cards.isCard) == true ? .code : cleaner.kind(of: scan)
  }

  /// What stands unfinished, as it may be seen: neither a card nor a document.
  private static func shown(_ text: String) -> String {
    Document(beginning: text) == nil ? StaffCards.hidden(in: text) : "…"
  }

  // MARK: The PIN

  /// - Parameter pin: nil where what was typed cannot be one.
  private func enter(_ pin: PIN?) {
    let effects = state.reduce(.pin(.entered(isWellFormed: pin != nil)), at: now)
    guard effects.contains(.checkPIN), let pin, let pinChecker else { return }
    outside.staff.check(pin, by: pinChecker)
  }

  func noteAnswer(_ answer: PINChecker.Answer) async {
    log.pin(answer)
    switch answer {
    case .right: await reduce(.pin(.checked(isRight: true)), at: now)
    case .wrong(let wait):
      await lockPIN(for: wait)
      await reduce(.pin(.checked(isRight: false)), at: now)
    }
  }

  /// - Parameter wait: seconds.
  func lockPIN(for wait: TimeInterval) async {
    let now = now
    await reduce(.pin(.locked(until: now.uptime + wait)), at: now)
  }

  /// What stands half-typed from the time of a PIN is no code later either.
  func forgetTypedPIN(at now: Moment) {
    guard hadPINTyped, !state.takesPIN(at: now) else { return }
    hadPINTyped = false
    pinEntry = PINEntry()
    decoder.forgetTyped(at: now.uptime)
  }
}

extension ScannerEvent {
  /// Fingers ended what they had typed.
  fileprivate var isTypedLine: Bool {
    if case .scan(let scan) = self { scan.isTyped } else { false }
  }
}
