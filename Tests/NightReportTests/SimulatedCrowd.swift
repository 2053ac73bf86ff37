import Admission
import SeededRandom

/// Somebody on the way to a simulated night.
struct SimulatedGuest: Sendable {
  enum Kind: Equatable {
    case comesIn
    case refused(Reason)
    /// The service knows no such pass.
    case unknown
  }

  let code: String
  let kind: Kind
  /// Nil where there is none.
  let pass: Pass?
  let people: Int
  /// Whether the box knows the pass by now.
  var isStored: Bool
  /// When the service answered last, in seconds.
  var answeredAt = 0.0
  /// Here, by any door.
  var peopleIn = 0

  /// Whether what is stored decides: "no such pass" does for ten minutes (Contract: The look-up order).
  func isKnown(at now: Double) -> Bool { isStored && (kind != .unknown || now - answeredAt <= 600) }
}

/// Who comes to a simulated night, and when.
struct SimulatedCrowd: Sendable {
  struct Visit: Sendable {
    /// Seconds from the start.
    var at: Double
    /// Index of the guest.
    var guest: Int
    var door: Int
  }

  static let types: [String?] = ["Season", "VIP", "Noche de Año Nuevo", nil]

  var guests: [SimulatedGuest] = []
  private(set) var visits: [Visit] = []
  private var random: SplitMix64

  init(guests count: Int, eventID: String, length: Int, doors: Int, seed: UInt64) {
    random = SplitMix64(seed: seed)
    for number in 0..<count {
      guests.append(guest(number, eventID: eventID))
      // Most come in the middle of the night, and some hand their code on to a friend.
      let at = (self.number(in: 0...length) + self.number(in: 0...length)) / 2
      visits.append(Visit(at: Double(at), guest: number, door: self.number(in: 0...doors - 1)))
      if hits(percent: 8) {
        let later = min(length, at + self.number(in: 10...7200))
        visits.append(Visit(at: Double(later), guest: number, door: self.number(in: 0...doors - 1)))
      }
    }
    visits.sort { ($0.at, $0.guest) < ($1.at, $1.guest) }
  }

  mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func hits(percent: Int) -> Bool { number(in: 1...100) <= percent }

  /// Four of five are let in. The box has been told of most of them before.
  private mutating func guest(_ number: Int, eventID: String) -> SimulatedGuest {
    // Of one length: a code that lacks the end of another would look like one cut short.
    let code = "CODE-\(10_000 + number)"
    let kind: SimulatedGuest.Kind =
      switch self.number(in: 1...100) {
      case 1...82: .comesIn
      case 83...86: .refused(.notActive)
      case 87...90: .refused(.notTonight)
      case 91...94: .refused(.archived)
      default: .unknown
      }
    let people = hits(percent: 30) ? self.number(in: 2...5) : 1
    let pass = Pass(
      id: "\(number)", code: code, typeName: Self.types[self.number(in: 0...3)],
      state: kind == .refused(.notActive) ? "cancelled" : "activated",
      isArchived: kind == .refused(.archived),
      usages: [
        Usage(
          eventID: kind == .refused(.notTonight) ? "another night" : eventID, beneficiaries: people)
      ])
    return SimulatedGuest(
      code: code, kind: kind, pass: kind == .unknown ? nil : pass, people: people,
      isStored: kind != .unknown && hits(percent: 60))
  }
}
