import Synchronization
import Waiting

/// One at a time, in the order in which they asked.
final class Turns: Sendable {
  private struct State {
    var isTaken = false
    var waiting: [Promise<Bool>] = []
  }

  private let state = Mutex(State())

  /// - Returns: false where it was not one's turn in time. Otherwise `end` must follow.
  func begin(within patience: Duration) async -> Bool {
    let turn: Promise<Bool>? = state.withLock { state in
      guard state.isTaken else {
        state.isTaken = true
        return nil
      }
      let turn = Promise<Bool>()
      state.waiting.append(turn)
      return turn
    }
    guard let turn else { return true }
    if let mine = await turn.value(within: patience) { return mine }
    // It may have come at the same moment.
    return !turn.fulfil(with: false)
  }

  func end() {
    state.withLock { state in
      while !state.waiting.isEmpty {
        if state.waiting.removeFirst().fulfil(with: true) { return }
      }
      state.isTaken = false
    }
  }
}
