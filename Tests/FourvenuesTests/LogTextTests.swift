import FoundationEssentials
import Testing

@testable import Fourvenues

@Suite struct LogTextTests {
  @Test(arguments: [
    (#"{"error":"Date is empty","customer_fullname":"Ana"}"#, "Date is empty"),
    (#"{"message":"nope"}"#, "nope"), (#"{"customer_fullname":"Ana"}"#, "(JSON without a message)"),
    ("<h1>\u{1B}[2J\r\nBad\u{202E} gateway</h1>", "<h1> [2J Bad gateway</h1>"),
    ("key SECRET-1 and secret-1!", "key … and …!"), ("", ""),
  ])
  func cleaned(body: String, text: String) {
    #expect(LogText.cleaned(Data(body.utf8), hiding: ["Secret-1", ""]) == text)
  }

  @Test func cut() {
    let text = LogText.cleaned(Data(String(repeating: "é", count: 5000).utf8), hiding: [])
    #expect(text.count == 201)
    #expect(LogText.cleaned(Data([0xFF, 0xFE, 0x41]), hiding: []).hasSuffix("A"))
  }
}
