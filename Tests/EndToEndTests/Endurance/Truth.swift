import SandboxVenue
import SeededRandom

/// What is true of each code at the stand-in venue, whatever its network does; and what the door can
/// know of it by now.
struct Truth: Sendable {
  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  /// Milliseconds: `fourvenues.patience_ms` and nearly `fourvenues.deadline_ms`, by their defaults.
  /// However busy the machine is, an answer may only be missing when they are over.
  private static let (patience, deadline) = (700, 1400)

  private var random: SplitMix64
  /// Reasons of those who are never let in, by code.
  private let refused: [String: String]
  private let refusedCodes: [String]
  private var guests: [String] = []
  private var admitted: Set<String> = []
  private var unknown: [String] = []
  /// Codes of which an answer came.
  private var answered: Set<String> = []
  /// Those of them of which it came a while ago, so that it is stored: nobody waits for the storing.
  private var stored: Set<String> = []
  private(set) var verdicts: [String: Int] = [:]
  private(set) var failures: [String: Int] = [:]

  init(venue: RunningVenue, seed: UInt64) {
    random = SplitMix64(seed: seed)
    // Those whose reason hangs on nothing but the answer, at a door for passes.
    let steady: Set<String> = [
      "not_active", "not_tonight", "archived", "wrong_organization", "unknown_pass", "already_used",
    ]
    let guests = venue.guests.filter { $0.kind == .pass && steady.contains($0.expectedReason) }
    refused = Dictionary(uniqueKeysWithValues: guests.map { ($0.code, $0.expectedReason) })
    refusedCodes = guests.map(\.code)
  }

  /// Half of them somebody new; the others have been scanned before, or are never let in.
  mutating func codes(_ count: Int) -> [String] { (0..<count).map { _ in draw() } }

  private mutating func draw() -> String {
    let code: String
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<5: code = newcomer()
    case 5..<8: code = guests.randomElement(using: &random) ?? newcomer()
    case 8: code = refusedCodes.randomElement(using: &random) ?? newcomer()
    default:
      let isNew = Bool.random(using: &random) || unknown.isEmpty
      code = isNew ? "NOSUCH\(unknown.count)" : unknown.randomElement(using: &random)!
      if isNew { unknown.append(code) }
    }
    return code
  }

  private mutating func newcomer() -> String {
    guests.append(SandboxVenue.generatedCode(guests.count))
    return guests[guests.count - 1]
  }

  /// Somebody of whom something is stored; nil while there is none.
  var storedGuest: String? { guests.last { stored.contains($0) } }

  /// Somebody who was never scanned.
  mutating func stranger() -> String { newcomer() }

  /// Holds verdicts, in their order, to what is true and to what could be known.
  mutating func take(_ lines: [VerdictLine], in weather: Weather) throws(Problem) {
    let surelyStored = stored
    stored = answered
    // Scans that are looked up at the same time can learn from each other.
    for line in lines where line.source == "live" { answered.insert(line.code) }
    for line in lines {
      try take(line, in: weather, wasStored: surelyStored.contains(line.code))
      verdicts[line.verdict, default: 0] += 1
      if line.verdict == "unverified" { failures[line.reason, default: 0] += 1 }
    }
  }

  private mutating func take(
    _ line: VerdictLine, in weather: Weather, wasStored: Bool
  ) throws(Problem) {
    func require(_ holds: Bool, _ what: String) throws(Problem) {
      if !holds { throw Problem(description: "\(what): \(weather.name): \(line)") }
    }
    switch line.source {
    case "live": try require(!weather.isTotal, "nobody can have answered")
    case "cache":
      try require(answered.contains(line.code), "nothing can be stored")
      try require(!weather.failures.isEmpty || line.waited >= Self.patience, "the service is there")
    default:
      try require(line.source == "none" && line.verdict == "unverified", "without an answer")
    }
    switch line.verdict {
    case "unverified":
      try require(
        weather.failures.contains(line.reason)
          || line.reason == "offline" && line.waited >= Self.deadline, "the reason")
      try require(!wasStored, "a stored pass decides")
    case "admit":
      try require(line.reason == "valid" && refused[line.code] == nil, "a wrong green")
      try require(!line.code.hasPrefix("NOSUCH"), "a wrong green")
      try require(admitted.insert(line.code).inserted, "in twice")
      try require((line.used ?? 0) == 0 && line.admitted == line.allowed, "the count")
    default:
      let reason =
        line.code.hasPrefix("NOSUCH")
        ? "unknown_pass"
        : refused[line.code] ?? (admitted.contains(line.code) ? "already_used" : "none")
      try require(line.verdict == "refuse" && line.reason == reason, "a wrong red")
    }
  }
}
