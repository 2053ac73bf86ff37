import CNcurses
import DoorScreen
import Formatting
import Glibc

/// Turns frames into the bytes that the terminal needs to show them.
///
/// curses writes into a file in memory, never to the tty: a terminal that does not read cannot hold
/// up the door, and a frame leaves in one piece. It is not Sendable, because curses is one set of
/// globals: whoever owns this is the only one to call it.
final class CursesScreen {
  let colours: Int
  private let palette: Palette
  private let screen: OpaquePointer
  private let file: UnsafeMutablePointer<FILE>
  /// What curses was last told, row by row; nil where it has to be told everything.
  private(set) var painted: Frame?
  private var pairs: [Style.Role: Int16] = [:]
  /// What is put for a glyph that is one scalar in one cell, so that none is looked at for each
  /// picture.
  private var narrowScalars: [Unicode.Scalar: UInt32] = [:]
  /// The last one of them: blocks stand side by side.
  private var lastNarrow: (scalar: Unicode.Scalar, put: UInt32) = (" ", 0x20)
  /// Kept for its memory.
  private var run: [UInt32] = []

  init(
    terminalName: String, size: Size?, noColor: String?, theme: Theme
  ) throws(TerminalError) {
    let descriptor = curses_memory_file()
    guard descriptor >= 0 else { throw .system(errno) }
    guard let file = fdopen(descriptor, "w+") else {
      let code = errno
      close(descriptor)
      throw .system(code)
    }
    // Neither LINES nor COLUMNS may decide: a terminal changes its size, they do not. With both off,
    // an entry without a size, as that of the Linux console, would be refused.
    use_env(false)
    use_tioctl(true)
    let handlers = SignalHandlers.current()
    guard !terminalName.isEmpty, let screen = newterm(terminalName, file, file) else {
      fclose(file)
      throw .unknownTerminal(terminalName)
    }
    // curses' handlers end the program from inside a signal, and take its size from a file.
    handlers.putBack()
    guard curses_string("cup") != nil else {
      endwin()
      delscreen(screen)
      fclose(file)
      throw .unknownTerminal(terminalName)
    }
    self.screen = screen
    self.file = file
    narrowScalars = LinuxConsole.substitutes(on: terminalName)
    colours = Int(curses_number("colors"))
    palette = Palette(theme: theme, depth: ColourDepth(colours: colours, noColor: noColor))
    writeFramesInOnePiece()
    // Tell curses what the tty's modes are; the device has set them.
    raw()
    noecho()
    nonl()
    // Otherwise a refresh is put off while curses' input has something to read.
    typeahead(-1)
    curses_use_keypad()
    curs_set(0)
    makePairs()
    resize(to: size)
  }

  deinit {
    delscreen(screen)
    fclose(file)
  }

  /// Until it was left and came back once, curses writes each move of the cursor by itself, 70 to 90 to
  /// a frame. What it would have the terminal do for that is not sent.
  private func writeFramesInOnePiece() {
    // Writes what is there to be sent.
    delay_output(0)
    let end = lseek(fileno(file), 0, SEEK_CUR)
    endwin()
    doupdate()
    lseek(fileno(file), end, SEEK_SET)
  }

  var usesColours: Bool { palette.depth != .none }

  var size: Size { Size(columns: Int(curses_columns()), rows: Int(curses_rows())) }

  /// Nil is a tty that does not know its size, as serial lines: terminfo's size, or 80×24.
  func resize(to size: Size?) {
    let fallback = Size(columns: Int(curses_number("cols")), rows: Int(curses_number("lines")))
    let wanted = size ?? (fallback.columns > 0 && fallback.rows > 0 ? fallback : Self.usual)
    // `resizeterm` would also queue a KEY_RESIZE for a getch that nobody calls.
    resize_term(Int32(max(1, wanted.rows)), Int32(max(1, wanted.columns)))
    repaintAll()
  }

