import Admission
import DoorConfiguration
import Foundation
import LinuxBox
import Synchronization

/// Which way people go through this door now: as it is set up, or as staff have turned it for tonight's
/// event (Contract: Out and in again).
package final class DoorTurning: Sendable {
  /// What is kept of it over a restart.
  enum Memory {
    case nothing
    /// Of the door screen, on which staff turn the door.
    case own(TurnedDoorFile)
    /// Of the door screen, for another process on its box: it may be written at any time.
    case theirs(TurnedDoorFile)
  }

  private struct State {
    /// Nil where it is as it is set up.
    var turned: TurnedDoorFile.Turned?
    /// Tonight's event; nil until it is known.
    var eventID: String?
  }

  /// As it is set up.
  private let usual: DoorDirection
  private let memory: Memory
  private let now: @Sendable () -> Date
  private let state: Mutex<State>

  init(
    usual: DoorDirection = .in, memory: Memory = .nothing,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.usual = usual
    self.memory = memory
    self.now = now
    // Until it is known which event is on, it is taken to be the one before the restart.
    switch memory {
    case .nothing, .theirs: state = Mutex(State())
    case .own(let file): state = Mutex(State(turned: file.read(at: now())))
    }
  }

  var direction: DoorDirection {
    switch memory {
    case .nothing, .own: return state.withLock { $0.turned?.direction ?? usual }
    case .theirs(let file):
      guard let turned = file.read(at: now()) else { return usual }
      let eventID = state.withLock(\.eventID)
      return turned.isFor(eventID) ? turned.direction : usual
    }
  }

  func turn(to direction: DoorDirection, eventID: String?) {
    let turned = TurnedDoorFile.Turned(eventID: eventID, direction: direction)
    state.withLock { $0.turned = turned }
    remember(turned)
  }

  /// Tonight's event is this one: for another one than it was turned for, it goes back.
  /// - Returns: which way people go now.
  func begin(eventID: String) -> DoorDirection {
    let learnt: TurnedDoorFile.Turned? = state.withLock { state in
      state.eventID = eventID
      guard let turned = state.turned else { return nil }
      guard turned.isFor(eventID) else {
        state.turned = nil
        return nil
      }
      guard turned.eventID == nil else { return nil }
      state.turned?.eventID = eventID
      return state.turned
    }
    if let learnt { remember(learnt) }
    return direction
  }

  private func remember(_ turned: TurnedDoorFile.Turned) {
    switch memory {
    case .nothing, .theirs: break
    case .own(let file):
      if turned.direction == usual { file.forget() } else { file.remember(turned, at: now()) }
    }
  }
}

/// Keeps over a restart which way staff turned the door, and for which event: a file beside the store.
/// It holds for as long as that event is on, so nobody need clear it.
struct TurnedDoorFile: Sendable {
  struct Turned: Equatable {
    /// Nil where it was not known which event was on.
    var eventID: String?
    var direction: DoorDirection

    /// Where either event is not known, they are taken to be one.
    func isFor(_ tonight: String?) -> Bool {
      eventID == nil || tonight == nil || eventID == tonight
    }
  }

  let path: String

  /// Bytes; an id is far shorter.
  private static let largest = 4096
  /// Seconds for which a turn without an event holds: a night.
  private static let night: TimeInterval = 12 * 3600

  /// - Returns: nil where it was not turned, or the file cannot be read.
  func read(at now: Date) -> Turned? {
    guard let contents = try? FileContents.read(path, limit: Self.largest) else { return nil }
    let lines = String(decoding: contents.bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    // The last one is what comes after its end.
    guard lines.count == 3 || lines.count == 4, lines.last == "",
      let direction = DoorDirection(rawValue: String(lines[0]))
    else { return nil }
    if lines.count == 3 {
      return lines[1].isEmpty ? nil : Turned(eventID: String(lines[1]), direction: direction)
    }
    guard lines[1].isEmpty, let turnedAt = TimeInterval(lines[2]),
      (0...Self.night).contains(now.timeIntervalSince1970 - turnedAt)
    else { return nil }
    return Turned(direction: direction)
  }

  /// The door is as it is set up again.
  func forget() { try? FileManager.default.removeItem(atPath: path) }

  /// Where it cannot be written, it holds until the program ends.
  func remember(_ turned: Turned, at now: Date) {
    // An id with a line break in it would be read as another one.
    guard turned.eventID?.contains(where: \.isNewline) != true else { return }
    let event = turned.eventID ?? "\n\(Int(now.timeIntervalSince1970))"
    try? WholeFile.write(
      "\(turned.direction.rawValue)\n\(event)\n", to: path, permissions: 0o600)
  }
}
