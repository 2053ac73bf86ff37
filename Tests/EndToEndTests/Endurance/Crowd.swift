import SeededRandom

/// Codes at random, and what each must come to: the door's memory, kept a second time.
///
/// They belong to the generated guests of the stand-in venue, all of whom may come in.
struct Crowd: Sendable {
  struct Scan: Sendable {
    var code: String
    /// The public name of the reason (Contract: The verdict).
    var reason: String
  }

  /// Who is in by what the store holds, whether or not somebody saw it.
  private(set) var isIn: Set<String> = []
  /// What was drawn since the last `settle`, in order.
  private(set) var drawn: [Scan] = []
  private var random: SplitMix64
  /// In the order in which they came.
  private var known: [String] = []
  private var unused: [String] = []
  private var nextNumber = 0
  private let code: @Sendable (Int) -> String

  /// - Parameter code: of the guest with a number, from 0.
  init(seed: UInt64, code: @escaping @Sendable (Int) -> String) {
    random = SplitMix64(seed: seed)
    self.code = code
  }

  mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// Mostly somebody new; often somebody who is in already, some of them a moment ago.
  /// - Parameter repeats: whether the scanner reads twice now and then.
  mutating func draw(repeats: Bool) -> Scan {
    let scan: Scan
    switch number(in: 1...100) {
    case 1...55: scan = newcomer()
    case 56...82: scan = comingBack() ?? newcomer()
    case 83...90:
      scan = (repeats ? drawn.last.flatMap(readTwice) : nil) ?? newcomer()
    // What is no code at all would take the next ones with it: these come without a pause.
    default: scan = Scan(code: "NOSUCH\(number(in: 1000...999_999))", reason: "unknown_pass")
    }
    drawn.append(scan)
    return scan
  }

  private mutating func newcomer() -> Scan {
    let code: String
    if let left = unused.popLast() {
      code = left
    } else {
      code = self.code(nextNumber)
      nextNumber += 1
    }
    return Scan(code: code, reason: "valid")
  }

  /// Somebody who was let in before, but not the one just scanned: that would be the scanner's
  /// doing.
  private mutating func comingBack() -> Scan? {
    let recent = drawn.last { $0.reason == "valid" && $0.code != drawn.last?.code }?.code
    guard let code = Bool.random(using: &random) ? recent : known.randomElement(using: &random),
      code != drawn.last?.code
    else { return nil }
    return Scan(code: code, reason: "already_used")
  }

  private func readTwice(_ last: Scan) -> Scan? {
    last.reason == "unreadable_code" ? nil : Scan(code: last.code, reason: "repeat_scan")
  }

  /// The program is gone. Whoever is not recorded may come anew.
  /// - Parameters:
  ///   - seen: who was seen to come in, and is recorded.
  ///   - next: the first code of which nobody saw a verdict: it alone may be recorded as well.
  /// - Returns: how many are recorded and were not seen.
  mutating func settle(seen: Set<String>, recorded: Set<String>, next: String?) -> Int {
    var unseen = 0
    for scan in drawn where scan.reason == "valid" {
      if seen.contains(scan.code) {
        isIn.insert(scan.code)
        known.append(scan.code)
      } else if scan.code == next, recorded.contains(scan.code) {
        isIn.insert(scan.code)
        known.append(scan.code)
        unseen += 1
      } else {
        unused.append(scan.code)
      }
    }
    drawn = []
    return unseen
  }
}
