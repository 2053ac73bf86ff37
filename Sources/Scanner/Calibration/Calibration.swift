package import Admission
package import FoundationEssentials

/// What scans of a known code tell of a scanner and the console that it types on. Pure: times come
/// with the bytes.
package struct Calibration: Sendable, Equatable {
  package enum Layout: Sendable, Equatable {
    case fits
    /// The console has one of these layouts, and the scanner types as a US keyboard. They do the same
    /// to the code; the first is the likeliest.
    case console([KeyboardLayout])
    /// The scanner types as a keyboard of one of these layouts, and the console has US keys.
    case scanner([KeyboardLayout])
  }

  package enum Capitals: Sendable, Equatable {
    case asPrinted
    /// Caps Lock is on.
    case locked
    /// The scanner makes every letter capital, or small.
    case upper, lower
  }

  /// A character that arrives as another one, by the layout or Caps Lock.
  package struct Change: Sendable, Equatable {
    package var printed: Unicode.Scalar
    package var arrived: Unicode.Scalar
  }

  /// What is wrong with one scan and not with all.
  package enum Fault: Hashable, Sendable {
    case lost(Unicode.Scalar)
    case doubled(Unicode.Scalar)
    /// Neither expected nor a repetition.
    case extra
    case changed
  }

  /// Scans that arrived.
  package var scans = 0
  /// Those of them in which the code was found.
  package var recognised = 0
  /// Each that was seen, in the order in which they were.
  package var terminators: [Terminator] = []
  /// The last byte of those without one, where it is the same each time and no letter or digit.
  package var lastByte: UInt8?
  /// Keys that came in the place of characters: `numLockOff`, `altCodes`, or nil.
  package var keys: UnreadableCause?
  /// AIM identifiers before the code, which name the symbology and need no setting.
  package var aimIdentifiers: [String] = []
  /// What else the scanner puts before and after the code, the same each time, as printed.
  package var prefix = ""
  package var suffix = ""
  package var layout = Layout.fits
  package var capitals = Capitals.asPrinted
  package var changes: [Change] = []
  /// By scan, from 0; those without any are missing.
  package var faults: [Int: [Fault]] = [:]
  /// Seconds between two characters; nil where there were none.
  package var medianGap: TimeInterval?
  package var longestGap: TimeInterval?
  /// Fingers typed it, as it seems.
  package var isTyped = false

  /// Every scan ended, and was characters: without that nothing is ever looked up.
  package var endsEveryScan: Bool { !terminators.contains { $0 == .none || $0 == .before } }
  package var isScannerFit: Bool { endsEveryScan && keys == nil }

  /// The share of its characters that may be wrong in a scan of the code.
  private static let mostFaults = 1.0 / 3

  /// - Parameters:
  ///   - expected: what is printed.
  ///   - preferred: layouts in the order of their likelihood on this box, where the code itself does
  ///     not tell which it is.
  package init(
    of scans: [RecordedScan], expected: String = TestCode.text,
    preferred: [KeyboardLayout] = []
  ) {
    self.scans = scans.count
    let readings = scans.map(ScanReading.init)
    for reading in readings where !terminators.contains(reading.terminator) {
      terminators.append(reading.terminator)
    }
    let lastBytes = Set(readings.compactMap(\.lastByte))
    if lastBytes.count == 1, let last = lastBytes.first, last < 0x20 || last == 0x3B {
      lastByte = last
    }
    keys = readings.lazy.compactMap(\.keys).first { $0 == .numLockOff || $0 == .altCodes }
    measure(gaps: readings.flatMap(\.gaps))
    let texts = readings.map(\.text)
    let trials = Distortion.all.map { Trial($0, texts: texts, expected: expected) }
    let best = Self.best(of: trials, mostFaults: Int(Double(expected.count) * Self.mostFaults))
    guard let first = best.first else { return }
    recognised = first.found.count
    capitals = Self.capitals(first.distortion.capitals)
    layout = Self.layout(best.map(\.distortion), preferred: preferred)
    findUsual(among: first.found.map(\.affixes))
    findFaults(by: first, texts: texts, expected: expected)
  }

  // MARK: Which distortion

  /// The distortions that explain most, with the fewest faults and the fewest causes; several where
  /// the code does not tell them apart.
  private static func best(of trials: [Trial], mostFaults: Int) -> [Trial] {
    let found = trials.map { $0.keeping(mostFaults: mostFaults) }.filter { !$0.found.isEmpty }
    guard let best = found.min(by: { $0.rank < $1.rank }) else { return [] }
    let capitals = Self.capitals(best.distortion.capitals)
    return found.filter {
      $0.rank == best.rank && Self.capitals($0.distortion.capitals) == capitals
    }
  }

  private static func capitals(_ capitals: Distortion.Capitals) -> Capitals {
    switch capitals {
    case .asPrinted: .asPrinted
    case .locked, .lockedPlain, .shifted: .locked
    case .upper: .upper
    case .lower: .lower
    }
  }

  /// Where both sides could have it, it is the console's: that one can be repaired here.
  private static func layout(
    _ distortions: [Distortion], preferred: [KeyboardLayout]
  ) -> Layout {
    var (consoles, scanners): ([KeyboardLayout], [KeyboardLayout]) = ([], [])
    for distortion in distortions {
      switch distortion.layout {
      case .none: return .fits
      case .console(let layout): consoles.append(layout)
      case .scanner(let layout): scanners.append(layout)
      }
    }
    func sorted(_ layouts: [KeyboardLayout]) -> [KeyboardLayout] {
      preferred.filter(layouts.contains) + layouts.filter { !preferred.contains($0) }
    }
    return consoles.isEmpty ? .scanner(sorted(scanners)) : .console(sorted(consoles))
  }

  // MARK: What follows from it

  /// What stands before and after the code in most scans.
  private mutating func findUsual(among affixes: [Affixes]) {
    func usual(_ texts: [String]) -> String {
      let counts = Dictionary(grouping: texts) { $0 }.mapValues(\.count)
      return counts.first { $0.value * 2 > texts.count }?.key ?? ""
    }
    for identifier in affixes.compactMap(\.aimIdentifier)
    where !aimIdentifiers.contains(identifier) { aimIdentifiers.append(identifier) }
    prefix = usual(affixes.map(\.prefix))
    suffix = usual(affixes.map(\.suffix))
  }

  private mutating func findFaults(by trial: Trial, texts: [String], expected: String) {
    let whole = Array((prefix + trial.distortion.remainder(of: expected) + suffix).unicodeScalars)
    for found in trial.found {
      let arrived = Affixes.code(in: found.text)
      let faults = Self.faults(
        CodeAlignment(whole, in: arrived, isWhole: true), from: arrived)
      if !faults.isEmpty { self.faults[found.number] = faults }
    }
    guard let clean = trial.found.first(where: { faults[$0.number] == nil }) else { return }
    changes = Self.changes(
      in: Array(texts[clean.number].unicodeScalars), at: clean.range.lowerBound,
      expected: Array(expected.unicodeScalars))
  }

  private static func faults(
    _ alignment: CodeAlignment, from arrived: [Unicode.Scalar]
  ) -> [Fault] {
    var position = 0
    return alignment.steps.compactMap { step in
      defer { if case .lost = step {} else { position += 1 } }
      switch step {
      case .same: return nil
      case .changed: return .changed
      case .lost(let scalar): return .lost(scalar)
      case .extra(let scalar):
        let isNext = [position - 1, position + 1].contains {
          arrived.indices.contains($0) && arrived[$0] == scalar
        }
        return isNext ? .doubled(scalar) : .extra
      }
    }
  }

  /// Character by character, as far as none became two or two became one.
  private static func changes(
    in arrived: [Unicode.Scalar], at start: Int, expected: [Unicode.Scalar]
  ) -> [Change] {
    guard start + expected.count <= arrived.count else { return [] }
    return zip(expected, arrived[start...]).compactMap { printed, arrived in
      printed == arrived ? nil : Change(printed: printed, arrived: arrived)
    }
  }

  // MARK: Times

  /// Seconds; a person who types is slower than this, and less even.
  private static let quickFingers: TimeInterval = 0.06

  private mutating func measure(gaps: [TimeInterval]) {
    let sorted = gaps.sorted()
    guard let longest = sorted.last, let shortest = sorted.first else { return }
    let median = sorted[sorted.count / 2]
    (medianGap, longestGap) = (median, longest)
    isTyped = median > Self.quickFingers && longest - shortest > median / 2
  }
}

