import Admission
import Testing

struct ComparedCodeTests {
  @Test(arguments: [
    ("AbK-9", "aBk-9", true), ("", "", true), ("ñ", "ñ", true),
    // The Kelvin sign, case beyond ASCII, composed and not, a NUL, neighbours of the letters.
    ("K", "\u{212A}", false), ("Ñ", "ñ", false), ("\u{E1}", "a\u{301}", false),
    ("A\u{0}B", "A\u{0}C", false), ("A", "A\u{0}", false), ("@", "`", false), ("[", "{", false),
  ])
  func `Is one comparison everywhere`(one: String, other: String, isSame: Bool) {
    #expect(isSameCode(one, other) == isSame)
    #expect((ComparedCode(one) == ComparedCode(other)) == isSame)
    #expect(Set([ComparedCode(one), ComparedCode(other)]).count == (isSame ? 1 : 2))
  }
}
