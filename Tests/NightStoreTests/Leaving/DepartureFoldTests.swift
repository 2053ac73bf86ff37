import Testing

@testable import NightStore

private typealias Movement = DepartureFold.Movement

/// Somebody came in, in the minute after ten.
private func came(
  _ people: Int = 1, at minute: Double, number: Int64, isOwn: Bool = false
) -> Movement {
  Movement(
    number: number, entryID: "\(100 + number)", at: minute * 60, isOwn: isOwn, came: people)
}

/// Somebody left; `inside`: whom the door knew of, all of them unless another number is given.
private func left(
  _ people: Int, at minute: Double, number: Int64, isOwn: Bool = true, unseen: Int = 0,
  most: Int? = nil, inside: Int? = nil
) -> Movement {
  Movement(
    number: number, entryID: "\(100 + number)", at: minute * 60, isOwn: isOwn, gone: people,
    unseen: unseen, most: most, inside: inside ?? people)
}

struct DepartureFoldTests {
  struct Night: Sendable, CustomTestStringConvertible {
    var testDescription: String
    fileprivate var movements: [Movement]
    /// What is left of each of this door's departures that changes: number, gone and unseen.
    var expected: [[Int]] = []
  }

  static let nights = [
    Night(
      testDescription: "one in, one out",
      movements: [came(at: 0, number: 1), left(1, at: 20, number: 2)]),
    Night(
      testDescription: "the exit had not heard of the admission",
      movements: [left(0, at: 20, number: 1), came(at: 10, number: 2)], expected: [[1, 1, 0]]),
    Night(
      testDescription: "who came after the departure did not leave by it",
      movements: [left(0, at: 20, number: 1), came(at: 30, number: 2)]),
    Night(
      testDescription: "all four left, of whom the exit knew two",
      movements: [
        came(2, at: 0, number: 1), left(2, at: 20, number: 2), came(2, at: 10, number: 3),
      ], expected: [[2, 4, 0]]),
    Night(
      testDescription: "one by one, one of two stays",
      movements: [
        came(at: 0, number: 1), left(1, at: 20, number: 2, most: 1), came(at: 10, number: 3),
      ]),
    Night(
      testDescription: "staff said that two of them left",
      movements: [
        came(3, at: 0, number: 1), left(2, at: 20, number: 2, most: 2, inside: 3),
        came(at: 10, number: 3),
      ]),
    Night(
      testDescription: "another exit said first that all four left",
      movements: [
        came(4, at: 0, number: 1), left(4, at: 20, number: 2),
        left(4, at: 19, number: 3, isOwn: false),
      ], expected: [[2, 0, 0]]),
    Night(
      testDescription: "another exit said later that all four left, and gives way",
      movements: [
        came(4, at: 0, number: 1), left(4, at: 20, number: 2),
        left(4, at: 21, number: 3, isOwn: false),
      ]),
    Night(
      testDescription: "the entry was taken back after the departure",
      movements: [left(1, at: 20, number: 2)], expected: [[2, 0, 0]]),
    Night(
      testDescription: "a scan too many at another exit, then back in",
      movements: [
        came(at: 0, number: 1), left(1, at: 21, number: 2),
        left(1, at: 20, number: 3, isOwn: false),
        came(at: 40, number: 4),
      ], expected: [[2, 0, 0]]),
    Night(
      testDescription:
        "another exit counted out the one whom both had met, and somebody came just after",
      movements: [
        came(at: 10, number: 2), left(1, at: 20, number: 1),
        left(1, at: 19.999, number: 3, isOwn: false), came(at: 20.001, number: 4),
      ], expected: [[1, 0, 0]]),
    Night(
      testDescription: "another exit counted out one of two, of whom the second came just before",
      movements: [
        came(at: 10, number: 2), left(1, at: 20, number: 1),
        left(1, at: 19.99, number: 3, isOwn: false), came(at: 19.999, number: 4),
      ]),
    Night(
      testDescription: "who was known to be inside had come before, by a clock that is ahead",
      movements: [
        came(at: 0, number: 1), left(1, at: 5, number: 2), came(at: 20.01, number: 3),
        left(1, at: 20, number: 4),
      ]),
    Night(
      testDescription: "another exit counted out who was not met here, and they came back",
      movements: [
        left(0, at: 20, number: 1), came(at: 10, number: 2),
        left(1, at: 21, number: 3, isOwn: false), came(at: 30, number: 4),
      ]),
    Night(
      testDescription: "who was not met here came back before another exit counted them out",
      movements: [
        left(0, at: 20, number: 1), came(at: 10, number: 2), came(at: 30, number: 3),
        left(1, at: 40, number: 4, isOwn: false),
      ], expected: [[1, 1, 0]]),
    Night(
      testDescription: "two came, and another exit counted one of them out after an unmet scan",
      movements: [
        left(0, at: 20, number: 1, most: 1), came(2, at: 10, number: 2),
        left(1, at: 21, number: 3, isOwn: false, most: 1), came(at: 30, number: 4),
      ], expected: [[1, 1, 0]]),
    Night(
      testDescription: "of whom it is not known when they came, they may have come before",
      movements: [
        left(0, at: 20, number: 1), came(at: 10, number: 2),
        left(1, at: 25, number: 3, isOwn: false),
        Movement(
          number: 4, entryID: "104", at: 3600, isOwn: false, isTimeKnown: false, came: 1),
      ], expected: [[1, 1, 0]]),
    Night(
      testDescription: "who came just after an unmet scan did not leave by it",
      movements: [left(0, at: 20, number: 1), came(at: 20.001, number: 2)]),
    Night(
      testDescription: "who came just before an unmet scan left by it",
      movements: [left(0, at: 20, number: 1), came(at: 19.999, number: 2)],
      expected: [[1, 1, 0]]),
    Night(
      testDescription: "out, back in and out again, with a scan too many at another exit between",
      movements: [
        came(at: 0, number: 1), left(1, at: 20, number: 2), came(at: 40, number: 3),
        left(1, at: 50, number: 4), left(0, at: 21, number: 5, isOwn: false),
      ]),
    Night(
      testDescription: "the clock was set back between in and out",
      movements: [came(at: 60, number: 1, isOwn: true), left(1, at: 5, number: 2)]),
    Night(
      testDescription: "another door's clock is not known",
      movements: [
        Movement(
          number: 1, entryID: "101", at: 3600, isOwn: false, isTimeKnown: false, came: 1),
        left(1, at: 5, number: 2),
      ]),
    Night(
      testDescription: "whom the service alone had counted in was seen elsewhere",
      movements: [left(1, at: 20, number: 1, unseen: 1), came(at: 10, number: 2)],
      expected: [[1, 1, 0]]),
    Night(
      testDescription: "whom the service alone had counted in left at two exits",
      movements: [
        left(1, at: 20, number: 1, unseen: 1),
        left(1, at: 19, number: 2, isOwn: false, unseen: 1),
      ], expected: [[1, 0, 0]]),
    Night(
      testDescription: "the service had counted in three, who left one by one at two exits",
      movements: [
        left(1, at: 20, number: 1, unseen: 1, most: 1, inside: 3),
        left(1, at: 19, number: 2, isOwn: false, unseen: 1, most: 1),
      ]),
    Night(
      testDescription: "nobody was met, although somebody came and left before",
      movements: [
        left(0, at: 20, number: 1), came(at: 0, number: 2),
        left(1, at: 10, number: 3, isOwn: false),
      ]),
    Night(
      testDescription: "more left than ever came, and only this door's can be taken off",
      movements: [
        came(at: 60, number: 1), left(1, at: 5, number: 2, isOwn: false),
        left(1, at: 70, number: 3),
      ], expected: [[3, 0, 0]]),
  ]

  @Test(arguments: nights)
  func `A door corrects its departures by what the others did`(night: Night) {
    let changes = DepartureFold(night.movements.shuffled()).changes
    #expect(changes.map { [Int($0.number), $0.gone, $0.unseen] } == night.expected)
    // Once it has, there is nothing more to correct.
    let corrected = night.movements.map { movement in
      var movement = movement
      if let change = changes.first(where: { $0.number == movement.number }) {
        (movement.gone, movement.unseen) = (change.gone, change.unseen)
        movement.inside = max(movement.inside, movement.gone)
      }
      return movement
    }
    #expect(DepartureFold(corrected).changes == [])
  }
}