  /// The next frame is painted whole, on a cleared terminal.
  func repaintAll() {
    painted = nil
    curses_repaint_all()
    // newterm has set the region to the size in terminfo, and nothing in curses corrects it. It moves
    // the cursor behind curses' back, which does not matter before a clear.
    guard let region = curses_scroll_region(curses_rows()) else { return }
    let bytes = TerminfoString.withoutPadding(region)
    write(fileno(file), bytes, bytes.count)
  }

  /// What the terminal has to be sent to show the frame; what does not fit is cut off.
  func paint(_ frame: Frame) -> [UInt8] {
    let size = self.size
    for row in 0..<size.rows {
      guard row < frame.size.rows else {
        curses_clear_row(Int32(row))
        continue
      }
      let cells = frame.row(row).prefix(size.columns)
      if let painted, painted.size == frame.size {
        putChanges(from: painted, to: frame, at: row, columns: cells.count)
      } else {
        curses_clear_row(Int32(row))
        put(cells.indices, of: cells, at: row)
      }
    }
    if let cursor = frame.cursor, (0..<size.rows).contains(cursor.row),
      (0..<size.columns).contains(cursor.column)
    {
      curses_move(Int32(cursor.row), Int32(cursor.column))
      curs_set(1)
    } else {
      curs_set(0)
      // Out of the way on terminals that cannot hide it.
      curses_move(Int32(size.rows - 1), Int32(size.columns - 1))
    }
    curses_refresh()
    painted = frame
    return drainOutput()
  }

  func bell() -> [UInt8] {
    beep()
    return drainOutput()
  }

  /// What brings the terminal's screen back to what it was, or to an empty one where it has no
  /// second screen: names of guests do not stay behind.
  func leave() -> [UInt8] {
    if curses_string("rmcup") == nil {
      curses_set_background(curses_look())
      curses_erase()
      curses_refresh()
    }
    endwin()
    return drainOutput()
  }

