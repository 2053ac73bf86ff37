import Admission
import Scanner
import SeededRandom
import Testing

/// What a scanner with a US keyboard makes a console of another layout deliver. The expectations are
/// where the keys are on those keyboards, written by US character and not by key as the code has it.
@Suite struct KeyboardLayoutTests {
  struct Console: Sendable, CustomTestStringConvertible {
    var layout: KeyboardLayout
    /// What arrives for each of "!" to "~", in ASCII order; a dead key stands as its accent.
    var delivered: String
    /// The dead keys by US character.
    var dead = ""
    /// On a console with dead keys, what another key's character hides.
    var hidden = ""

    var testDescription: String { layout.rawValue }

    func key(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
      guard ("!"..."~").contains(scalar) else { return scalar }
      return Array(delivered.unicodeScalars)[Int(scalar.value) - 0x21]
    }

    func withoutDeadKeys(_ text: String) -> String {
      String(String.UnicodeScalarView(text.unicodeScalars.map(key)))
    }

    /// As the Linux console does it: a dead key waits for the next key, and both arrive where they
    /// make nothing together.
    func withDeadKeys(_ text: String) -> String {
      var arrived = String.UnicodeScalarView()
      var waiting: Unicode.Scalar?
      for us in text.unicodeScalars {
        let isDead = dead.unicodeScalars.contains(us)
        var scalar = key(us)
        if isDead { scalar = scalar == "´" ? "'" : scalar == "¨" ? "\"" : scalar }
        if let accent = waiting {
          waiting = nil
          if let made = KeyboardLayoutTests.accents[accent]?[scalar] {
            scalar = made
          } else {
            arrived.append(accent)
          }
        }
        if isDead { waiting = scalar } else { arrived.append(scalar) }
      }
      if let waiting { arrived.append(waiting) }
      return String(arrived)
    }
  }

