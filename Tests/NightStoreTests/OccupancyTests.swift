import Admission
import Foundation
import Testing

@testable import NightStore

/// Who was inside over a night, as a sum.
@Suite struct OccupancyTests {
  private static let start = Date(timeIntervalSince1970: 1_792_789_200)

  private static func movement(
    _ minute: Double, _ passage: Passage = .counted, people: Int = 0, back: Int = 0, gone: Int = 0,
    unseen: Int = 0
  ) -> Occupancy.Movement {
    .init(
      at: start + minute * 60, passage: passage, people: people, back: back, gone: gone,
      unseen: unseen)
  }

  @Test func `Nobody is nothing`() {
    let none = Occupancy([])
    #expect(none.inside == 0 && none.highest == nil && none.quarters.isEmpty)
    #expect(none.isOfEntrancesAlone)
    #expect(none.longest(atLeast: 1, until: Self.start) == nil)
  }

  @Test func `Those whom the service alone had counted in leave nobody fewer inside`() {
    let occupancy = Occupancy([
      Self.movement(0, people: 2), Self.movement(5, .left, gone: 3, unseen: 2),
    ])
    #expect(occupancy.inside == 1)
    #expect(occupancy.left == .init(admissions: 1, people: 3))
    #expect(occupancy.unseen == 2)
  }

  @Test func `Who was counted by hand is told apart, and counts`() {
    let occupancy = Occupancy([
      Self.movement(0, .byHand, people: 3), Self.movement(1, .counter, people: 1),
      Self.movement(2, .counter, gone: 1), Self.movement(3, .left, gone: 1),
      Self.movement(4, back: 1),
    ])
    #expect((occupancy.countedIn, occupancy.countedOut) == (1, 1))
    #expect(occupancy.left == .init(admissions: 2, people: 2))
    #expect(occupancy.back == .init(admissions: 1, people: 1))
    #expect(occupancy.steps.map(\.inside) == [3, 4, 3, 2, 3])
    #expect(occupancy.highest == .init(at: Self.start + 60, inside: 4))
  }

  @Test func `More who left than came is nobody, and the next one comes in to fewer`() {
    let occupancy = Occupancy([
      Self.movement(0, .left, gone: 2), Self.movement(1, people: 3), Self.movement(2, people: 1),
    ])
    #expect(occupancy.steps.map(\.inside) == [0, 1, 2])
  }

  @Test func `A quarter has the most who were inside in it, also who were when it began`() {
    let occupancy = Occupancy([
      Self.movement(1, people: 5), Self.movement(14, .left, gone: 4),
      Self.movement(50, .left, gone: 1),
    ])
    #expect(occupancy.quarters.map(\.most) == [5, 1, 1, 1])
    #expect(occupancy.quarters.map(\.hasMovement) == [true, false, false, true])
    #expect(
      occupancy.quarters.map { $0.start.timeIntervalSince(Self.start) } == [0, 900, 1800, 2700])
  }

  @Test func `A clock that was set asks for no more than a week of quarters`() {
    let occupancy = Occupancy([
      Self.movement(0, people: 1), Self.movement(60 * 24 * 365 * 50, .left, gone: 1),
    ])
    #expect(occupancy.quarters.count == 2)
  }

  @Test(
    arguments: [
      (3, 10.0, 30.0), (4, 40.0, 50.0), (5, nil, nil),
    ] as [(Int, Double?, Double?)])
  func `The longest time in a row`(people: Int, from: Double?, until: Double?) {
    let occupancy = Occupancy([
      Self.movement(0, people: 2), Self.movement(10, people: 1),
      Self.movement(30, .left, gone: 1), Self.movement(40, people: 2),
      Self.movement(50, .left, gone: 4),
    ])
    let longest = occupancy.longest(atLeast: people, until: Self.start + 3600)
    #expect(longest?.start == from.map { Self.start + $0 * 60 })
    #expect(longest?.end == until.map { Self.start + $0 * 60 })
  }

  @Test func `Who never left counts until the end`() {
    let occupancy = Occupancy([Self.movement(0, people: 2), Self.movement(1, .left, gone: 1)])
    let longest = occupancy.longest(atLeast: 1, until: Self.start + 3600)
    #expect(longest?.duration == 3600)
  }
}