  /// What curses has written since the last time.
  func drainOutput() -> [UInt8] {
    fflush(file)
    let descriptor = fileno(file)
    let count = Int(lseek(descriptor, 0, SEEK_CUR))
    guard count > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, pread(descriptor, buffer.baseAddress, count, 0))
    }
    // The next output is written over this one.
    lseek(descriptor, 0, SEEK_SET)
    return bytes
  }

  /// Puts the parts of a row that have changed. Short stretches between them cost less than a further
  /// part.
  private func putChanges(from before: Frame, to frame: Frame, at line: Int, columns: Int) {
    let (old, new) = (before.row(line).prefix(columns), frame.row(line).prefix(columns))
    func nextChange(_ part: Range<Int>) -> Int? {
      let offset = new.startIndex
      let inRow = part.lowerBound - offset..<part.upperBound - offset
      return frame.firstChange(since: before, row: line, columns: inRow).map { $0 + offset }
    }
    var index = new.startIndex
    while let first = nextChange(index..<new.endIndex) {
      var end = first + 1
      while let next = nextChange(end..<min(end + Self.shortStretch, new.endIndex)) {
        end = next + 1
      }
      var start = first
      // A wide character changes as a whole.
      while start > new.startIndex, old[start].isContinuation || new[start].isContinuation {
        start -= 1
      }
      while end < new.endIndex, old[end].isContinuation || new[end].isContinuation { end += 1 }
      put(start..<end, of: new, at: line)
      index = end
    }
  }

  private func put(_ part: Range<Int>, of row: ArraySlice<Cell>, at line: Int) {
    let cells = row[part]
    var index = part.lowerBound
    // Nobody else uses it meanwhile, which need not be proven for each cell.
    var run: [UInt32] = []
    swap(&run, &self.run)
    defer { swap(&run, &self.run) }
    while index < part.upperBound {
      let (end, style) = gather(&run, from: index, in: cells)
      if end > index {
        curses_put_run(
          Int32(line), Int32(index - row.startIndex), run, Int32(run.count), look(of: style))
        index = end
      } else {
        if !cells[index].isContinuation {
          putAlone(index, of: cells, at: Position(row: line, column: index - row.startIndex))
        }
        index += 1
      }
    }
  }

  /// Most of a picture is such runs. Gathers one, of ASCII or of scalars that were looked at before.
  /// - Returns: where it ends, which is `start` where there is none, and how all of it is put.
  private func gather(
    _ run: inout [UInt32], from start: Int, in cells: ArraySlice<Cell>
  ) -> (end: Int, style: Style) {
    run.removeAll(keepingCapacity: true)
    var style = cells[start].style
    var isBlank = true
    for index in start..<cells.endIndex {
      let cell = cells[index]
      let isWide = index + 1 < cells.endIndex && cells[index + 1].isContinuation
      guard !isWide, let scalar = narrowScalar(of: cell.glyph) else { break }
      if cell.style != style {
        guard isBlank || scalar == 0x20, isSeenAlike(style, cell.style) else { break }
        // What blanks are in goes by what stands beside them.
        if scalar != 0x20 { style = cell.style }
      }
      if scalar != 0x20 { isBlank = false }
      run.append(scalar)
    }
    return (start + run.count, style)
  }

  /// Whether a blank looks the same in both: a word of bold blocks takes a tenth of the bytes if what
  /// is between them needs no change of attributes.
  private func isSeenAlike(_ one: Style, _ other: Style) -> Bool {
    guard one.role == other.role, !one.isReversed, !other.isReversed else { return false }
    let look = palette.look(of: one.role)
    return !look.isReverse && !look.isUnderlined
  }

  /// What is put for a glyph that takes one cell and is one scalar; nil where it is anything else.
  private func narrowScalar(of glyph: Glyph) -> UInt32? {
    guard let scalar = glyph.single else { return nil }
    if (0x20...0x7E).contains(scalar.value) { return scalar.value }
    if scalar == lastNarrow.scalar { return lastNarrow.put }
    if let known = narrowScalars[scalar] {
      lastNarrow = (scalar, known)
      return known
    }
    let scalars = CellText.scalars(of: glyph, width: 1) { Int(curses_width($0)) }
    guard scalars.count == 1 else { return nil }
    if narrowScalars.count < Self.mostNarrowScalars { narrowScalars[scalar] = scalars[0] }
    return scalars[0]
  }

  private func putAlone(_ index: Int, of cells: ArraySlice<Cell>, at place: Position) {
    let cell = cells[index]
    let look = look(of: cell.style)
    let isWide = index + 1 < cells.endIndex && cells[index + 1].isContinuation
    let scalars = CellText.scalars(of: cell.glyph, width: isWide ? 2 : 1) { scalar in
      Int(curses_width(scalar))
    }
    // First the right half: a character that turns out narrow leaves no hole in the panel.
    let (row, column) = (Int32(place.row), Int32(place.column))
    if isWide { curses_put(row, column + 1, [0x20], 1, look) }
    curses_put(row, column, scalars, Int32(scalars.count), look)
  }

  private func look(of style: Style) -> curses_look {
    let look = palette.look(of: style.role)
    let isBold =
      switch look.bold {
      case .asAsked: style.isBold
      case .always: true
      case .never: false
      }
    return curses_look(
      pair: pairs[style.role] ?? 0, bold: isBold, reverse: look.isReverse != style.isReversed,
      underline: look.isUnderlined, dim: look.isDim)
  }

  private func makePairs() {
    guard palette.depth != .none, start_color() != ERR else { return }
    var next: Int16 = 1
    for role in Style.Role.allCases {
      let look = palette.look(of: role)
      guard let foreground = look.foreground, let background = look.background else { continue }
      init_pair(next, foreground, background)
      pairs[role] = next
      next += 1
    }
    curses_set_background(self.look(of: Style(.plain)))
  }

  /// A night's names have fewer; whoever sends more gets no more memory.
  private static let mostNarrowScalars = 2_000
  /// In cells.
  private static let shortStretch = 4
  private static let usual = Size(columns: 80, rows: 24)
}