/// The scans as one distortion explains them.
private struct Trial {
  struct Found {
    var number: Int
    /// What was scanned, if this distortion is the right one.
    var text: String
    var range: Range<Int>
    var faults: Int
    var affixes: Affixes
  }

  let distortion: Distortion
  var found: [Found]

  init(_ distortion: Distortion, texts: [String], expected: String) {
    self.distortion = distortion
    let code = Array(distortion.remainder(of: expected).unicodeScalars)
    found = texts.enumerated().map { number, text in
      let undone = distortion.undone(text)
      let scalars = Array(undone.unicodeScalars)
      let alignment = CodeAlignment(code, in: scalars, isWhole: false)
      return Found(
        number: number, text: undone, range: alignment.range, faults: alignment.faults,
        affixes: Affixes(of: scalars, around: alignment.range))
    }
  }

  func keeping(mostFaults: Int) -> Trial {
    var trial = self
    trial.found.removeAll { $0.faults > mostFaults }
    return trial
  }

  /// Scans that are not explained, faults, causes: the fewer the better, in this order.
  var rank: [Int] {
    [-found.count, found.reduce(0) { $0 + $1.faults }, distortion.causes]
  }
}

extension [Int] {
  fileprivate static func < (left: [Int], right: [Int]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }
}

/// The code that is scanned to find out what a scanner and a console make of one. It holds what
/// layouts disagree on: letters that move, both cases, digits, and the two signs that a pass code may
/// have. No character comes twice, so that a lost or doubled one has a place.
package enum TestCode {
  package static let text = "aqzwmy-AQZWMY_0123456789"

  /// Scans that are asked for: what happens once may be a hiccup.
  package static let scans = 3
}
