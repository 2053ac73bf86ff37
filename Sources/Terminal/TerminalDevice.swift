import CCrashGuard
import DoorScreen
import Glibc
import LinuxBox
import Synchronization

/// The tty itself: its modes, its size, and bytes to it that never wait for long.
///
/// The loop sends frames; an error path may restore it from any thread. Both go through one lock,
/// which nobody holds for longer than a patience.
final class TerminalDevice: Sendable {
  private let input: Int32
  private let output: Int32
  /// A description of our own for `output`, so that not waiting does not change the shell's.
  private let ownOutput: Int32?
  private let inputModes: TerminalModes
  private let outputModes: TerminalModes
  private let state = Mutex(State())

  private struct State {
    /// What the terminal has not taken yet, in order.
    var pending: [UInt8] = []
    var isGone = false
    var isRestored = false
  }

  init(input: Int32, output: Int32) throws(TerminalError) {
    guard isatty(input) == 1, let inputModes = TerminalModes(of: input) else {
      throw .inputNotATerminal
    }
    guard isatty(output) == 1, let outputModes = TerminalModes(of: output) else {
      throw .outputNotATerminal
    }
    self.input = input
    self.output = output
    self.inputModes = inputModes
    self.outputModes = outputModes
    // Fails where the tty belongs to another user (su); then we write in small pieces.
    let own = Glibc.open(
      "/proc/self/fd/\(output)", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    ownOutput = own >= 0 ? own : nil
  }

  deinit {
    if let ownOutput { close(ownOutput) }
  }

  /// Nil where the tty does not know.
  var size: Size? {
    var window = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0
    else { return nil }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }

  func enterRawMode() {
    state.withLock { state in
      guard !state.isRestored else { return }
      outputModes.raw.apply(to: output)
      inputModes.raw.apply(to: input)
    }
  }

  /// The same where lines are printed and no screen is drawn.
  func enterRawInput() {
    state.withLock { state in
      if !state.isRestored { inputModes.rawInput.apply(to: input) }
    }
  }

  /// Sends what is pending and then the bytes, in order, for up to `patience` seconds.
  /// - Returns: whether the terminal has taken everything. What it has not, goes first next time.
  func send(_ bytes: [UInt8], patience: Double) -> Bool {
    state.withLock { state in
      guard !state.isRestored, !state.isGone else { return false }
      state.pending += bytes
      return write(&state, patience: patience)
    }
  }

  /// Lets go of output that something holds up, as Scroll Lock does on a console. The system takes
  /// back only what it was asked for itself, so it is asked for first (termios(3), `tcflow`).
  func release() {
    state.withLock { state in
      guard !state.isRestored, !state.isGone else { return }
      tcflow(output, TCOOFF)
      tcflow(output, TCOON)
    }
  }

  /// From now on a crash, too, leaves the tty as it was before.
  func armCrashGuard(farewell: [UInt8]) {
    inputModes.armCrashGuard(input: input, output: ownOutput ?? output, farewell: farewell)
  }

  /// Everything as it was before; the second call does nothing.
  func restore(farewell: [UInt8]) {
    state.withLock { state in
      guard !state.isRestored else { return }
      state.isRestored = true
      crash_guard_disarm()
      state.pending += farewell
      if !state.isGone, !write(&state, patience: Self.farewellPatience) {
        // Whoever closes a tty may have to wait until it has taken its output.
        tcflush(output, TCOFLUSH)
      }
      // A barcode that nobody has read any more must not become a command line of the shell.
      tcflush(input, TCIFLUSH)
      inputModes.apply(to: input)
      outputModes.apply(to: output)
    }
  }

  private func write(_ state: inout State, patience: Double) -> Bool {
    let deadline = monotonicSeconds() + patience
    var sent = 0
    defer { state.pending.removeFirst(sent) }
    while sent < state.pending.count {
      let left = max(0, deadline - monotonicSeconds())
      var request = pollfd(fd: ownOutput ?? output, events: Int16(POLLOUT), revents: 0)
      let ready = poll(&request, 1, Int32((left * 1000).rounded(.up)))
      if ready < 0 && errno == EINTR { continue }
      if ready == 0 { return false }
      if ready < 0 || request.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 {
        return giveUp(&state, &sent)
      }
      let piece = min(state.pending.count - sent, ownOutput == nil ? Self.smallPiece : .max)
      let count = state.pending.withUnsafeBytes { bytes in
        Glibc.write(request.fd, bytes.baseAddress?.advanced(by: sent), piece)
      }
      if count >= 0 {
        sent += count
      } else if errno != EAGAIN && errno != EINTR {
        return giveUp(&state, &sent)
      } else if left == 0 {
        return false
      }
    }
    return true
  }

  private func giveUp(_ state: inout State, _ sent: inout Int) -> Bool {
    state.isGone = true
    sent = state.pending.count
    return false
  }

  /// Fits where poll has just promised room.
  private static let smallPiece = 64
  private static let farewellPatience = 0.5
}
