import DoorConfiguration
import Foundation
import Scanner
import Testing

@testable import Door

/// What is a PIN and what a scan, by how it came from the keyboard.
@Suite struct PINEntryTests {
  /// Characters with the seconds before each.
  typealias Keys = [(after: TimeInterval, text: String)]

  static func keys(_ text: String, every pause: TimeInterval) -> Keys {
    text.map { (pause, String($0)) }
  }

  /// - Returns: what came of it: "typed 3", "PIN 2468", "no PIN", "scan 12345", "amber" with what is
  ///   left of it.
  static func meanings(_ keys: Keys, gap: TimeInterval = 0.05, isAsked: Bool = true) -> [String] {
    var decoder = ScanDecoder(input: .keyboard(gap: gap))
    var entry = PINEntry()
    var now: TimeInterval = 100
    var events: [ScannerEvent] = []
    for key in keys {
      let next = now + key.after
      while let due = decoder.nextDeadline, due < next { events += decoder.advance(to: due) }
      now = next
      events += decoder.feed(Array(key.text.utf8), at: now)
    }
    while let due = decoder.nextDeadline, due < now + 20 { events += decoder.advance(to: due) }
    return events.map { event in
      switch (entry.read(event, isAsked: isAsked), event) {
      case (.typed(let count), _): "typed \(count)"
      case (.entered(let pin?), _): "PIN \(pin.revealed)"
      case (.entered(nil), _): "no PIN"
      case (.scan(let scan), _), (.other, .scan(let scan)): Self.words(scan)
      case (.dropped(let isScanners), _): isScanners ? "lost" : "unended"
      case (.other, .draft(let text)), (.other, .draftDropped(let text)),
        (.other, .burstDropped(let text, _, _)):
        "shown \(text)"
      case (.other, .key): "key"
      }
    }
  }

  private static func words(_ scan: RawScan) -> String {
    guard case .bytes(let bytes) = scan.content else { return "scan" }
    let text = String(decoding: bytes, as: UTF8.self)
    return scan.fault == nil ? "scan \(text)" : text.isEmpty ? "amber" : "amber \(text)"
  }

  @Test(arguments: [0.06, 0.09, 0.15, 0.2, 1]) func `Digits typed by hand are a PIN`(
    pause: TimeInterval
  ) {
    // Also where the scanner is so slow that fingers are as fast; the fastest are no fingers there.
    for gap in pause < 0.11 ? [0.005, 0.05] : [0.005, 0.05, 0.2, 1] {
      let meanings = Self.meanings(Self.keys("24680\r", every: pause), gap: gap)
      #expect(meanings.last == "PIN 24680", "gap \(gap)")
      #expect(!meanings.contains { $0.hasPrefix("scan") || $0.hasPrefix("shown") }, "gap \(gap)")
    }
  }

  @Test(arguments: [0, 0.001, 0.012, 0.05]) func `A numeric barcode is a scan`(pause: TimeInterval)
  {
    let scanned = [(1.0, "2")] + Self.keys("4680135\r", every: pause)
    #expect(Self.meanings(scanned).last == "scan 24680135")
    // Also over a PIN that stands half-typed, of which nothing shows.
    let over = Self.keys("97", every: 0.2) + scanned
    #expect(Self.meanings(over).last == "scan 24680135")
    #expect(!Self.meanings(over).contains { $0.contains("97") })
  }

  struct Mixture: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var keys: Keys
    var gap = 0.05
    /// After what stands typed.
    var expected: [String]

