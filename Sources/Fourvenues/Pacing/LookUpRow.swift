import DequeModule

/// The look-ups that wait for their turn (Contract: Every code at the same door). The requests of one
/// question stand side by side and leave together. Those of known codes stand by themselves, and go
/// first twice of three times: an unknown one costs a request for each kind, and a crowd with strange
/// codes is not to hold up the guests. Of each, the oldest scan goes first.
struct LookUpRow<Waiter: Sendable>: Sendable {
  /// Where a request stands.
  struct Place: Comparable, Sendable {
    /// The running number of the scan.
    let scan: Int
    let arrival: Int
    let isKnown: Bool

    static func < (one: Place, other: Place) -> Bool {
      (one.scan, one.arrival) < (other.scan, other.arrival)
    }
  }

  private struct Member {
    let place: Place
    /// Those that came together have the same.
    let question: Int
    let waiter: Waiter
  }

  private var known: Deque<Member> = []
  private var unknown: Deque<Member> = []
  private var questions = 0
  /// Known ones that have begun since the last unknown one.
  private var knownInARow = 0
  /// Of a question of which the others have left: they go next.
  private var rest: Deque<Member> = []

  /// - Parameter question: what is asked together, of one scan.
  mutating func add(_ question: [(place: Place, waiter: Waiter)]) {
    questions += 1
    for (place, waiter) in question {
      let member = Member(place: place, question: questions, waiter: waiter)
      if place.isKnown {
        Self.insert(member, into: &known)
      } else {
        Self.insert(member, into: &unknown)
      }
    }
  }

  private static func insert(_ member: Member, into row: inout Deque<Member>) {
    // Nearly always the last.
    let index = row.lastIndex { $0.place < member.place }.map { $0 + 1 } ?? row.startIndex
    row.insert(member, at: index)
  }

  /// - Returns: whether it still stood there.
  mutating func remove(_ place: Place) -> Bool {
    if Self.remove(place, from: &rest) { return true }
    return place.isKnown ? Self.remove(place, from: &known) : Self.remove(place, from: &unknown)
  }

  private static func remove(_ place: Place, from row: inout Deque<Member>) -> Bool {
    guard let index = row.firstIndex(where: { $0.place == place }) else { return false }
    row.remove(at: index)
    return true
  }

  /// How many go next, together; 0 where nobody waits.
  var nextCount: Int {
    rest.isEmpty ? Self.firstQuestion(in: isKnownNext ? known : unknown) : rest.count
  }

  /// Removes who goes next, and says who it is.
  /// - Parameter count: at most `nextCount`.
  mutating func removeNext(_ count: Int) -> [Waiter] {
    if rest.isEmpty {
      let isKnown = isKnownNext
      knownInARow = isKnown ? knownInARow + 1 : 0
      rest = isKnown ? Self.removeQuestion(from: &known) : Self.removeQuestion(from: &unknown)
    }
    defer { rest.removeFirst(count) }
    return rest.prefix(count).map(\.waiter)
  }

  private var isKnownNext: Bool {
    unknown.isEmpty || !known.isEmpty && knownInARow < 2
  }

  private static func removeQuestion(from row: inout Deque<Member>) -> Deque<Member> {
    let count = firstQuestion(in: row)
    defer { row.removeFirst(count) }
    return Deque(row.prefix(count))
  }

  /// How many requests of the first question stand together.
  private static func firstQuestion(in row: Deque<Member>) -> Int {
    row.prefix { $0.question == row.first?.question }.count
  }
}
