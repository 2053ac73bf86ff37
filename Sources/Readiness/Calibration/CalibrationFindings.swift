import Admission
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Scanner

/// What `calibrate` tells of a scanner. The names are public: `calibrate --format json` prints them.
package enum CalibrationPoint: String, FindingPoint {
  /// Whether the test code was recognised in what arrived.
  case code
  case terminator
  /// The AIM identifier.
  case identifier
  /// Prefix and suffix.
  case affixes
  /// The keyboard layout.
  case layout
  /// Caps Lock, and letters that the scanner changes.
  case capitals
  /// The delay between characters.
  case speed
  /// Characters lost or doubled.
  case losses
  /// How soon the same code is read again.
  case reread
}

package typealias CalibrationFinding = Finding<CalibrationPoint>

package struct CalibrationFindings {
  let calibration: Calibration
  let reread: Reread
  /// As the venue has set it.
  let current: Settings.Scanner
  /// As it should be.
  let proposed: Settings.Scanner

  init(_ calibration: Calibration, reread: Reread = Reread(), current: Settings.Scanner) {
    self.calibration = calibration
    self.reread = reread
    self.current = current
    var proposed = current.fitted(to: calibration)
    proposed.rereadMilliseconds = reread.milliseconds(over: current.rereadMilliseconds)
    self.proposed = proposed
  }

  var all: [CalibrationFinding] {
    [code, terminator, identifier, affixes, layout, capitals, speed, losses, rereading]
  }

  /// The points that fail even with the proposed settings: the scanner or the keyboard is to be
  /// changed.
  var unmended: [CalibrationPoint] {
    CalibrationFindings(calibration, reread: reread, current: proposed).all
      .filter(\.status.isFailure).map(\.point)
  }

  private static let below = "set it as below"

  private var code: CalibrationFinding {
    if calibration.keys == .numLockOff {
      return .fail(
        .code, "cursor keys arrived instead of digits: Num Lock is off", next: "press Num Lock")
    }
    if calibration.keys == .altCodes {
      return .fail(
        .code, "Alt and numbers arrived instead of characters",
        next: "switch the scanner's ALT mode off, as its manual says")
    }
    let (found, scans) = (calibration.recognised, calibration.scans)
    if found == scans { return .pass(.code, "recognised in \(scans) of \(scans) scans") }
    let next = "scan the code on the screen, or use --code for another one"
    return found == 0
      ? .fail(.code, "another code arrived", next: next)
      : .fail(.code, "recognised in \(found) of \(scans) scans only", next: next)
  }

  private var terminator: CalibrationFinding {
    let endings = calibration.terminators
    let names = endings.map(\.name).joined(separator: ", ")
    if endings == [.before] {
      return .fail(
        .terminator, "Enter comes before the code: no scan would ever end",
        next: "have the scanner send Enter after the code: scan \"add suffix CR\" in its manual")
    }
    if !calibration.endsEveryScan {
      let last = calibration.lastByte.map { "\(Self.name(of: $0)), which is no Enter" } ?? "none"
      return .fail(
        .terminator,
        endings.count == 1 ? "\(last): no scan would ever end" : "not always: \(names)",
        next: "have the scanner add Enter: scan \"add suffix CR\" in its manual")
    }
    if endings.count > 1 {
      return .fail(.terminator, "not always the same: \(names)", next: "look for loose contacts")
    }
    return .pass(.terminator, names)
  }

  private static func name(of byte: UInt8) -> String {
    switch byte {
    case 0: "NUL"
    case 3: "ETX"
    case 4: "EOT"
    case 0x20...: "\"\(Character(Unicode.Scalar(byte)))\""
    default: "the control character \(byte)"
    }
  }

  private var identifier: CalibrationFinding {
    let identifiers = calibration.aimIdentifiers.map(DisplayText.cleaned)
    guard isFound else { return notKnown(.identifier) }
    return .pass(
      .identifier,
      identifiers.isEmpty ? "none" : "\(identifiers.joined(separator: ", ")), removed automatically"
    )
  }

  private var affixes: CalibrationFinding {
    guard isFound else { return notKnown(.affixes) }
    let parts = [("prefix", calibration.prefix), ("suffix", calibration.suffix)]
      .filter { !$0.1.isEmpty }
      .map { "\($0.0) \(YAMLScalar.quoted($0.1))" }
    let message = parts.isEmpty ? "none" : parts.joined(separator: ", ")
    let isSet =
      current.format.prefix == proposed.format.prefix
      && current.format.suffix == proposed.format.suffix
    if isSet { return .pass(.affixes, parts.isEmpty ? message : "\(message), as set") }
    return .fail(.affixes, "\(message), not as set", next: Self.below)
  }

  private var layout: CalibrationFinding {
    guard isFound else { return notKnown(.layout) }
    switch calibration.layout {
    case .fits:
      return current.format.layout == proposed.format.layout
        ? .pass(.layout, "characters arrive as printed")
        : .fail(
          .layout,
          "characters arrive as printed, but scanner.layout is "
            + (current.format.layout?.rawValue ?? ""), next: Self.below)
    case .console(let layouts):
      let words =
        "console keyboard \(list(layouts)), scanner us: \(changes)"
      return current.format.layout == proposed.format.layout
        ? .pass(.layout, "\(words); the settings undo it")
        : .fail(.layout, words, next: "\(Self.below), or set the console to a us layout")
    case .scanner(let layouts):
      return .fail(
        .layout, "scanner keyboard \(list(layouts)), console us: \(changes)",
        next: "set the scanner to a US keyboard (see its manual); no setting here undoes it")
    }
  }

  private var capitals: CalibrationFinding {
    guard isFound else { return notKnown(.capitals) }
    switch calibration.capitals {
    case .asPrinted: return .pass(.capitals, "as printed")
    case .locked:
      return .fail(.capitals, "Caps Lock is on: a for A, A for a", next: "switch Caps Lock off")
    case .upper, .lower:
      let word = calibration.capitals == .upper ? "capital" : "small"
      return .fail(
        .capitals, "the scanner makes every letter \(word)",
        next: "switch its case conversion off (see its manual)")
    }
  }

  private var speed: CalibrationFinding {
    guard let median = calibration.medianGap, let longest = calibration.longestGap else {
      return notKnown(.speed)
    }
    let words = "\(milliseconds(median)) ms between characters, \(milliseconds(longest)) at most"
    if calibration.isTyped {
      return .fail(.speed, "\(words): as typed by hand", next: "scan it with the scanner")
    }
    guard proposed.gapMilliseconds == current.gapMilliseconds else {
      let isSlower = longest * 1000 > Double(current.gapMilliseconds)
      return .fail(
        .speed,
        "\(words): \(isSlower ? "slower than scanner.gap_ms takes for one scan" : "close to scanner.gap_ms")",
        next: "\(Self.below), or set the scanner's delay between characters to 0")
    }
    return .pass(.speed, words)
  }

  private var losses: CalibrationFinding {
    guard isFound else { return notKnown(.losses) }
    let faults = calibration.faults.sorted { $0.key < $1.key }
    guard !faults.isEmpty else { return .pass(.losses, "none") }
    let words = faults.map { number, faults in
      "scan \(number + 1) " + faults.map(\.words).joined(separator: ", ")
    }
    return .fail(
      .losses, words.joined(separator: "; "),
      next: "give the scanner a delay of 5 ms between characters, or try another port and cable")
  }

  private var rereading: CalibrationFinding {
    guard let seconds = reread.seconds else {
      return reread.scans.isEmpty
        ? notKnown(.reread) : .pass(.reread, "a code that stays is not read again")
    }
    let words = "a code that stays is read again after \(milliseconds(seconds)) ms"
    guard let current = current.rereadMilliseconds else { return .pass(.reread, words) }
    return current == proposed.rereadMilliseconds
      ? .pass(.reread, words)
      : .fail(.reread, "\(words), and scanner.reread_ms is \(current)", next: Self.below)
  }

  private var isFound: Bool { calibration.recognised > 0 }

  private func notKnown(_ point: CalibrationPoint) -> CalibrationFinding {
    .skipped(point, "not known")
  }

  private func list(_ layouts: [KeyboardLayout]) -> String {
    layouts.map(\.rawValue).joined(separator: " or ")
  }

  private var changes: String {
    calibration.changes.map {
      DisplayText.cleaned("\($0.printed)") + "→" + DisplayText.cleaned("\($0.arrived)")
    }.joined(separator: " ")
  }

  private func milliseconds(_ seconds: TimeInterval) -> Int {
    Int((min(seconds, 1e6) * 1000).rounded())
  }
}

extension Settings.Scanner {
  /// With what a calibration says; what it says nothing of stays.
  func fitted(to calibration: Calibration) -> Settings.Scanner {
    var fitted = self
    fitted.format = calibration.format(over: format)
    fitted.gapMilliseconds = calibration.gapMilliseconds(over: gapMilliseconds)
    return fitted
  }
}

extension Terminator {
  fileprivate var name: String {
    switch self {
    case .before: "Enter before the code"
    case .none: "none"
    case .cr: "CR (Enter)"
    case .lf: "LF"
    case .crlf: "CR LF, which end one scan"
    case .tab: "TAB"
    case .several: "several, of which the first ends the scan"
    }
  }
}

extension Calibration.Fault {
  fileprivate var words: String {
    switch self {
    case .lost(let scalar): "lost \(DisplayText.cleaned("\(scalar)"))"
    case .doubled(let scalar): "doubled \(DisplayText.cleaned("\(scalar)"))"
    case .extra: "has one too many"
    case .changed: "has another one"
    }
  }
}
