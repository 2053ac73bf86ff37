import Admission
import FoundationEssentials
import Scanner
import SeededRandom
import Testing

/// Bytes with the time since the ones before, in seconds.
private struct Typed: Sendable {
  var after: TimeInterval
  var bytes: [UInt8]

  init(_ after: TimeInterval, _ text: String) {
    self.after = after
    bytes = Array(text.utf8)
  }

  init(_ after: TimeInterval, bytes: [UInt8]) {
    self.after = after
    self.bytes = bytes
  }
}

/// Types as a person does, a character every 200 ms.
private func byHand(_ text: String, every pause: TimeInterval = 0.2) -> [Typed] {
  text.map { Typed(pause, String($0)) }
}

private let keys = KeySequences([
  (Array("\u{1B}OP".utf8), .function(1)), (Array("\u{1B}[19~".utf8), .function(8)),
  (Array("\u{1B}[A".utf8), .up),
])

private func events(
  _ typed: [Typed], thenSilence silence: TimeInterval = 0,
  input: ScanDecoder.Input = .keyboard(gap: 0.05), judge: TestJudge = .takesAll
) -> [ScannerEvent] {
  var decoder = ScanDecoder(input: input, keys: keys)
  var now: TimeInterval = 100
  var events: [ScannerEvent] = []
  for piece in typed {
    let next = now + piece.after
    // As the loop of the program does: it wakes at the deadline and when bytes come.
    while let deadline = decoder.nextDeadline, deadline < next {
      events += decoder.advance(to: deadline)
    }
    now = next
    events += decoder.feed(piece.bytes, at: now, judge: judge.kind)
  }
  let end = now + silence
  while let deadline = decoder.nextDeadline, deadline <= end {
    events += decoder.advance(to: deadline)
  }
  return events
}

private func scans(_ events: [ScannerEvent]) -> [String] {
  events.compactMap {
    guard case .scan(let scan) = $0 else { return nil }
    return switch scan.content {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .tooLong: "<too long>"
    }
  }
}

/// The scans that would be looked up.
private func readable(_ events: [ScannerEvent]) -> [String] {
  events.compactMap {
    guard case .scan(let scan) = $0 else { return nil }
    let code = TestJudge.code(of: scan)
    return code.isReadable ? code.text : nil
  }
}

private func foundKeys(_ events: [ScannerEvent]) -> [DoorKey] {
  events.compactMap { if case .key(let key) = $0 { key } else { nil } }
}

private func drafts(_ events: [ScannerEvent]) -> [String] {
  events.compactMap { if case .draft(let text) = $0 { text } else { nil } }
}

private func dropped(_ events: [ScannerEvent]) -> [String] {
  events.compactMap { if case .draftDropped(let text) = $0 { text } else { nil } }
}

@Suite struct ScanDecoderTests {
  @Test(arguments: [
    ("P6J21FF2S\r", ["P6J21FF2S"]),
    ("P6J21FF2S\n", ["P6J21FF2S"]),
    ("P6J21FF2S\r\n", ["P6J21FF2S"]),
    ("P6J21FF2S\t", ["P6J21FF2S"]),
    ("AAAA\rBBBB\r", ["AAAA", "BBBB"]),
    ("AAAA\r\nBBBB\r\n", ["AAAA", "BBBB"]),
    ("AAAA\tBBBB\rCCCC\n", ["AAAA", "BBBB", "CCCC"]),
    ("\r\n\t\r\r\n", []),
    ("Ñandú-1\r", ["Ñandú-1"]),
  ])
  func `A terminator ends a scan however the bytes are split`(
    typed: String, expected: [String]
  ) {
    let bytes = Array(typed.utf8)
    #expect(scans(events([Typed(1, typed)])) == expected, "in one burst")
    #expect(scans(events(bytes.map { Typed(0.005, bytes: [$0]) })) == expected, "5 ms apart")
    #expect(scans(events(bytes.map { Typed(0.05, bytes: [$0]) })) == expected, "at the gap")
    #expect(scans(events(bytes.map { Typed(0.2, bytes: [$0]) })) == expected, "by hand")
    for split in 0...bytes.count {
      let pieces = [
        Typed(1, bytes: Array(bytes[..<split])), Typed(0.01, bytes: Array(bytes[split...])),
      ]
      #expect(scans(events(pieces)) == expected, "split at \(split)")
    }
  }

