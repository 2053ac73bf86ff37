import Admission
import DoorScreen
import Synchronization
import Waiting

@testable import Door

/// A terminal that keeps what is done to it, and takes a picture or not, as the test says.
final class PaintedTerminal: DoorTerminal, Sendable {
  enum Act: Equatable {
    case redraw, resize, wake, restore
    case prepare(Frame)
    case ring(Bell.Stroke)
  }

  private struct State {
    var size = Size(columns: 80, rows: 24)
    /// What it will have once it is asked.
    var nextSize: Size?
    var takesPictures = true
    var frames: [Frame] = []
    var draws = 0
    var acts: [Act] = []
  }

  private let state = Mutex(State())
  private let changes = Signal()

  let usesUnicode = true
  let usesColours = true
  /// As xterm sends them.
  let keySequences: [(bytes: [UInt8], key: DoorKey)] = [
    (Array("\u{1B}OR".utf8), .function(3)), (Array("\u{1B}OS".utf8), .function(4)),
    (Array("\u{1B}[15~".utf8), .function(5)), (Array("\u{1B}[17~".utf8), .function(6)),
    (Array("\u{1B}[19~".utf8), .function(8)), (Array("\u{1B}[21~".utf8), .function(10)),
    (Array("\u{1B}[A".utf8), .up), (Array("\u{1B}[B".utf8), .down),
  ]

  var size: Size { state.withLock(\.size) }
  /// How often it was drawn on, taken or not.
  var draws: Int { state.withLock(\.draws) }
  /// The pictures that it took.
  var frames: [Frame] { state.withLock(\.frames) }
  var acts: [Act] { state.withLock(\.acts) }
  var wakes: Int { acts.count { $0 == .wake } }
  var strokes: Int { acts.count { if case .ring = $0 { true } else { false } } }

  func take(pictures takes: Bool) { state.withLock { $0.takesPictures = takes } }
  func change(to size: Size) { state.withLock { $0.nextSize = size } }

  func draw(_ frame: Frame) -> Bool {
    defer { changes.send() }
    return state.withLock { state in
      state.draws += 1
      if state.takesPictures { state.frames.append(frame) }
      return state.takesPictures
    }
  }

  func prepare(_ frame: Frame) { add(.prepare(frame)) }

  func resize() -> Size {
    state.withLock { state in
      state.acts.append(.resize)
      state.size = state.nextSize ?? state.size
      return state.size
    }
  }

  func redraw() { add(.redraw) }
  func ring(_ stroke: Bell.Stroke) { add(.ring(stroke)) }
  func wake() { add(.wake) }
  func restore() { add(.restore) }

  private func add(_ act: Act) {
    state.withLock { $0.acts.append(act) }
    changes.send()
  }

  struct NothingHappens: Error {
    var text: String
  }

  /// Waits until it has been drawn on so often.
  func untilDrawn(_ times: Int) async throws { try await untilDrawn(times, orLit: .max) }

  /// Waits until it has been drawn on so often, or lit up.
  func untilDrawn(_ times: Int, orLit lit: Int) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while draws < times, wakes < lit {
      guard ContinuousClock.now < end else { throw NothingHappens(text: text) }
      await changes.wait(for: .seconds(1), if: { draws < times && wakes < lit })
    }
  }

  /// The frame that it is made ready for, once it is.
  func untilPrepared() async throws -> Frame {
    let end = ContinuousClock.now + .seconds(60)
    var prepared: Frame? {
      acts.lazy.compactMap { if case .prepare(let frame) = $0 { frame } else { nil } }.last
    }
    while prepared == nil, ContinuousClock.now < end {
      await changes.wait(for: .seconds(1), if: { prepared == nil })
    }
    guard let prepared else { throw NothingHappens(text: text) }
    return prepared
  }

  /// What stands on it.
  var text: String { frames.last.map(Self.text) ?? "" }

  static func text(_ frame: Frame) -> String {
    frame.rows.map { $0.map(\.text).joined() }.joined(separator: "\n")
  }

  /// The role of most of its cells.
  var panel: Style.Role? {
    let roles = (frames.last?.rows ?? []).joined().map(\.style.role)
    return Style.Role.allCases.max { left, right in
      roles.count { $0 == left } < roles.count { $0 == right }
    }
  }
}
