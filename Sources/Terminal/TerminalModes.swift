import CCrashGuard
import Glibc

/// The line settings of a tty.
struct TerminalModes: Sendable {
  private var settings: termios

  /// Nil where the descriptor is no terminal.
  init?(of descriptor: Int32) {
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return nil }
    self.settings = settings
  }

  /// Every byte as it comes, at once, and no byte means anything to the kernel: a barcode can hold
  /// Ctrl-C, and with flow control a scanned 0x13 would stop the screen.
  var raw: TerminalModes {
    var modes = self
    modes.settings.c_iflag &= ~tcflag_t(
      IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON)
    modes.settings.c_oflag &= ~tcflag_t(OPOST)
    modes.settings.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
    withUnsafeMutableBytes(of: &modes.settings.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
    }
    return modes
  }

  /// The same for what comes in alone: a line that is printed still ends as lines do.
  var rawInput: TerminalModes {
    var modes = raw
    modes.settings.c_oflag = settings.c_oflag
    return modes
  }

  /// Should the program crash, the tty is left so, after these bytes.
  func armCrashGuard(input: Int32, output: Int32, farewell: [UInt8]) {
    var settings = settings
    crash_guard_arm(input, output, &settings, farewell, farewell.count)
  }

  /// At once, without waiting for output that a dead terminal never takes; a tty that has hung up
  /// has no settings any more, and that is no error.
  func apply(to descriptor: Int32) {
    var settings = settings
    while tcsetattr(descriptor, TCSANOW, &settings) != 0 && errno == EINTR {}
  }
}