  @Test func `An idle gap never ends a scan`() {
    let typed = byHand("P6J2") + [Typed(5, "1")] + byHand("FF2S") + [Typed(20, "\r")]
    #expect(scans(events(typed)) == ["P6J21FF2S"])
    #expect(dropped(events(typed)) == [])
  }

  @Test func `A burst drops what was typed by hand, and says so`() {
    let all = events(byHand("P6J") + [Typed(1.1, "GROUP4XYZ\r")])
    #expect(scans(all) == ["GROUP4XYZ"])
    #expect(dropped(all) == ["P6J"])
  }

  @Test func `A burst drops what was typed by hand when its bytes come one by one`() {
    let burst = "GROUP4XYZ\r".map { Typed(0.005, String($0)) }
    var all = byHand("P6J")
    all.append(Typed(1, ""))
    let found = events(all + burst)
    #expect(scans(found) == ["GROUP4XYZ"])
    #expect(dropped(found) == ["P6J"])
  }

  /// Fingers press a second key before 50 ms are over, but not a third one.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8])
  func `Two keys pressed at almost the same time are no burst`(position: Int) {
    let code = Array("GROUP4XYZ")
    let typed = code.indices.map { index in
      Typed(index == position ? 0.03 : 0.2, String(code[index]))
    }
    #expect(scans(events(typed + [Typed(0.03, "\r")])) == ["GROUP4XYZ"])
    #expect(dropped(events(typed)) == [])
  }

  @Test(arguments: [
    [Typed(1, "G"), Typed(0.03, "R"), Typed(0.25, "O"), Typed(1.4, "DUO2K9P4\r")],
    [Typed(1, "G"), Typed(0.2, "R"), Typed(0.03, "O"), Typed(1.8, "DUO2K9P4\r")],
  ])
  fileprivate func `However something was half-typed, it spoils no scan`(typed: [Typed]) {
    #expect(scans(events(typed)) == ["DUO2K9P4"])
    #expect(dropped(events(typed)).count == 1)
  }

  @Test func `A terminator close to a typed character is no burst`() {
    let found = events(byHand("ABCD") + [Typed(0.02, "\r")])
    #expect(scans(found) == ["ABCD"])
    #expect(dropped(found) == [])
  }

  @Test func `Typing is visible, edited by Backspace, cleared by Esc`() {
    let found = events(
      byHand("ABX") + [Typed(0.2, "\u{7F}")] + byHand("C") + [Typed(0.2, "\u{1B}")],
      thenSilence: 1)
    #expect(drafts(found) == ["A", "AB", "ABX", "AB", "ABC", ""])
    #expect(foundKeys(found) == [.escape])
  }

  @Test func `Backspace takes a whole character, and nothing from an empty field`() {
    let found = events(
      byHand("Añ") + [Typed(0.2, "\u{8}"), Typed(0.2, "\u{8}"), Typed(0.2, "\u{8}")],
      thenSilence: 1)
    #expect(drafts(found).last == "")
    #expect(scans(events(byHand("Añ") + [Typed(0.2, "\u{8}"), Typed(0.2, "\r")])) == ["A"])
  }