    init(_ name: String, gap: TimeInterval = 0.05, _ keys: Keys, _ expected: [String]) {
      (testDescription, self.gap, self.keys, self.expected) = (name, gap, keys, expected)
    }
  }

  /// Digits by hand right before, among and after what a scanner sends. 97 is the PIN's.
  static let mixtures: [Mixture] = [
    Mixture("before a code", keys("97", every: 0.2) + [(0.5, "GOODONE1\r")], ["amber"]),
    Mixture("before a number", keys("97", every: 0.2) + [(0.5, "24680135\r")], ["amber"]),
    Mixture("just within a second", keys("97", every: 0.2) + [(0.99, "24680135\r")], ["amber"]),
    Mixture(
      "just over a second", keys("97", every: 0.2) + [(1.01, "24680135\r")],
      ["scan 24680135"]),
    Mixture(
      "one older, one not", keys("97", every: 0.7) + [(0.5, "GOODONE1\r")], ["amber"]),
    Mixture(
      "one key that rolls into the burst",
      keys("9", every: 0.2) + [(0.2, "7"), (0.03, "GOODONE1\r")],
      ["amber"]),
    Mixture(
      "before a number with a pause in it",
      keys("97", every: 0.2) + [(0.5, "2468"), (0.08, "0135\r")], ["amber"]),
    Mixture("a number with a pause in it", [(1, "2468"), (0.08, "0135\r")], ["amber"]),
    Mixture("a number whose end is late", [(1, "24680135"), (0.3, "\r")], ["amber"]),
    Mixture(
      "before two codes", keys("97", every: 0.2) + [(0.5, "GOODONE1\rGOODTWO2\r")],
      ["amber", "scan GOODTWO2"]),
    Mixture("before a document", keys("97", every: 0.2) + [(0.5, "MECARD:N:Doe;;\r")], ["amber"]),
    Mixture(
      "before a number without an end", keys("97", every: 0.2) + [(0.5, "24680135")],
      ["unended"]),
    Mixture("a number without an end", [(1, "24680135")], ["lost"]),
    Mixture(
      "a number without an end, then Enter", [(1, "24680135"), (3, "\r")], ["lost", "key"]),
    Mixture("a number that Enter comes first", [(1, "\r24680135")], ["lost"]),
    Mixture("a code without an end", [(1, "GOODONE1")], ["lost"]),
    Mixture(
      "an end that was lost, twice",
      [(1, "24680135"), (0.4, "24680136"), (0.4, "24680137\r")], ["amber"]),
    Mixture("a slow host's number", gap: 0.15, keys("24680135\r", every: 0.1), ["scan 24680135"]),
    Mixture(
      "a slow host's number over a PIN", gap: 0.15,
      keys("97", every: 0.4) + keys("24680135\r", every: 0.1), ["amber"]),
    Mixture(
      "over fingers as fast as a slow host", gap: 0.2,
      keys("97", every: 0.18) + [(0.3, "24680135\r")], ["amber"]),
    Mixture(
      "then a PIN", [(1, "24680135\r")] + keys("9753\r", every: 0.2), ["scan 24680135", "PIN 9753"]),
    Mixture(
      "then a PIN over a scan",
      keys("97", every: 0.2) + [(0.5, "24680135\r")]
        + keys("9753\r", every: 0.2), ["amber", "PIN 9753"]),
    Mixture("four keys at once, then Enter", [(1, "9753"), (0.2, "\r")], ["amber"]),
    Mixture("four keys at once, no Enter", [(1, "9753")], ["lost"]),
  ]

  @Test(arguments: mixtures) func `A scan is never a PIN, and shows nothing of one`(of: Mixture) {
    for isAsked in [true, false] {
      let meanings = Self.meanings(of.keys, gap: of.gap, isAsked: isAsked)
      let told = meanings.filter { !$0.hasPrefix("typed") }
      if isAsked {
        #expect(told == of.expected)
        #expect(!meanings.contains { $0.contains("97") && $0 != "PIN 9753" }, "\(meanings)")
      } else {
        // The question has just gone: what begins with digits may still be the rest of a PIN.
        #expect(!meanings.contains { $0.contains("97") && $0 != "PIN 9753" }, "\(meanings)")
        #expect(told.filter { $0.hasPrefix("scan") } == of.expected.filter { $0.hasPrefix("scan") })
      }
    }
  }

  @Test func `Fingers that roll over three keys lose no digit`() {
    let rolled: Keys =
      Self.keys("24", every: 0.2) + [(0.2, "6"), (0.03, "8"), (0.03, "1"), (0.2, "3"), (0.2, "\r")]
    #expect(Self.meanings(rolled).last == "PIN 246813")
    let atTheEnd: Keys =
      Self.keys("24", every: 0.2) + [(0.2, "6"), (0.03, "8"), (0.03, "1"), (0.2, "\r")]
    #expect(Self.meanings(atTheEnd).last == "PIN 24681")
  }

  @Test func `Backspace edits it`() {
    #expect(
      Self.meanings(Self.keys("29\u{7F}468\r", every: 0.2)).last == "PIN 2468")
  }

  @Test(arguments: ["24x8\r", "123\r", "1234567890123\r", "ABCD\r"])
  func `What is typed by hand and no PIN is no code either`(text: String) {
    let meanings = Self.meanings(Self.keys(text, every: 0.2))
    #expect(meanings.last == "no PIN")
    #expect(!meanings.contains { $0.hasPrefix("scan") || $0.hasPrefix("shown") })
  }

  @Test func `Once the question has gone, digits by hand are still the rest of a PIN`() {
    let meanings = Self.meanings(Self.keys("68\r", every: 0.2), isAsked: false)
    #expect(!meanings.contains { $0.hasPrefix("scan") || $0.hasPrefix("shown") })
    #expect(Self.meanings(Self.keys("ABCD\r", every: 0.2), isAsked: false).last == "scan ABCD")
    #expect(Self.meanings([(1, "24680135\r")], isAsked: false) == ["scan 24680135"])
  }

  /// A code of a few digits and letters is one; a whole PIN with a slip of the finger is not.
  @Test(arguments: [
    ("4711\r", true), ("471\r", true), ("4711x\r", true), ("47118x88\r", true), ("471A\r", false),
    ("A4711\r", false), ("12AB3456\r", false),
  ])
  func `Once the question has gone, what looks like a PIN is hidden`(text: String, isHidden: Bool) {
    let meanings = Self.meanings(Self.keys(text, every: 0.2), isAsked: false)
    #expect(meanings.contains { $0.hasPrefix("scan") } != isHidden, "\(meanings)")
    #expect(!isHidden || !meanings.contains { $0.hasPrefix("shown") }, "\(meanings)")
  }
}
