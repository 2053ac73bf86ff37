import Glibc
import Synchronization

/// A call of the system that failed.
package struct SystemError: Error, CustomStringConvertible {
  package var call: String
  package var code: Int32

  package static func last(_ call: String) -> SystemError { SystemError(call: call, code: errno) }

  package var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// Both ends of a terminal that is no device: the program's (the slave) and ours (the master).
package final class PseudoTerminal: Sendable {
  /// Where the program's end can be opened.
  package let path: String
  /// The program's end. Kept open, so that its settings can be looked at when the program is gone.
  package let slave: Int32
  /// Nil once closed.
  private let master: Mutex<Int32?>

  package init(columns: Int = 80, rows: Int = 24) throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, nil) == 0 else { throw SystemError.last("openpty") }
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK)
    path = name.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    self.slave = slave
    self.master = Mutex(master)
    try resize(columns: columns, rows: rows)
  }

  deinit {
    hangUp()
    close(slave)
  }

  /// The kernel sends SIGWINCH to the programs in front.
  package func resize(columns: Int, rows: Int) throws {
    try withMaster { master in
      var size = winsize(
        ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
      guard ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else {
        throw SystemError.last("TIOCSWINSZ")
      }
    }
  }

  /// Closes our end: the program's reads end, and its session gets SIGHUP.
  package func hangUp() {
    master.withLock { master in
      if let master { close(master) }
      master = nil
    }
  }

  /// The settings of the line, comparable with those before.
  package var modes: LineModes { LineModes(of: slave) }

  /// What can be written at once; 0 where the program does not read and the kernel's buffer is full.
  package func write(_ bytes: ArraySlice<UInt8>) throws -> Int {
    try withMaster { master in
      let count = bytes.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
      if count < 0 && errno != EAGAIN && errno != EINTR { throw SystemError.last("write") }
      return max(0, count)
    }
  }

  /// Whether the program's side takes more bytes, within the limit.
  func waitForRoom(_ limit: Duration) -> Bool {
    guard let descriptor else { return false }
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&request, 1, Int32(limit.inMilliseconds)) > 0
  }

  enum Output {
    case bytes([UInt8])
    case nothing
    case ended
  }

  /// What the program has written, without waiting.
  func read() -> Output {
    master.withLock { master in
      guard let master else { return .ended }
      var buffer = [UInt8](repeating: 0, count: 16 * 1024)
      let count = Glibc.read(master, &buffer, buffer.count)
      if count > 0 { return .bytes(Array(buffer[..<count])) }
      return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .ended
    }
  }

  /// For `poll`; nil once closed.
  var descriptor: Int32? { master.withLock { $0 } }

  private func withMaster<Result>(_ body: (Int32) throws -> Result) throws -> Result {
    try master.withLock { master in
      guard let master else { throw SystemError(call: "pty", code: EBADF) }
      return try body(master)
    }
  }
}

/// The settings of a line, as numbers that can be compared.
package struct LineModes: Sendable, Equatable {
  package var input: UInt32
  package var output: UInt32
  package var control: UInt32
  package var local: UInt32
  package var characters: [UInt8]

  init(of descriptor: Int32) {
    var settings = termios()
    tcgetattr(descriptor, &settings)
    (input, output) = (settings.c_iflag, settings.c_oflag)
    (control, local) = (settings.c_cflag, settings.c_lflag)
    characters = withUnsafeBytes(of: settings.c_cc) { Array($0) }
  }

  /// Whether the kernel gathers lines, as a shell leaves it.
  package var isCanonical: Bool { local & UInt32(ICANON) != 0 }
  /// Whether the kernel shows what is typed.
  package var echoes: Bool { local & UInt32(ECHO) != 0 }
  /// Whether Ctrl-C is a signal.
  package var makesSignals: Bool { local & UInt32(ISIG) != 0 }
}
