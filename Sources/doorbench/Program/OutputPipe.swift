import Foundation
import Glibc
import ScreenReader

/// The output of a program without a terminal.
final class OutputPipe {
  let readEnd: Int32
  private(set) var writeEnd: Int32
  private var rest: [UInt8] = []

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError.last("pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    closeWriteEnd()
  }

  /// Once the program holds it; the end of output is not seen before.
  func closeWriteEnd() {
    if writeEnd >= 0 { close(writeEnd) }
    writeEnd = -1
  }

  /// The next line, without its end; nil when there is none.
  func line() -> Data? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        defer { rest.removeSubrange(...end) }
        return Data(rest[..<end])
      }
      guard readMore() else { return nil }
    }
  }

  /// Everything until the program closes it.
  func all() -> Data {
    while readMore() {}
    defer { rest = [] }
    return Data(rest)
  }

  private func readMore() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    var count = 0
    repeat { count = read(readEnd, &buffer, buffer.count) } while count < 0 && errno == EINTR
    if count > 0 { rest += buffer[..<count] }
    return count > 0
  }
}
