import Foundation
import ScreenReader
import Terminal
import Testing

/// What the kernel tells of the screen behind a console.
@Suite struct ConsoleScreenTests {
  /// The files of a framebuffer, and the height that is seen.
  @Test(arguments: [
    (["mode": "U:1280x800p-60\n", "virtual_size": "1280,1600\n"], 800),
    (["mode": "", "modes": "U:1024x600p-0\n", "virtual_size": "1024,1200\n"], 600),
    // Which of several is on, nobody says here.
    (["mode": "\n", "modes": "U:1920x1080p-0\nU:640x480p-0\n", "virtual_size": "1280,720\n"], 720),
    (["virtual_size": "1280,800\n"], 800),
    (["virtual_size": "1280\n"], nil), (["virtual_size": "0,0\n"], nil),
    (["mode": "nonsense", "modes": "U:xp-0\n"], nil), ([:], nil),
  ])
  func `The height that is seen is found`(files: [String: String], height: Int?) throws {
    let graphics = FileManager.default.temporaryDirectory
      .appending(path: "doorcheck-graphics-\(UUID().uuidString)")
    let folder = graphics.appending(path: "fb0")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: graphics) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    #expect(ConsoleScreen(graphics: graphics.path) == ConsoleScreen(height: height))
  }

  @Test func `Without a framebuffer nothing is known of its height`() {
    #expect(ConsoleScreen(graphics: "/nonexistent") == ConsoleScreen(height: nil))
  }

  @Test func `A terminal of another kind is no console, whatever it is called`() throws {
    let session = try TerminalSession(drawingOn: "linux", columns: 160, rows: 50)
    #expect(ConsoleScreen.probe(terminal: session.terminal.slave) == nil)
  }
}
