import Glibc
import ScreenReader
import Testing

/// The tests' own eyes.
@Suite struct ScreenReaderTests {
  private func shell(_ script: String, term: String = "xterm") throws -> TerminalSession {
    try TerminalSession(
      running: "/bin/sh", ["-c", script],
      environment: ["TERM": term, "PATH": "/usr/bin:/bin"])
  }

  @Test func `A program's output is seen and its status known`() async throws {
    let session = try shell("printf 'hello %s' \"$TERM\"; exit 7")
    #expect(try await session.waitForEnd() == .exited(7))
    #expect(session.screen.text(row: 0) == "hello xterm")
    #expect(session.output == Array("hello xterm".utf8))
  }

  @Test func `Typed text arrives on the controlling terminal`() async throws {
    let session = try shell("read line < /dev/tty; echo \"<$line>\"")
    try await session.type(slowly: "abc\n", every: .milliseconds(5))
    try await session.waitFor(text: "<abc>")
    #expect(try await session.waitForEnd() == .exited(0))
  }

  @Test func `A signal is the program's end`() async throws {
    let session = try shell("echo ready; exec cat")
    try await session.waitFor(text: "ready")
    session.program?.send(signal: SIGTERM)
    #expect(try await session.waitForEnd() == .killed(signal: SIGTERM))
  }

  @Test func `A hang-up reaches the program`() async throws {
    let session = try shell("echo ready; exec cat")
    try await session.waitFor(text: "ready")
    session.hangUp()
    #expect(try await session.waitForEnd() == .killed(signal: SIGHUP))
  }

  @Test func `A resize reaches the program`() async throws {
    let session = try shell(
      "trap 'stty size; exit 0' WINCH; echo ready; while :; do read line; done")
    try await session.waitFor(text: "ready")
    try session.resize(columns: 50, rows: 20)
    try await session.waitFor(text: "20 50")
    #expect(session.screen.columns == 50 && session.screen.rows == 20)
  }

  @Test func `Modes that a program leaves behind are seen`() async throws {
    let session = try shell("stty raw -echo")
    #expect(try await session.waitForEnd() == .exited(0))
    #expect(session.initialModes.echoes && session.initialModes.isCanonical)
    #expect(session.terminal.modes != session.initialModes)
    #expect(!session.terminal.modes.echoes)
  }

  @Test func `A wait in vain shows the screen`() async throws {
    let session = try shell("echo something else; exec cat")
    try await session.waitFor(text: "else")
    let error = await #expect(throws: Timeout.self) {
      try await session.waitFor(text: "nothing of that", deadline: .milliseconds(100))
    }
    #expect(error?.description.contains("something else") == true)
    #expect(error?.description.contains("nothing of that") == true)
  }

  @Test func `A wait ends with the program`() async throws {
    let session = try shell("echo bye")
    await #expect(throws: Timeout.self) {
      try await session.waitFor(text: "never", deadline: .seconds(3600))
    }
  }

  @Test func `Colours and attributes are read`() async throws {
    let emulator = ScreenEmulator(columns: 20, rows: 2)
    _ = emulator.feed(
      Array("\u{1B}[1;4;38;5;231;48;5;28mA\u{1B}[0;7mB\u{1B}[0m\u{1B}]0;name\u{7}".utf8))
    let screen = emulator.picture
    let (a, b) = (screen.cells[0][0], screen.cells[0][1])
    #expect(a.isBold && a.isUnderlined && !a.isReverse && b.isReverse && !b.isBold)
    #expect(a.foreground.index == 231 && a.background.index == 28)
    #expect((a.background.red, a.background.green, a.background.blue) == (0, 0x87, 0))
    #expect(b.foreground.isDefault && b.background.isDefault)
    #expect(screen.title == "name")
  }

  @Test(arguments: 1...12)
  func `The console's escapes are not printed`(piece: Int) {
    let emulator = ScreenEmulator(columns: 20, rows: 2, isLinuxConsole: true)
    let text = "a\u{1B}]P200cc10b\u{1B}[9;0]c\u{1B}[13]d\u{1B}[32mX\u{1B}[0m\u{1B}[10;400]e"
    feed(text, to: emulator, by: piece)
    #expect(emulator.picture.text(row: 0) == "abcdXe")
    #expect(emulator.console.redefinedColours == [2: [0x00, 0xCC, 0x10]])
    let green = emulator.picture.cells[0][4].foreground
    #expect((green.red, green.green, green.blue) == (0x00, 0xCC, 0x10))
    #expect(emulator.console.blankingMinutes == 0 && emulator.console.wakes == 1)
    #expect(emulator.console.pitch == 400 && emulator.console.milliseconds == nil)
    feed("\u{7}\u{1B}[10]\u{7}", to: emulator, by: piece)
    #expect(emulator.console.rung == [400, nil] && emulator.picture.bells == 2)
    feed("\u{1B}]R!\u{1B}]0;title\u{7}?", to: emulator, by: piece)
    #expect(emulator.picture.text(row: 0) == "abcdXe!?")
    #expect(emulator.console.redefinedColours == [:])
  }

  private func feed(_ text: String, to emulator: ScreenEmulator, by size: Int) {
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      _ = emulator.feed(Array(bytes[start..<min(bytes.count, start + size)]))
    }
  }
}
