package import Admission
import FoundationEssentials
import Glibc
import LinuxBox
import Synchronization

/// One thread that does nothing but read, so that no byte waits in the kernel's small buffer and
/// every chunk has the time at which it came.
package final class TerminalInput: Sendable {
  private let reader: InputReader

  /// Starts to read. The descriptor stays the caller's, and must stay open until the end was told.
  /// - Parameter handle: is told every chunk in order, and then nil once: the terminal has hung up, its
  ///   input has ended, or `stop` was called. It runs on the reading thread, so that a chunk is where
  ///   it is wanted without another thread in between, and must return at once.
  package init(
    descriptor: Int32 = STDIN_FILENO, handle: @escaping @Sendable (InputChunk?) -> Void
  ) {
    reader = InputReader(descriptor: descriptor, handle: handle)
    reader.start()
  }

  /// Ends the reading at once. Letting go of this object does not.
  package func stop() { reader.stop() }
}

/// The thread's side: it keeps itself until the thread ends.
private final class InputReader: Sendable {
  private let descriptor: Int32
  private let handle: @Sendable (InputChunk?) -> Void
  private let wakeUp: Int32
  /// The end that wakes the thread; nil once the thread has ended and closed it.
  private let waker: Mutex<Int32?>

  init(descriptor: Int32, handle: @escaping @Sendable (InputChunk?) -> Void) {
    self.descriptor = descriptor
    self.handle = handle
    var ends: [Int32] = [-1, -1]
    // Without a pipe (no descriptors left) it still reads; it only cannot be stopped early.
    let isThere = pipe(&ends) == 0
    for end in ends where isThere { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    wakeUp = isThere ? ends[0] : -1
    waker = Mutex(isThere ? ends[1] : nil)
  }

  func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<InputReader>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    if code == 0 {
      pthread_detach(thread)
    } else {
      context.release()
      finish()
    }
  }

  func stop() {
    waker.withLock { waker in
      guard let waker else { return }
      var byte: UInt8 = 0
      write(waker, &byte, 1)
    }
  }

  private func run() {
    // Signals are for the threads that wait for them.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while readOnce(&buffer) {}
    finish()
  }

  /// Waits for one chunk. Returns false when nothing can come any more.
  private func readOnce(_ buffer: inout [UInt8]) -> Bool {
    var requests = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&requests, 2, -1) >= 0 else { return errno == EINTR }
    if requests[1].revents != 0 { return false }
    let events = requests[0].revents
    if events == 0 { return true }
    if events & Int16(POLLNVAL) != 0 { return false }
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 {
      // The clock first: copying comes after it.
      let readAt = Moment.now
      handle(InputChunk(bytes: Array(buffer[..<count]), readAt: readAt))
      return true
    }
    if count == 0 { return false }
    // Only a live terminal is asked again: after a hang-up poll returns at once, for ever.
    let isOver = events & Int16(POLLHUP | POLLERR) != 0
    return !isOver && (errno == EAGAIN || errno == EINTR)
  }

  private func finish() {
    waker.withLock { waker in
      if let waker { close(waker) }
      waker = nil
    }
    if wakeUp >= 0 { close(wakeUp) }
    handle(nil)
  }
}

/// What one read of the terminal gave, with the time right after it: the gaps between chunks tell a
/// scanner from fingers, so the time is not that of their handling.
package struct InputChunk: Sendable, Equatable {
  /// Never empty.
  package var bytes: [UInt8]
  package var readAt: Moment

  package init(bytes: [UInt8], readAt: Moment) {
    self.bytes = bytes
    self.readAt = readAt
  }
}