  /// What the console's own table composes, Latin-1.
  static let accents: [Unicode.Scalar: [Unicode.Scalar: Unicode.Scalar]] = [
    "`": pairs("AEIOUaeiou", "ÀÈÌÒÙàèìòù"), "'": pairs("AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
    "^": pairs("AEIOUaeiou", "ÂÊÎÔÛâêîôû"), "~": pairs("ANOano", "ÃÑÕãñõ"),
    "\"": pairs("AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ"),
  ]

  static func pairs(_ bases: String, _ made: String) -> [Unicode.Scalar: Unicode.Scalar] {
    Dictionary(uniqueKeysWithValues: zip(bases.unicodeScalars, made.unicodeScalars))
  }

  static let consoles: [Console] = [
    Console(
      layout: .us,
      delivered: #"!"#
        + ##""#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`"##
        + "abcdefghijklmnopqrstuvwxyz{|}~"),
    Console(
      layout: .uk,
      delivered: #"!@£$%&'()*+,-./0123456789:;<=>?"ABCDEFGHIJKLMNOPQRSTUVWXYZ[#]^_`"#
        + "abcdefghijklmnopqrstuvwxyz{~}¬"),
    Console(
      layout: .fr,
      delivered: #"1%3457ù908+;):!à&é"'(-è_çMm.=/§2QBCDEFGHIJKL?NOPARSTUVZXYW^*$6°²"#
        + "qbcdefghijkl,noparstuvzxyw¨µ£~",
      dead: "[{", hidden: "{"),
    Console(
      layout: .be,
      delivered: #"1%3457ù908_;):=à&é"'(§è!çMm.-/+2QBCDEFGHIJKL?NOPARSTUVZXYW^µ$6°²"#
        + "qbcdefghijkl,noparstuvzxyw¨£*³",
      dead: "[{", hidden: "{"),
    Console(
      layout: .de,
      delivered: #"!Ä§$%/ä)=(`,ß.-0123456789Öö;´:_"ABCDEFGHIJKLMNOPQRSTUVWXZYü#+&?^"#
        + "abcdefghijklmnopqrstuvwxzyÜ'*°",
      dead: "+=`", hidden: "|"),
    Console(
      layout: .ch,
      delivered: #"+à*ç%/ä)=(`,'.-0123456789éö;^:_"ABCDEFGHIJKLMNOPQRSTUVWXZYü$¨&?§"#
        + "abcdefghijklmnopqrstuvwxzyè£!°",
      dead: "+=]", hidden: "]"),
    Console(
      layout: .es,
      delivered: #"!¨·$%/´)=(¿,'.-0123456789Ññ;¡:_"ABCDEFGHIJKLMNOPQRSTUVWXYZ`ç+&?º"#
        + "abcdefghijklmnopqrstuvwxyz^Ç*ª",
      dead: "\"'[{", hidden: "\"'"),
    Console(
      layout: .it,
      delivered: #"!°£$%/à)=(^,'.-0123456789çò;ì:_"ABCDEFGHIJKLMNOPQRSTUVWXYZèù+&?\"#
        + "abcdefghijklmnopqrstuvwxyzé§*|"),
    Console(
      layout: .pt,
      delivered: #"!ª#$%/º)=(»,'.-0123456789Çç;«:_"ABCDEFGHIJKLMNOPQRSTUVWXYZ+~´&?\"#
        + "abcdefghijklmnopqrstuvwxyz*^`|",
      dead: #"\]|}"#, hidden: "]"),
  ]

  @Test func `Every layout is tested, with every character`() {
    #expect(Set(Self.consoles.map(\.layout)) == Set(KeyboardLayout.allCases))
    for console in Self.consoles {
      #expect(Set(console.delivered.unicodeScalars).count == 94, "\(console.layout)")
      #expect(console.delivered.unicodeScalars.count == 94, "\(console.layout)")
    }
  }

  @Test(
    arguments: [
      (.uk, #"P6J21FF2S"#, #"P6J21FF2S"#),
      (.uk, #"abcdefghijklmnopqrstuvwxyz"#, #"abcdefghijklmnopqrstuvwxyz"#),
      (.uk, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#),
      (.uk, #"0123456789"#, #"0123456789"#),
      (.uk, #"-_/:?&"#, #"-_/:?&"#),
      (.uk, #"?a=b&code=P6J"#, #"?a=b&code=P6J"#),
      (.uk, #"?code=ab"#, #"?code=ab"#),
      (.uk, #"]C1P6J21FF2S"#, #"]C1P6J21FF2S"#),
      (.uk, #"]d2P6J21FF2S"#, #"]d2P6J21FF2S"#),
      (.uk, #"]A0P6J21FF2S"#, #"]A0P6J21FF2S"#),
      (.fr, #"P6J21FF2S"#, #"P-Jé&FFéS"#),
      (.fr, #"abcdefghijklmnopqrstuvwxyz"#, #"qbcdefghijkl,noparstuvzxyw"#),
      (.fr, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#, #"QBCDEFGHIJKL?NOPARSTUVZXYW"#),
      (.fr, #"0123456789"#, #"à&é"'(-è_ç"#),
      (.fr, #"-_/:?&"#, #")°!M§7"#),
      (.fr, #"?a=b&code=P6J"#, #"§q=b7code=P-J"#),
      (.fr, #"?code=ab"#, #"§code=qb"#),
      (.fr, #"]C1P6J21FF2S"#, #"$C&P-Jé&FFéS"#),
      (.fr, #"]d2P6J21FF2S"#, #"$déP-Jé&FFéS"#),
      (.fr, #"]A0P6J21FF2S"#, #"$QàP-Jé&FFéS"#),
      (.be, #"P6J21FF2S"#, #"P§Jé&FFéS"#),
      (.be, #"abcdefghijklmnopqrstuvwxyz"#, #"qbcdefghijkl,noparstuvzxyw"#),
      (.be, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#, #"QBCDEFGHIJKL?NOPARSTUVZXYW"#),
      (.be, #"0123456789"#, #"à&é"'(§è!ç"#),
      (.be, #"-_/:?&"#, #")°=M+7"#),
      (.be, #"?a=b&code=P6J"#, #"+q-b7code-P§J"#),
      (.be, #"?code=ab"#, #"+code-qb"#),
      (.be, #"]C1P6J21FF2S"#, #"$C&P§Jé&FFéS"#),
      (.be, #"]d2P6J21FF2S"#, #"$déP§Jé&FFéS"#),
      (.be, #"]A0P6J21FF2S"#, #"$QàP§Jé&FFéS"#),
      (.de, #"P6J21FF2S"#, #"P6J21FF2S"#),
      (.de, #"abcdefghijklmnopqrstuvwxyz"#, #"abcdefghijklmnopqrstuvwxzy"#),
      (.de, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#, #"ABCDEFGHIJKLMNOPQRSTUVWXZY"#),
      (.de, #"0123456789"#, #"0123456789"#),
      (.de, #"-_/:?&"#, #"ß?-Ö_/"#),
      (.de, #"?a=b&code=P6J"#, #"_a'b/code'P6J"#),
      (.de, #"?code=ab"#, #"_codeáb"#),
      (.de, #"]C1P6J21FF2S"#, #"+C1P6J21FF2S"#),
      (.de, #"]d2P6J21FF2S"#, #"+d2P6J21FF2S"#),
      (.de, #"]A0P6J21FF2S"#, #"+A0P6J21FF2S"#),
      (.ch, #"P6J21FF2S"#, #"P6J21FF2S"#),
      (.ch, #"abcdefghijklmnopqrstuvwxyz"#, #"abcdefghijklmnopqrstuvwxzy"#),
      (.ch, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#, #"ABCDEFGHIJKLMNOPQRSTUVWXZY"#),
      (.ch, #"0123456789"#, #"0123456789"#),
      (.ch, #"-_/:?&"#, #"'?-é_/"#),
      (.ch, #"?a=b&code=P6J"#, #"_a^b/code^P6J"#),
      (.ch, #"?code=ab"#, #"_codeâb"#),
      (.ch, #"]C1P6J21FF2S"#, #""C1P6J21FF2S"#),
      (.ch, #"]d2P6J21FF2S"#, #""d2P6J21FF2S"#),
      (.ch, #"]A0P6J21FF2S"#, #"Ä0P6J21FF2S"#),
      (.es, #"P6J21FF2S"#, #"P6J21FF2S"#),
      (.es, #"abcdefghijklmnopqrstuvwxyz"#, #"abcdefghijklmnopqrstuvwxyz"#),
      (.es, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#),
      (.es, #"0123456789"#, #"0123456789"#),
      (.es, #"-_/:?&"#, #"'?-Ñ_/"#),
      (.es, #"?a=b&code=P6J"#, #"_a¡b/code¡P6J"#),
      (.es, #"?code=ab"#, #"_code¡ab"#),
      (.es, #"]C1P6J21FF2S"#, #"+C1P6J21FF2S"#),
      (.es, #"]d2P6J21FF2S"#, #"+d2P6J21FF2S"#),
      (.es, #"]A0P6J21FF2S"#, #"+A0P6J21FF2S"#),
      (.it, #"P6J21FF2S"#, #"P6J21FF2S"#),
      (.it, #"abcdefghijklmnopqrstuvwxyz"#, #"abcdefghijklmnopqrstuvwxyz"#),
      (.it, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#),
      (.it, #"0123456789"#, #"0123456789"#),
      (.it, #"-_/:?&"#, #"'?-ç_/"#),
      (.it, #"?a=b&code=P6J"#, #"_aìb/codeìP6J"#),
      (.it, #"?code=ab"#, #"_codeìab"#),
      (.it, #"]C1P6J21FF2S"#, #"+C1P6J21FF2S"#),
      (.it, #"]d2P6J21FF2S"#, #"+d2P6J21FF2S"#),
      (.it, #"]A0P6J21FF2S"#, #"+A0P6J21FF2S"#),
      (.pt, #"P6J21FF2S"#, #"P6J21FF2S"#),
      (.pt, #"abcdefghijklmnopqrstuvwxyz"#, #"abcdefghijklmnopqrstuvwxyz"#),
      (.pt, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#, #"ABCDEFGHIJKLMNOPQRSTUVWXYZ"#),
      (.pt, #"0123456789"#, #"0123456789"#),
      (.pt, #"-_/:?&"#, #"'?-Ç_/"#),
      (.pt, #"?a=b&code=P6J"#, #"_a«b/code«P6J"#),
      (.pt, #"?code=ab"#, #"_code«ab"#),
      (.pt, #"]C1P6J21FF2S"#, #"'C1P6J21FF2S"#),
      (.pt, #"]d2P6J21FF2S"#, #"'d2P6J21FF2S"#),
      (.pt, #"]A0P6J21FF2S"#, #"Á0P6J21FF2S"#),
    ] as [(KeyboardLayout, String, String)])
  func `What such a console delivers becomes what was printed`(
    layout: KeyboardLayout, printed: String, arrived: String
  ) {
    #expect(layout.repaired(arrived) == printed)
  }

  @Test(arguments: consoles) func `Any printable text comes back`(_ console: Console) {
    for seed in UInt64(1)...300 {
      var random = SplitMix64(seed: seed)
      let text = Self.text(&random)
      // On a German console the acute wins over it, as the likelier "=".
      let plain = console.layout == .de ? text.filter { $0 != "|" } : text
      #expect(console.layout.repaired(console.withoutDeadKeys(plain)) == plain, "seed \(seed)")
      let whole = Self.deliverable(text, on: console)
      #expect(console.layout.repaired(console.withDeadKeys(whole)) == whole, "seed \(seed)")
    }
  }

  @Test(arguments: consoles) func `Every pair of characters comes back`(_ console: Console) {
    for first in 0x20...0x7E as ClosedRange<UInt8> {
      for second in 0x20...0x7E as ClosedRange<UInt8> {
        let pair = "x" + String(decoding: [first, second], as: UTF8.self)
        let whole = Self.deliverable(pair, on: console)
        #expect(console.layout.repaired(console.withDeadKeys(whole)) == whole)
      }
    }
  }

  /// Begins with "x", so that no identifier is at its start.
  private static func text(_ random: inout SplitMix64) -> String {
    let length = Int.random(in: 0...40, using: &random)
    let bytes = (0..<length).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
    return "x" + String(decoding: bytes, as: UTF8.self)
  }

  /// Without what the console itself loses: what is hidden, a dead key pressed twice, a blank after
  /// one, and on a Swiss one the pairs that make a letter that has a key.
  private static func deliverable(_ text: String, on console: Console) -> String {
    var whole = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !console.hidden.unicodeScalars.contains(scalar) {
      if let last = whole.last, console.dead.unicodeScalars.contains(last) {
        if scalar == last || scalar == " " { continue }
        let pair = console.withDeadKeys(String(String.UnicodeScalarView([last, scalar])))
        if pair.unicodeScalars.count == 1, console.delivered.contains(pair) { continue }
      }
      whole.append(scalar)
    }
    return String(whole)
  }

  @Test(
    arguments: [
      (.fr, "€"), (.fr, "\u{1D}"), (.fr, "P\u{3}J"), (.de, "\u{FFFD}"), (.de, "ñ"), (.es, "ß"),
      (.it, "\u{212A}"), (.de, "\u{212A}"), (.pt, "e\u{301}"), (.us, "ä^'"), (.fr, ""),
    ] as [(KeyboardLayout, String)])
  func `What no key makes stays`(layout: KeyboardLayout, text: String) {
    #expect(Array(layout.repaired(text).unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test(
    arguments: [
      (.fr, "²", "`"), (.de, "¹", "`1"), (.pt, "Ć1", "]C1"), (.fr, "êpP", "[epP"),
      (.pt, "'C1", "]C1"), (.pt, "x'C1", "x-C1"), (.pt, "'C1x'C1", "]C1x-C1"), (.pt, "'CX", "-CX"),
      (.pt, "'B1", "-B1"), (.ch, "\"Q3", "]Q3"), (.ch, "\"B3", "@B3"), (.es, "'C1", "-C1"),
      (.de, "'C1", "=C1"),
    ] as [(KeyboardLayout, String, String)])
  func `Where two keys make the same, the likelier one was it`(
    layout: KeyboardLayout, arrived: String, printed: String
  ) {
    #expect(layout.repaired(arrived) == printed)
  }

  @Test(arguments: consoles) func `The repair comes before all cleaning`(
    _ console: Console
  ) throws {
    var format = CodeFormat()
    format.layout = console.layout
    let cleaner = try CodeCleaner(format: format)
    for printed in ["]C1P6J21FF2S", "]d2\\000026P6J21FF2S", "]Q3P6J21FF2S", " P6J21FF2S "] {
      let scan = RawScan.Content.bytes(Array(console.withDeadKeys(printed).utf8))
      #expect(cleaner.clean(scan) == CleanedCode(text: "P6J21FF2S"))
    }
    format.extract = "[?&]code=([^&]+)"
    let url = "https://example.com/p_q?a=b&code=aB-34_z&n=1"
    let scan = RawScan.Content.bytes(Array(console.withDeadKeys(url).utf8))
    #expect(
      try CodeCleaner(format: format).clean(scan)
        == CleanedCode(text: "aB-34_z"))
  }

  @Test func `What a person typed, or was given as text, stays`() throws {
    var format = CodeFormat()
    format.layout = .fr
    let cleaner = try CodeCleaner(format: format)
    let code = CleanedCode(text: "QA6J21-Z")
    #expect(cleaner.clean("QA6J21-Z") == code)
    #expect(cleaner.clean(.bytes(Array("QA6J21-Z".utf8)), isTyped: true) == code)
    #expect(cleaner.clean(.bytes(Array("QA6J21-Z".utf8))) != code)
    #expect(cleaner.clean(.tooLong) == CleanedCode(text: "", unreadable: .tooLong))
  }
}
