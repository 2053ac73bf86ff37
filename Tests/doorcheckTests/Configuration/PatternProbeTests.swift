import Testing

@testable import doorcheck

/// Which regular expressions are quick enough for a door. No time is asserted, except that finding
/// out ends.
@Suite(.serialized) struct PatternProbeTests {
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "^(a+)+$", "^(a|a)*$", "^([A-Z]+)*$", "(.*)*x", #"^(\w+\s?)*$"#, "^(a|aa)+$", "^(a*)*$",
      "^([a-z0-9]+)*[A-Z]$", "^https://([a-z]+/?)+$", "^TICKET-([0-9]+)+$", "^(foo|foo)*$",
      "^(foo|f[a-z]o)*$", "^(x+x+)+y", "^(([^&])+.)+[^&]$", #"^(\d+|[0-9a-f]+)*$"#,
      "^(?:[b-y]+[a-m]*)*$", #"^([A-Z]{1,20}){1,20}\.$"#, "^(a?){40}a{40}$", #"^(\x41+)+$"#,
      #"(\d+)(\d+)(\d+)(\d+)(\d+)x"#, #"^(0||\b$){2,30}(a+)$"#, "^(?i)(abc)*(ab|c|abc)*$",
      "(?<code>(?:q+)+)$",
    ])
  func slowOnesAreRefused(_ pattern: String) {
    guard case .slow = PatternProbe.examine(pattern) else {
      Issue.record("\(PatternProbe.examine(pattern))")
      return
    }
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("^[A-Za-z0-9_-]{4,64}$", 0), ("^[A-Z0-9]{9}$", 0), ("^https://.*[?&]code=([^&]+)", 1),
      (#"^\d{13}$"#, 0), (#"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"#, 1),
      ("^(?:TICKET|PASS)-([A-Z0-9]{6,12})$", 1), ("code=([A-Za-z0-9]+)", 1), (".", 0),
      ("[?&]c=([^&#]*)", 1), ("^(?<code>.+)$", 1), (#"^\S+$"#, 0), ("(?x) ^ A  # a comment", 0),
      (#"^([A-Z]{2})-?(\d+)$"#, 2), ("^.{4,512}$", 0), (#"^\p{L}+$"#, 0), (".*code=(.+)", 1),
      ("^(?=.*[0-9])[A-Z0-9]+$", 0), ("a|b|", 0), ("^((a)(b(c)))$", 4),
    ])
  func soundOnesAreTaken(pattern: String, groups: Int) {
    #expect(PatternProbe.examine(pattern) == .sound(groups: groups))
  }

  @Test(arguments: ["(", "[", "*a", ")", "a{2}{3", #"\p{Elephant}"#, #"\1"#, "(?<x", "\\"])
  func whatDoesNotCompileIsInvalid(_ pattern: String) {
    switch PatternProbe.examine(pattern) {
    case .invalid(let words): #expect(!words.isEmpty)
    case .sound:
      // The compiler decides; what it takes must be usable.
      #expect((try? Regex(pattern)) != nil)
    case .slow, .tooLong: Issue.record("neither invalid nor sound")
    }
  }

  /// Understanding a pattern roughly must end well for every pattern.
  @Test(.timeLimit(.minutes(1))) func anyTextCanBeExamined() {
    let seed = UInt64.random(in: .min ... .max)
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let parts = [
      "(", ")", "[", "]", "{", "}", "?", "*", "+", "|", "\\", "^", "$", ".", "-", ":", "<", ">",
      "=", "!", "a", "Z", "0", ",", "\\d", "\\x{41}", "\\u", "[^", "[:alpha:]", "(?<", "(?'n'",
      "{2,", "{99999}", "é", "\u{1F600}", "&&",
    ]
    for _ in 0..<5_000 {
      let pattern = (0..<next(24)).map { _ in parts[next(parts.count)] }.joined()
      let texts = PatternAttacks(pattern: pattern).series(lengths: [16]).joined()
      #expect(texts.allSatisfy { $0.unicodeScalars.count < 1000 }, "seed \(seed): \(pattern)")
    }
    let deep = String(repeating: "(", count: 90) + "a" + String(repeating: "){99}", count: 90)
    #expect(!PatternAttacks(pattern: deep).series(lengths: [512]).isEmpty)
  }
}
