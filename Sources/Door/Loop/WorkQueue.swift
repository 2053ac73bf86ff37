import CheckIn
import Synchronization
import Waiting

/// Does one thing after the other, in the order in which they were asked for: of two presses of a key
/// the second counts on the first.
final class WorkQueue: Sendable {
  private let last = Mutex<Task<Void, Never>?>(nil)

  func add(_ work: @escaping @Sendable () async -> Void) {
    last.withLock { last in
      last = Task { [before = last] in
        await before?.value
        await work()
      }
    }
  }

  /// Waits until all is done, as long as that.
  func finish(within patience: Duration) async {
    _ = await last.withLock { $0 }?.value(within: patience)
  }
}
