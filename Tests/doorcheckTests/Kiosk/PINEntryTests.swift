import DoorConfiguration
import Foundation
import Scanner
import Testing

@testable import doorcheck

/// What is a PIN and what a scan, by how it came from the keyboard.
@Suite struct PINEntryTests {
  /// Characters with the seconds before each.
  typealias Keys = [(after: TimeInterval, text: String)]

  static func keys(_ text: String, every pause: TimeInterval) -> Keys {
    text.map { (pause, String($0)) }
  }

  /// - Returns: what came of it: "typed 3", "PIN 2468", "no PIN", "scan 12345".
  static func meanings(_ keys: Keys, gap: TimeInterval = 0.05, isAsked: Bool = true) -> [String] {
    var decoder = ScanDecoder(input: .keyboard(gap: gap))
    var entry = PINEntry()
    var now: TimeInterval = 100
    var events: [ScannerEvent] = []
    for key in keys {
      let next = now + key.after
      while let due = decoder.nextDeadline, due < next { events += decoder.settle(at: due) }
      now = next
      events += decoder.feed(Array(key.text.utf8), at: now)
    }
    return events.map { event in
      switch (entry.take(event, isAsked: isAsked), event) {
      case (.typed(let count), _): "typed \(count)"
      case (.entered(let pin?), _): "PIN \(pin.revealed)"
      case (.entered(nil), _): "no PIN"
      case (.other, .scan(let scan)):
        if case .bytes(let bytes) = scan.content {
          "scan \(String(decoding: bytes, as: UTF8.self))"
        } else {
          "scan"
        }
      case (.other, .draft(let text)), (.other, .draftDropped(let text)),
        (.other, .burstDropped(let text, _)):
        "shown \(text)"
      case (.other, .key): "key"
      }
    }
  }

  @Test(arguments: [0.06, 0.09, 0.15, 0.2, 1]) func `Digits typed by hand are a PIN`(
    pause: TimeInterval
  ) {
    // Also where the scanner is so slow that fingers are as fast.
    for gap in [0.005, 0.05, 0.2, 1] {
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
}
