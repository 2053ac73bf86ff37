import Glibc
import ScreenReader

/// A piece of a program's output, and when it had been read.
struct OutputPiece {
  var at: ContinuousClock.Instant
  var bytes: [UInt8]
  /// What the program had done by then; nil where nothing is counted.
  var counts: WorkCounts?
}

/// A pseudo-terminal, read by whoever waits: no thread of its own stands between the output and its
/// time, and nothing is made of the output while the time counts.
final class TimedTerminal {
  static let columns = 80
  static let rows = 24

  /// Where the program's end can be opened.
  let path: String
  private let master: Int32
  /// Kept open, so that reading works before the program has opened it.
  private let slave: Int32
  /// Where it is counted what the program does; nil where it is not.
  var counting: WorkCounts.Place?
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

  /// - Parameter isRaw: bytes go through as they are, as the door screen itself sets it.
  init(isRaw: Bool = false) throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    var size = winsize(
      ws_row: UInt16(Self.rows), ws_col: UInt16(Self.columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&master, &slave, &name, nil, &size) == 0 else {
      throw SystemError.last("openpty")
    }
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK)
    if isRaw {
      var settings = termios()
      tcgetattr(slave, &settings)
      cfmakeraw(&settings)
      tcsetattr(slave, TCSANOW, &settings)
    }
    path = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    (self.master, self.slave) = (master, slave)
  }

  deinit {
    close(master)
    close(slave)
  }

  /// Writes as fast as the program reads, and takes its output meanwhile.
  /// - Returns: the time before the first byte was written, and what came.
  func write(_ bytes: [UInt8]) throws -> (at: ContinuousClock.Instant, output: [OutputPiece]) {
    var rest = bytes[...]
    var output: [OutputPiece] = []
    let start = ContinuousClock.now
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      if rest.isEmpty { break }
      guard count >= 0 || errno == EAGAIN || errno == EINTR else {
        throw SystemError.last("writing to the terminal")
      }
      guard start.duration(to: .now) < .seconds(60) else {
        throw BenchmarkFailure("\(rest.count) bytes were not read within a minute")
      }
      var request = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
      poll(&request, 1, 1_000)
      if let piece = read() { output.append(piece) }
    }
    return (start, output)
  }

  /// Takes output for a time, and then until none has come for `quiet`, but no longer than `limit`.
  func output(
    for atLeast: Duration = .zero, quiet: Duration, atMost limit: Duration = .seconds(60)
  ) -> [OutputPiece] {
    var pieces: [OutputPiece] = []
    let start = ContinuousClock.now
    var last = start
    while true {
      let now = ContinuousClock.now
      let end = max(start + atLeast, last + quiet)
      if now >= start + atLeast + limit { return pieces }
      var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      // Rounded up, so that the last millisecond is not polled away.
      let rest = now < end ? now.duration(to: end).milliseconds.rounded(.up) : 0
      poll(&request, 1, Int32(rest))
      if let piece = read() {
        pieces.append(piece)
        last = piece.at
      } else if now >= end {
        return pieces
      }
    }
  }

  /// Takes output until this many bytes have come.
  func output(bytes wanted: Int, atMost limit: Duration = .seconds(10)) throws
    -> ContinuousClock.Instant
  {
    let start = ContinuousClock.now
    var count = 0
    while true {
      var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      poll(&request, 1, 1_000)
      if let piece = read() {
        count += piece.bytes.count
        if count >= wanted { return piece.at }
      }
      guard start.duration(to: .now) < limit else {
        throw BenchmarkFailure("\(count) of \(wanted) bytes came")
      }
    }
  }

  private func read() -> OutputPiece? {
    let count = Glibc.read(master, &buffer, buffer.count)
    let now = ContinuousClock.now
    guard count > 0 else { return nil }
    return OutputPiece(at: now, bytes: Array(buffer[..<count]), counts: try? counting?.read())
  }
}

/// What could not be measured.
struct BenchmarkFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

extension Duration {
  var milliseconds: Double {
    Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15
  }
}
