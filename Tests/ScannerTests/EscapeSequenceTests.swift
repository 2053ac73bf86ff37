import Admission
import Scanner
import Testing

/// (Contract: Scans): escape sequences of any kind are taken whole and dropped.
@Suite struct EscapeSequenceTests {
  /// What a terminal sends by itself, or by a protocol that somebody switched on.
  static let reports = [
    "\u{1B}[<35;120;44M", "\u{1B}[<0;1;1m", "\u{1B}[M !!", "\u{1B}[35;12;7M", "\u{1B}[I",
    "\u{1B}[O",
    "\u{1B}[97;5u", "\u{1B}[57441;2:3u", "\u{1B}[?62;1;6;22c", "\u{1B}[>41;354;0c", "\u{1B}[24;80R",
    "\u{1B}[8;24;80t", "\u{1B}[200~", "\u{1B}[201~", "\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{1B}\\",
    "\u{1B}]52;c;R09PRE9ORTE=\u{7}", "\u{1B}P1+r544e=787465726d\u{1B}\\", "\u{1B}_Gi=31;OK\u{1B}\\",
    "\u{1B}^private\u{1B}\\", "\u{1B}Xstring\u{1B}\\",
  ]

  @Test(arguments: reports)
  func `What a terminal sends spoils no scan, wherever it comes`(sequence: String) {
    for (name, text) in [
      ("before", sequence + "GOODONE1\r"), ("inside", "GOOD\(sequence)ONE1\r"),
      ("before the end", "GOODONE1\(sequence)\r"), ("after", "GOODONE1\r" + sequence),
    ] {
      #expect(Bytes("", [(3000, text)], []).outcome == ["scan GOODONE1"], "\(name)")
      #expect(
        Bytes("", Bytes.paced(text, 4), []).outcome == ["scan GOODONE1"], "\(name), byte by byte")
    }
    let typed =
      Bytes.paced("GOOD", 200) + [(200, sequence)] + Bytes.paced("ONE1\r", 200, after: 200)
    #expect(Bytes("", typed, []).outcome == ["typed GOODONE1"])
    #expect(Bytes("", [(3000, sequence)], []).outcome == [])
  }

  @Test func `One that never ends is over after 512 bytes or 50 ms`() {
    let open = "\u{1B}]0;title"
    #expect(Bytes("", [(3000, open), (1100, "GOODONE1\r")], []).outcome == ["scan GOODONE1"])
    // What the scanner sent may have gone with it.
    #expect(
      Bytes("", [(3000, open), (60, "GOODONE1\r")], []).outcome == ["amber GOODONE1 partMissing"])
    #expect(
      Bytes("", [(3000, open + "GOODONE1\r"), (400, "GOODTWO2\r")], []).outcome
        == ["amber  notACode", "scan GOODTWO2"])
    let long = "\u{1B}]0;" + String(repeating: "A", count: 600)
    #expect(
      Bytes("", [(3000, long), (3000, "GOODTWO2\r")], []).outcome.last == "scan GOODTWO2")
  }

  static let otherKeys: [(String, UnreadableCause)] = [
    // A number pad without Num Lock: P6J21FF2S on an xterm, on a Linux console, and with numbers
    // alone.
    ("P\u{1B}[CJ\u{1B}[B\u{1B}[FFF\u{1B}[BS", .numLockOff),
    ("P\u{1B}OCJ\u{1B}OB\u{1B}OFFF\u{1B}OBS", .numLockOff),
    ("P\u{1B}[CJ\u{1B}[B\u{1B}[4~FF\u{1B}[BS", .numLockOff),
    ("\u{1B}[4~\u{1B}[B\u{1B}[6~\u{1B}[D\u{1B}[G\u{1B}[2~", .numLockOff),
    ("\u{1B}Oq\u{1B}Or\u{1B}Os\u{1B}Ot", .numLockOff),
    ("\u{1B}[57417u\u{1B}[57418u\u{1B}[57419u\u{1B}[57420u", .numLockOff),
    // Alt and a number for each character.
    ("\u{1B}0\u{1B}0\u{1B}8\u{1B}0\u{1B}0\u{1B}0\u{1B}5\u{1B}4", .altCodes),
    ("GOOD\u{1B}0\u{1B}4\u{1B}5ONE1", .altCodes),
    ("\u{1B}[1;3F\u{1B}[1;3B\u{1B}[6;3~\u{1B}[1;3D", .altCodes),
    ("GOOD\u{1B}[15~ONE1", .notACode), ("GOOD\u{1B}xONE1", .notACode),
  ]

  @Test(arguments: otherKeys)
  func `Keys in the place of characters are one amber scan that says so`(
    text: String, cause: UnreadableCause
  ) {
    for pieces in [[(3000, text + "\r")], Bytes.paced(text + "\r", 4)] {
      let outcome = Bytes("", pieces + [(2000, "GOODONE1\r")], []).outcome
      #expect(outcome.count == 2 && outcome.last == "scan GOODONE1", "\(outcome)")
      #expect(
        outcome.first?.hasPrefix("amber") == true && outcome.first?.hasSuffix("\(cause)") == true)
    }
  }

  @Test func `Keys that somebody presses are no scan`() {
    let held = Array(repeating: (33, "\u{1B}[A"), count: 20)
    #expect(Bytes("", [(3000, "\u{1B}[A")] + held + [(20, "\r")], []).outcome == [])
    #expect(Bytes("", [(3000, "\u{1B}[A"), (200, "\r")], []).outcome == ["key up", "key enter"])
    #expect(Bytes("", [(3000, "\u{1B}OP")], []).outcome == ["key function(1)"])
  }
}
