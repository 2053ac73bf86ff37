import Testing

@testable import Admission

struct AdmissionIDTests {
  @Test func `Each is a name of its own`() {
    let made = (0..<1000).map { _ in AdmissionID.new() }
    #expect(Set(made).count == 1000)
    // One in sixteen begins with a zero.
    #expect(made.allSatisfy { AdmissionID(rawValue: $0.rawValue) == $0 })
  }

  @Test(arguments: [
    "", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0",
    "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef-123456789abcdef",
  ])
  func `What is no name is none`(name: String) { #expect(AdmissionID(rawValue: name) == nil) }
}
