import Admission
import DoorConfiguration
import Foundation
import LinuxBox
import Synchronization

/// Which way people go through this door now: as it is set up, or as staff have turned it for tonight's
/// event (Contract: Out and in again).
package final class DoorTurning: Sendable {
  private struct State {
    var direction: DoorDirection
    /// The event for which staff turned it; nil where they did not, or none was known.
    var eventID: String?
    var isTurned = false
  }

  /// As it is set up.
  private let usual: DoorDirection
  private let file: TurnedDoorFile?
  private let state: Mutex<State>

  /// - Parameter file: nil where nothing is kept over a restart.
  init(usual: DoorDirection = .in, file: TurnedDoorFile? = nil) {
    self.usual = usual
    self.file = file
    let kept = file?.read()
    // Until it is known which event is on, it is taken to be the one before the restart.
    state = Mutex(
      State(
        direction: kept?.direction ?? usual, eventID: kept?.eventID, isTurned: kept != nil))
  }

  var direction: DoorDirection { state.withLock(\.direction) }

  func turn(to direction: DoorDirection, eventID: String?) {
    state.withLock {
      $0 = State(direction: direction, eventID: eventID, isTurned: direction != usual)
    }
    guard let eventID else { return }
    file?.remember(TurnedDoorFile.Turned(eventID: eventID, direction: direction))
  }

  /// Tonight's event is this one: for another one than it was turned for, it goes back.
  /// - Returns: which way people go now.
  func begin(eventID: String) -> DoorDirection {
    state.withLock { state in
      guard state.isTurned else { return state.direction }
      if state.eventID == nil { state.eventID = eventID }
      if state.eventID != eventID { state = State(direction: usual) }
      return state.direction
    }
  }
}

/// Keeps over a restart which way staff turned the door, and for which event: a file beside the store.
/// It holds for as long as that event is on, so nobody need clear it.
struct TurnedDoorFile: Sendable {
  struct Turned: Equatable {
    var eventID: String
    var direction: DoorDirection
  }

  let path: String

  /// Bytes; an id is far shorter.
  private static let largest = 4096

  /// - Returns: nil where it was not turned, or the file cannot be read.
  func read() -> Turned? {
    guard let contents = try? FileContents.read(path, limit: Self.largest) else { return nil }
    let lines = String(decoding: contents.bytes, as: UTF8.self).split(separator: "\n")
    guard lines.count == 2, let direction = DoorDirection(rawValue: String(lines[0])) else {
      return nil
    }
    return Turned(eventID: String(lines[1]), direction: direction)
  }

  /// Where it cannot be written, it holds until the program ends.
  func remember(_ turned: Turned) {
    // An id with a line break in it would be read as another one.
    guard !turned.eventID.contains(where: \.isNewline) else { return }
    let text = "\(turned.direction.rawValue)\n\(turned.eventID)\n"
    try? WholeFile.write(text, to: path, permissions: 0o600)
  }
}
