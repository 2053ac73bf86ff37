import CVTerm

/// A terminal without glass: takes a program's output and knows what would be seen.
package final class ScreenEmulator {
  private let terminal: OpaquePointer
  private let screen: OpaquePointer
  /// libvterm keeps the address.
  private let callbacks: UnsafeMutablePointer<VTermScreenCallbacks>
  private var consoleEscapes: ConsoleEscapes?
  private let palette: EmulatedPalette
  fileprivate var isCursorVisible = true
  fileprivate var isAlternate = false
  fileprivate var title: String?
  fileprivate var bells = 0
  /// Stays empty on every other terminal.
  package fileprivate(set) var console = ConsoleState()

  /// - Parameters:
  ///   - columns: 0 as well as `rows` for a line that does not know its size: it shows 80×24.
  ///   - isLinuxConsole: understand the escapes that only `TERM=linux` has.
  package init(columns: Int, rows: Int, isLinuxConsole: Bool = false) {
    terminal = vterm_new(rows > 0 ? Int32(rows) : 24, columns > 0 ? Int32(columns) : 80)
    vterm_set_utf8(terminal, 1)
    screen = vterm_obtain_screen(terminal)
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: VTermScreenCallbacks())
    palette = isLinuxConsole ? .linuxConsole : .xterm
    consoleEscapes = isLinuxConsole ? ConsoleEscapes() : nil
    callbacks.pointee.settermprop = { property, value, user in
      ScreenEmulator.from(user)?.set(property, to: value)
      return 1
    }
    callbacks.pointee.bell = { user in
      ScreenEmulator.from(user)?.ring()
      return 1
    }
    vterm_screen_enable_altscreen(screen, 1)
    // As the console does, and xterm unless told otherwise: bold text takes the bright colour.
    vterm_state_set_bold_highbright(vterm_obtain_state(terminal), 1)
    // Unretained: the terminal is freed before this object is.
    vterm_screen_set_callbacks(screen, callbacks, Unmanaged.passUnretained(self).toOpaque())
    vterm_screen_reset(screen, 1)
    setUsualColours()
  }

  deinit {
    vterm_free(terminal)
    callbacks.deallocate()
  }

  /// - Returns: what the terminal answers, to be sent back to the program.
  package func feed(_ bytes: [UInt8]) -> [UInt8] {
    guard consoleEscapes != nil else {
      write(bytes)
      return answers()
    }
    for piece in consoleEscapes?.feed(bytes) ?? [] {
      switch piece {
      case .bytes(let bytes): write(bytes)
      case .command(.colour(let index, let red, let green, let blue)):
        console.redefinedColours[index] = [red, green, blue]
        vterm_set_palette(terminal, Int32(index), red, green, blue)
      case .command(.resetColours):
        console.redefinedColours = [:]
        setUsualColours()
      case .command(.setting(let numbers)): console.set(numbers)
      case .command(.utf8(let isUTF8)): console.isUTF8 = isUTF8
      }
    }
    return answers()
  }

  package func resize(columns: Int, rows: Int) {
    var cursor = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(terminal), &cursor)
    // libvterm 0.1.4 keeps a cursor, a saved cursor and a scrolling region that lie outside the new
    // size, and then writes there. So all three are put where every size has them.
    write(Array("\u{1B}[r\u{1B}[H\u{1B}7".utf8))
    vterm_set_size(terminal, Int32(rows), Int32(columns))
    let (row, column) = (min(Int(cursor.row), rows - 1), min(Int(cursor.col), columns - 1))
    write(Array("\u{1B}[\(row + 1);\(column + 1)H".utf8))
  }

  /// What is seen now.
  package var picture: Screen {
    var (rows, columns): (Int32, Int32) = (0, 0)
    vterm_get_size(terminal, &rows, &columns)
    var cursor = VTermPos()
    vterm_state_get_cursorpos(vterm_obtain_state(terminal), &cursor)
    let cells = (0..<rows).map { row in (0..<columns).map { cell(row: row, column: $0) } }
    return Screen(
      cells: cells, isCursorVisible: isCursorVisible, isAlternate: isAlternate, title: title,
      bells: bells, cursorRow: Int(cursor.row), cursorColumn: Int(cursor.col))
  }

  private func setUsualColours() {
    for index in 0..<16 {
      let (red, green, blue) = palette.colour(index)
      vterm_set_palette(terminal, Int32(index), red, green, blue)
    }
  }

  private func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      let text = buffer.bindMemory(to: CChar.self)
      _ = vterm_input_write(terminal, text.baseAddress, text.count)
    }
  }

  private func answers() -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [CChar](repeating: 0, count: 256)
    while true {
      let count = vterm_output_read(terminal, &buffer, buffer.count)
      if count == 0 { return all }
      all += buffer[..<count].map { UInt8(bitPattern: $0) }
    }
  }

  private func cell(row: Int32, column: Int32) -> ScreenCell {
    var cell = VTermScreenCell()
    vterm_screen_get_cell(screen, VTermPos(row: row, col: column), &cell)
    var text = String.UnicodeScalarView()
    let isRightHalf = vterm_cell_scalar(&cell, 0) == UInt32.max
    for index in 0..<VTERM_MAX_CHARS_PER_CELL where !isRightHalf {
      let value = vterm_cell_scalar(&cell, index)
      guard value != 0 else { break }
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    if text.isEmpty && !isRightHalf { text.append(" ") }
    let attributes = vterm_cell_attributes_of(&cell)
    return ScreenCell(
      text: String(text), width: Int(cell.width), foreground: colour(cell.fg),
      background: colour(cell.bg), isBold: attributes.bold, isReverse: attributes.reverse,
      isUnderlined: attributes.underline, isBlinking: attributes.blink)
  }

  private func colour(_ colour: VTermColor) -> ScreenColour {
    let colour = vterm_cell_colour_of(screen, colour)
    var (red, green, blue) = (colour.red, colour.green, colour.blue)
    // libvterm's cube has even steps, and cannot be changed.
    if colour.index >= 16 { (red, green, blue) = palette.colour(Int(colour.index)) }
    return ScreenColour(
      red: red, green: green, blue: blue, index: colour.index < 0 ? nil : Int(colour.index),
      isDefault: colour.is_default)
  }

  private func ring() {
    bells += 1
    if consoleEscapes != nil { console.rung.append(console.pitch) }
  }

  private static func from(_ user: UnsafeMutableRawPointer?) -> ScreenEmulator? {
    user.map { Unmanaged<ScreenEmulator>.fromOpaque($0).takeUnretainedValue() }
  }

  private func set(_ property: VTermProp, to value: UnsafeMutablePointer<VTermValue>?) {
    guard let value else { return }
    switch property {
    case VTERM_PROP_CURSORVISIBLE: isCursorVisible = vterm_value_is_true(value)
    case VTERM_PROP_ALTSCREEN: isAlternate = vterm_value_is_true(value)
    case VTERM_PROP_TITLE: title = vterm_value_text(value).map { String(cString: $0) }
    default: break
    }
  }
}
