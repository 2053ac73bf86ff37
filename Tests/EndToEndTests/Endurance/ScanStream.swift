import Foundation
import Glibc

/// `doorcheck scan` at work: fed on its standard input, and read line by line until it ends or is
/// killed.
final class ScanStream: Sendable {
  enum Line: Sendable {
    case verdict(VerdictLine)
    /// Of standard error.
    case diagnostic(String)
  }

  /// Both outputs, in the order in which they were written; ends with the program.
  let lines: AsyncStream<Line>
  private let process: Process
  private let input: Int32

  /// - Parameter tracer: a program, with its arguments, that starts ours and looks on.
  init(
    through tracer: [String] = [], environment changes: [String: String], event: String
  ) throws {
    // A socket, as a pipe that nobody reads any more would end the tests with SIGPIPE.
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    input = ends[0]
    process = Process()
    let command = tracer + [BuiltProgram.path, "scan", "--event", event, "--format", "json"]
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = BuiltProgram.environment(changes)
    process.standardInput = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    // One pipe for both outputs, so that their lines keep their order.
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    lines = Self.read(output.fileHandleForReading)
  }

  deinit {
    kill()
    close(input)
  }

  /// Types codes, a line each. What a program that is gone does not take is lost.
  func feed(_ codes: [String]) {
    var rest = Array(codes.map { $0 + "\n" }.joined().utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0 && errno != EINTR { return }
      rest = rest.dropFirst(max(0, count))
    }
  }

  func endInput() { shutdown(input, Int32(SHUT_WR)) }

  func kill() {
    if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
  }

  /// Asks it to end.
  func terminate(by signal: Int32 = SIGTERM) { Glibc.kill(process.processIdentifier, signal) }

  func waitUntilExit() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Reads on a thread of its own, since reading blocks.
  private static func read(_ handle: FileHandle) -> AsyncStream<Line> {
    let (lines, continuation) = AsyncStream.makeStream(of: Line.self)
    Thread.detachNewThread {
      var pending = Data()
      while case let chunk = handle.availableData, !chunk.isEmpty {
        pending += chunk
        while let end = pending.firstIndex(of: 0x0A) {
          continuation.yield(line(pending[..<end]))
          pending = pending[(end + 1)...]
        }
      }
      // A line that is not whole was not told.
      continuation.finish()
    }
    return lines
  }

  private static func line(_ data: Data) -> Line {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    if let verdict = try? decoder.decode(VerdictLine.self, from: data) {
      return .verdict(verdict)
    }
    return .diagnostic(String(decoding: data, as: UTF8.self))
  }
}

/// What `scan --format json` prints of a scan, as far as it is looked at.
struct VerdictLine: Sendable, Decodable {
  var code: String
  var verdict: String
  var reason: String
  var message: String
  /// When the verdict was reached, to the second; nil where the screen does not say.
  var at: Date?
  var source: String
  var allowed: Int?
  var used: Int?
  var admitted: Int?
  var latencyMilliseconds: Int?

  enum CodingKeys: String, CodingKey {
    case code, verdict, reason, message, at, source, allowed, used, admitted
    case latencyMilliseconds = "latency_ms"
  }

  /// Milliseconds that the service had.
  var waited: Int { latencyMilliseconds ?? 0 }

  /// The panel did not wait for the disk.
  var isRecordedLate: Bool { message.contains("recording late") }
}