  /// Found by fuzzing: decoded and encoded again, each invalid byte became three.
  @Test func `Backspace never makes a line longer`() {
    let invalid = Array(repeating: Typed(0.2, bytes: [0xFF]), count: 300)
    let typed = invalid + [Typed(1, "\u{7F}"), Typed(1, "\r")]
    #expect(
      events(typed, thenSilence: 1).contains {
        guard case .scan(let scan) = $0 else { return false }
        return scan.content == .bytes(Array(repeating: 0xFF, count: 299))
      })
  }

  @Test func `What was typed goes 30 s after the last key`() {
    #expect(drafts(events(byHand("ABC"), thenSilence: 29.9)).last == "ABC")
    #expect(drafts(events(byHand("ABC"), thenSilence: 30)).last == "")
    #expect(scans(events(byHand("ABC") + [Typed(31, "DEFG\r")])) == ["DEFG"])
  }

  @Test func `A burst without a terminator becomes visible`() {
    #expect(drafts(events([Typed(1, "P6J21")], thenSilence: 1)) == ["P6J21"])
  }

  @Test(arguments: [
    ("\u{1B}OP", DoorKey.function(1)), ("\u{1B}[19~", .function(8)), ("\u{1B}[A", .up),
    ("\u{1B}", .escape),
  ])
  func `A sequence alone is a key`(sequence: String, key: DoorKey) {
    #expect(foundKeys(events([Typed(1, sequence)], thenSilence: 1)) == [key])
    let bytewise = sequence.utf8.map { Typed(0.01, bytes: [$0]) }
    #expect(foundKeys(events([Typed(1, "")] + bytewise, thenSilence: 1)) == [key])
    let afterScan = [Typed(1, "AAAA\r"), Typed(0.06, sequence)]
    #expect(foundKeys(events(afterScan, thenSilence: 1)) == [key])
  }

  @Test func `Enter alone on an empty line is a key, and is nothing otherwise`() {
    #expect(foundKeys(events([Typed(1, "\r")], thenSilence: 1)) == [.enter])
    #expect(foundKeys(events([Typed(1, "\n")], thenSilence: 1)) == [.enter])
    for typed in [
      [Typed(1, "\r\n")], [Typed(1, "\t")], [Typed(1, "AAAA\r")], [Typed(1, "AAAA\r\n")],
      [Typed(1, "AAAA\r"), Typed(0.03, "\n")], [Typed(1, "\r"), Typed(0.03, "AAAA\r")],
    ] + [byHand("ABCD") + [Typed(0.2, "\r")]] {
      #expect(foundKeys(events(typed, thenSilence: 1)) == [])
    }
  }

  @Test(arguments: ["\u{1B}OP", "\u{1B}[19~", "\u{1B}[A", "\u{1B}", "\u{4}", "\u{1A}", "\u{7F}"])
  func `Inside a burst nothing acts as a key`(sequence: String) {
    for typed in ["AA\(sequence)BB\r", "\(sequence)BBBB\r", "AAAA\(sequence)\r"] {
      for pieces in [[Typed(1, typed)], typed.utf8.map { Typed(0.005, bytes: [$0]) }] {
        let found = events(pieces, thenSilence: 1, judge: .codes)
        #expect(foundKeys(found) == [])
        #expect(readable(found) == [], "part of the code may be missing")
        #expect(scans(found).count == 1)
      }
    }
    #expect(foundKeys(events([Typed(1, sequence + "\r")], thenSilence: 1)) == [])
  }

  @Test(arguments: ["\u{1B}OP", "\u{1B}[A", "\u{1B}", "\u{1B}[1;5D", "\u{3}", "\u{7F}"])
  func `A sequence too close to a scan is no key and spoils no scan`(sequence: String) {
    for typed in [
      [Typed(1, "AAAA\r"), Typed(0.05, sequence), Typed(1, "BBBB\r")],
      [Typed(1, "AAAA\r\(sequence)"), Typed(1, "BBBB\r")],
    ] {
      #expect(foundKeys(events(typed)) == [])
      #expect(scans(events(typed)) == ["AAAA", "BBBB"])
    }
    let before = [Typed(1, sequence), Typed(0.05, "CCCC\r"), Typed(1, "DDDD\r")]
    #expect(foundKeys(events(before)) == [])
    #expect(scans(events(before)).last == "DDDD")
  }

  @Test func `A key held down leaves nothing behind`() {
    let repeats = Array(repeating: Typed(0.033, "\u{1B}[A"), count: 40)
    let found = events([Typed(1, "\u{1B}[A")] + repeats + [Typed(1, "AAAA\r")])
    #expect(scans(found) == ["AAAA"])
    #expect(drafts(found).filter { !$0.isEmpty } == [])
  }

  @Test(arguments: [512, 513, 600, 100_000])
  func `A scan of more than 512 bytes is reported once, at its terminator`(length: Int) {
    let long = String(repeating: "A", count: length)
    let expected = length > 512 ? "<too long>" : long
    #expect(scans(events([Typed(1, long + "\rBBBB\r")])) == [expected, "BBBB"])
    #expect(scans(events([Typed(1, long)], thenSilence: 1)) == [])
  }

  @Test func `The time of a scan is that of its terminator`() {
    let found = events([Typed(1, "AAAA"), Typed(0.01, "\r")])
    guard case .scan(let scan) = found.first, found.count == 1 else {
      Issue.record("\(found)")
      return
    }
    #expect(scan.content == .bytes(Array("AAAA".utf8)) && scan.readAt == 101.01 && !scan.isTyped)
  }

  fileprivate static let paces: [([Typed], gap: TimeInterval, isFast: Bool)] = [
    ([Typed(1, "AAAA\r")], 0.05, true), (byHand("AAAAAA\r"), 0.05, false),
    ([Typed(1, "AAAA"), Typed(0.3, "\r")], 0.05, true),
    ([Typed(1, "AA"), Typed(0.3, "AAA\r")], 0.05, false),
    (byHand("12") + [Typed(0.5, "AAAA\r")], 0.05, true),
    // A character of several bytes is one.
    (byHand("\u{1F600}ñ") + [Typed(0.2, "\r")], 0.05, false),
    // A gap so wide that fingers keep within it.
    (byHand("AAAAAA\r"), 0.4, false), (byHand("AAAAAA\r", every: 0.1), 0.15, true),
    ([Typed(1, "A"), Typed(0.07, "A"), Typed(0.11, "A"), Typed(0.075, "A\r")], 0.15, false),
  ]

  @Test(arguments: paces) fileprivate func `A scan says whether it was too fast for fingers`(
    typed: [Typed], gap: TimeInterval, isFast: Bool
  ) {
    var decoder = ScanDecoder(input: .keyboard(gap: gap))
    var now: TimeInterval = 100
    var events: [ScannerEvent] = []
    for piece in typed {
      now += piece.after
      events += decoder.feed(piece.bytes, at: now)
    }
    while let due = decoder.nextDeadline { events += decoder.advance(to: due) }
    let found = events.compactMap { if case .scan(let scan) = $0 { scan.isFast } else { nil } }
    #expect(found == [isFast])
  }

  @Test func `What stands typed can be forgotten, a burst that is coming in cannot`() {
    var decoder = ScanDecoder(input: .keyboard(gap: 0.05))
    _ = decoder.feed(Array("12".utf8), at: 100)
    _ = decoder.advance(to: 100.1)
    decoder.forgetTyped(at: 100.1)
    #expect(scans(decoder.feed(Array("AAAA\r".utf8), at: 101)) == ["AAAA"])
    _ = decoder.feed(Array("BB".utf8), at: 102)
    decoder.forgetTyped(at: 102.04)
    #expect(scans(decoder.feed(Array("BB\r".utf8), at: 102.05)) == ["BBBB"])
  }

  @Test func `A stream has no keys, no gaps and no typing, and its end ends a scan`() {
    var decoder = ScanDecoder(input: .stream, keys: keys)
    var found = decoder.feed(Array("A".utf8), at: 0)
    found += decoder.feed(Array("BCD\u{1B}OP\nEF".utf8), at: 60)
    found += decoder.feed(Array("GH".utf8), at: 120)
    #expect(decoder.nextDeadline == nil)
    found += decoder.finish(at: 120)
    #expect(scans(found) == ["ABCD", "EFGH"])
    #expect(found.count == 2)
  }

  @Test(arguments: 0..<200)
  func `No bytes at any times lose a scan that follows a rest`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var typed: [Typed] = []
    for _ in 0..<300 {
      let size = Int.random(in: 1...12, using: &random)
      let bytes = (0..<size).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : [0x1B, 0x4F, 0x50, 0x5B, 0x41, 0x0D, 0x7F, 0x30].randomElement(using: &random)!
      }
      typed.append(Typed(TimeInterval.random(in: 0...0.12, using: &random), bytes: bytes))
    }
    typed += [Typed(0.2, "\r"), Typed(0.5, "P6J21FF2S\r")]
    #expect(scans(events(typed)).last == "P6J21FF2S", "seed \(seed)")
  }
}
