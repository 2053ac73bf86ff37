import Testing

@testable import DoorConfiguration

@Suite struct PINTests {
  @Test(arguments: ["1234", "0000", "123456789012"])
  func `4 to 12 digits are a PIN`(text: String) throws {
    #expect(try PIN(text).revealed == text)
  }

  @Test(arguments: [
    ("", PIN.Fault.nothing), ("123", .tooShort), ("1234567890123", .tooLong),
    ("12a4", .notOnlyDigits), ("12 34", .notOnlyDigits), ("1234\r", .notOnlyDigits),
    ("-1234", .notOnlyDigits), ("１２３４", .notOnlyDigits), ("١٢٣٤", .notOnlyDigits),
  ])
  func `Anything else is not, and says why without repeating it`(text: String, fault: PIN.Fault) {
    #expect(throws: fault) { try PIN(text) }
    #expect(text.isEmpty || !fault.advice.contains(text))
  }

  @Test func `It shows itself nowhere`() throws {
    let pin = try PIN("24681357")
    var dumped = ""
    dump(pin, to: &dumped)
    for text in ["\(pin)", String(reflecting: pin), dumped] {
      #expect(!text.contains("2468"))
    }
  }
}

@Suite struct PINHashTests {
  /// Of 2468, made by another program that calls crypt(3).
  static let foreign = "$y$j9T$doorcheckdoorcheck0$ypsNOhRv79PpUZPLZyknOkgWUs6Ws9p48Ox6OXc.RT5"

  @Test func `A hash made elsewhere fits its PIN and no other`() throws {
    let hash = try #require(PINHash(Self.foreign))
    #expect(try hash.matches(PIN("2468")))
    #expect(try !hash.matches(PIN("2469")))
    #expect(try !hash.matches(PIN("24680")))
  }

  @Test func `A hash of our own is yescrypt, with a salt of its own each time`() throws {
    let pin = try PIN("97531")
    let (one, other) = (try #require(PINHash(of: pin)), try #require(PINHash(of: pin)))
    #expect(one.spelling.hasPrefix("$y$"))
    #expect(one.spelling != other.spelling)
    #expect(one.matches(pin) && other.matches(pin))
    #expect(!"\(one)".contains(one.spelling))
  }

  @Test(arguments: [
    "", "2468", "$y$", "$y$j9T$$", "$y$j9T$doorcheckdoorcheck0$",
    "$y$j9T$doorcheckdoorcheck0$ypsNOhRv79PpUZPLZyknOkgWUs6Ws9p48Ox6OXc.RT",
    "$y$j9T$doorcheckdoorcheck0$ypsNOhRv79PpUZPLZyknOkgWUs6Ws9p48Ox6OXc.RT55",
    "$y$j9T$doorcheck doorcheck$ypsNOhRv79PpUZPLZyknOkgWUs6Ws9p48Ox6OXc.RT5",
    "$6$abcdefgh$hbv42bIkBEd6hkfSEHd//NDjPlPGORlgBkVWtWCIEJAAL6XJXADimRL3Qg5j1es2oklvw",
    "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
  ])
  func `What is no hash of yescrypt is refused`(text: String) {
    #expect(PINHash(text) == nil)
  }
}
