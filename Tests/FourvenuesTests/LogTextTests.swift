import FoundationEssentials
import Testing

@testable import Fourvenues

@Suite struct LogTextTests {
  @Test(arguments: [
    (#"{"error":"Date is empty","customer_fullname":"Ana"}"#, "Date is empty"),
    (#"{"message":"nope"}"#, "nope"), (#"{"customer_fullname":"Ana"}"#, "(JSON without a message)"),
    ("<h1>\u{1B}[2J\r\nBad\u{202E} gateway</h1>", "<…> [… Bad gateway<…>"),
    ("key SECRET-1 and secret-1!", "key … and …!"), ("", ""),
  ])
  func `Text is cleaned for the log`(body: String, text: String) {
    #expect(LogText.cleaned(Data(body.utf8), hiding: ["Secret-1", ""]) == text)
  }

  @Test func `Long text is cut at a word`() {
    let text = LogText.cleaned(Data(String(repeating: "é", count: 5000).utf8), hiding: [])
    #expect(text == "…")
    let words = Data(String(repeating: "away ", count: 5000).utf8)
    #expect(LogText.cleaned(words, hiding: []).count == 81)
    #expect(LogText.cleaned(Data([0xFF, 0xFE, 0x41]), hiding: []).hasSuffix("A"))
  }

  private static let key = "sk-TopSecret-42xyz"

  @Test(arguments: [
    key, key.uppercased(), "sk%2DTopSecret%2D42xyz", "sk%2dTop%53ecret",
    "c2stVG9wU2VjcmV0LTQyeHl6",
    "736b2d546f705365637265742d343278797a", "73:6b:2d:54:6f:70", "sk-To pSecr et-42xyz",
    "sk-Top\nSecret", "s k - T o p S e c r e t", "opSecr", "sk-TopSecret-4", "t-42xyz",
    "\\u0073k-Top\\u0053ecret", "&#115;k-TopSecret",
  ])
  func `The key in any form`(form: String) {
    for text in [
      form, "key \(form) is bad", "{\"a\":\"\(form)\"}", "<p>\(form)</p>", "x=\(form)&y",
    ] {
      let cleaned = LogText.masked(text, hiding: [Self.key])
      let letters = cleaned.lowercased().filter { $0.isLetter || $0.isNumber }
      for part in ["topsec", "secret", "opse", "42xyz", "42", "c2st", "736b", "vg9w"] {
        #expect(!letters.contains(part), "\(text): \(cleaned)")
      }
    }
  }

  @Test(arguments: [
    ("ask ana.gil+x@example.com now", "ask … now"), ("ana＠example.com", "…"),
    ("call +34 612 34 56 78 or (612)345678", "call … or (…)…"), ("ana%40example.com", "…"),
    ("born 1990-03-07", "born …"), ("at 10.0.0.1:8080", "at …:…"), ("n° ٣٤٥", "n° …"),
    ("abcdefghijklm no", "… no"), ("abcdefghijkl no", "abcdefghijkl no"),
    ("Date is empty", "Date is empty"), ("Guest Ana Gil is blocked", "Guest … is blocked"),
    ("GIL, ANA: Internal Server Error", "…, …: Internal Server Error"), ("D'Arcy-Óscar", "…'…"),
    ("Código no encontrado", "Código no encontrado"), ("王伟 already in", "… already in"),
    ("Too many requests, slow down!", "Too many requests, slow down!"),
  ])
  func `Addresses and numbers are masked`(text: String, masked: String) {
    #expect(LogText.masked(text, hiding: []) == masked)
  }

  @Test(arguments: 4080...4096)
  func `A key that the cut goes through`(start: Int) {
    let body = String(repeating: "x ", count: start / 2) + " \(Self.key)"
    let text = LogText.cleaned(Data(body.utf8.prefix(LogText.longestRead)), hiding: [Self.key])
    #expect(!text.contains("s") && text.count <= 81)
  }
}
