import DoorConfiguration
import Foundation

/// Asks for a PIN at a shell, where nobody sees what is typed.
package enum HiddenEntry {
  /// Enter ended it, or nobody wants to any more.
  package enum Result: Equatable {
    case line(String)
    case cancelled
  }

  /// Reads a line from a terminal on standard input, without echo. The question goes to standard
  /// error: standard output is for the hash.
  package static func read(_ question: String) -> Result {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return .cancelled }
    var hidden = before
    // Ctrl-C is taken as a byte too, or the shell would be left without its echo.
    hidden.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    FileHandle.standardError.write(Data(question.utf8))
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      FileHandle.standardError.write(Data("\n".utf8))
    }
    var line: [UInt8] = []
    while let byte = nextByte() {
      switch byte {
      case 0x0A, 0x0D: return .line(String(decoding: line, as: UTF8.self))
      case 0x03, 0x04, 0x1A, 0x1C: return .cancelled
      case 0x08, 0x7F: _ = line.popLast()
      case 0x15: line = []
      default: line.append(byte)
      }
    }
    return .cancelled
  }

  private static func nextByte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      if count == 1 { return byte }
      if count < 0, errno == EINTR { continue }
      return nil
    }
  }
}
