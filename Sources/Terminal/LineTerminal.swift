package import DoorScreen
import Glibc

/// A terminal for a command that prints lines and listens to a scanner: every byte comes as it is
/// typed, shows itself nowhere and ends nothing. Its screen is not taken over. What is typed comes in
/// by `TerminalInput`.
package final class LineTerminal: Sendable {
  private let device: TerminalDevice

  /// - Throws: `TerminalError`, before anything has been set.
  package init(
    input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO
  ) throws(TerminalError) {
    device = try TerminalDevice(input: input, output: output)
    SignalHandlers.ignoreJobControl()
    device.armCrashGuard(farewell: [])
    device.enterRawInput()
  }

  deinit { restore() }

  /// In cells; nil where the tty does not know.
  package var size: Size? { device.size }

  /// Sets the mode again, after the program was stopped and goes on.
  package func resume() { device.enterRawInput() }

  /// Waits for half a second at most; a terminal that does not read is no reason to stop listening.
  package func write(_ text: String) {
    _ = device.send(Array(text.utf8), patience: 0.5)
  }

  /// Brings the terminal back to what it was; the second call does nothing. What nobody has read is
  /// thrown away: a barcode must not become a command line of the shell.
  package func restore() { device.restore(farewell: []) }
}
