import Admission
import Formatting
import Glibc
import ScreenReader
import Terminal
import Testing

@Suite struct TerminalInputTests {
  @Test(.timeLimit(.minutes(1)))
  func `Every byte comes in order with its time`() async throws {
    let session = try RawTerminal()
    let input = Typing(session.slave)
    // More than the kernel keeps: it only goes through if somebody reads all the time.
    let text = (0..<20_000).map { "CODE\($0)\r" }.joined()
    let before = uptime()
    let typist = Task.detached { try session.type(text) }
    var received: [UInt8] = []
    var last = before
    for await chunk in input.chunks {
      #expect(!chunk.bytes.isEmpty)
      #expect(chunk.readAt.uptime >= last)
      last = chunk.readAt.uptime
      received += chunk.bytes
      if received.count >= text.utf8.count { break }
    }
    try await typist.value
    #expect(received == Array(text.utf8))
    #expect(last <= uptime())
  }

  @Test(.timeLimit(.minutes(1)))
  func `A hang-up ends it after the last byte`() async throws {
    let session = try RawTerminal()
    let input = Typing(session.slave)
    try session.type("A")
    var received: [UInt8] = []
    for await chunk in input.chunks {
      received += chunk.bytes
      session.hangUp()
    }
    #expect(received == Array("A".utf8))
  }

  @Test(.timeLimit(.minutes(1)))
  func `A terminal that hung up beforehand ends it at once`() async throws {
    let session = try RawTerminal()
    session.hangUp()
    for await _ in Typing(session.slave).chunks { Issue.record("no bytes") }
  }

  @Test(.timeLimit(.minutes(1)))
  func `Stop ends it without any input`() async throws {
    let session = try RawTerminal()
    let input = Typing(session.slave)
    input.stop()
    for await _ in input.chunks { Issue.record("no bytes") }
    input.stop()
  }

  @Test(.timeLimit(.minutes(1)))
  func `A closed pipe ends it after its content`() async throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    try #require(write(ends[1], "AB", 2) == 2)
    close(ends[1])
    var received: [UInt8] = []
    for await chunk in Typing(ends[0]).chunks { received += chunk.bytes }
    #expect(received == Array("AB".utf8))
  }

  @Test(.timeLimit(.minutes(1)))
  func `A descriptor that is not open ends it at once`() async throws {
    for await _ in Typing(1_000_000).chunks { Issue.record("no bytes") }
  }

  private func uptime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What is typed, as it comes. When nobody looks at it any more, reading ends.
struct Typing {
  let chunks: AsyncStream<InputChunk>
  private let input: TerminalInput

  init(_ descriptor: Int32) {
    let (chunks, continuation) = AsyncStream.makeStream(of: InputChunk.self)
    let input = TerminalInput(descriptor: descriptor) { chunk in
      if let chunk { continuation.yield(chunk) } else { continuation.finish() }
    }
    continuation.onTermination = { _ in input.stop() }
    (self.chunks, self.input) = (chunks, input)
  }

  func stop() { input.stop() }
}

/// A terminal in raw mode, without curses.
private final class RawTerminal: Sendable {
  private let session: TerminalSession
  var slave: Int32 { session.terminal.slave }

  init() throws {
    session = try TerminalSession(drawingOn: "xterm")
    var settings = termios()
    tcgetattr(session.terminal.slave, &settings)
    cfmakeraw(&settings)
    tcsetattr(session.terminal.slave, TCSANOW, &settings)
  }

  func type(_ text: String) throws { try session.type(text) }
  func hangUp() { session.hangUp() }
}
