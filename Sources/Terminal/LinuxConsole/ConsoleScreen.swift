import Glibc

/// The screen on which the Linux console draws.
package struct ConsoleScreen: Sendable, Equatable {
  /// In pixels; nil where the kernel does not say, or draws letters without pixels.
  package var height: Int?

  package init(height: Int?) {
    self.height = height
  }

  /// - Parameters:
  ///   - terminal: a file descriptor. Over ssh it is no console, whatever `TERM` says.
  ///   - graphics: where the kernel tells of its framebuffers.
  /// - Returns: nil where the terminal is no console.
  package static func probe(
    terminal: Int32 = STDOUT_FILENO, graphics: String = "/sys/class/graphics"
  ) -> ConsoleScreen? {
    isConsole(terminal) ? ConsoleScreen(graphics: graphics) : nil
  }

  /// Only a console knows its keyboard (ioctl_console(2), `KDGKBTYPE`).
  private static func isConsole(_ terminal: Int32) -> Bool {
    var type: CChar = 0
    return ioctl(terminal, 0x4B33, &type) == 0
  }

  /// Reads the first framebuffer. What is seen goes over what is kept in memory, which may be several
  /// screens high.
  package init(graphics: String) {
    let modes = Self.lines(of: "\(graphics)/fb0/modes")
    let seen = Self.lines(of: "\(graphics)/fb0/mode").first ?? (modes.count == 1 ? modes[0] : "")
    let kept = Self.lines(of: "\(graphics)/fb0/virtual_size").first ?? ""
    height = Self.height(ofMode: seen) ?? Self.height(kept, after: ",")
  }

  /// As in `U:1280x800p-60`.
  private static func height(ofMode text: String) -> Int? {
    let name = text.drop { $0 != ":" }.dropFirst()
    return height(String(name.prefix { $0.isNumber || $0 == "x" }), after: "x")
  }

  private static func height(_ text: String, after separator: Character) -> Int? {
    let numbers = text.split(separator: separator).map { Int($0) }
    guard numbers.count == 2, let height = numbers[1], height > 0 else { return nil }
    return height
  }

  private static func lines(of path: String) -> [String] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var lines: [String] = []
    var buffer = [CChar](repeating: 0, count: 128)
    while fgets(&buffer, Int32(buffer.count), file) != nil {
      let bytes = buffer.prefix { $0 != 0 && $0 != 0x0A }.map { UInt8(bitPattern: $0) }
      if !bytes.isEmpty { lines.append(String(decoding: bytes, as: UTF8.self)) }
    }
    return lines
  }
}
