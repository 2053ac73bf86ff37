package import Admission
import CNcurses
package import DoorScreen
import Formatting
import Glibc
import Synchronization

/// The one owner of curses and of the tty: frames out, and everything as it was afterwards. What is
/// typed comes in by `TerminalInput`.
///
/// It is not Sendable: hand it over once to the actor that draws, and the compiler keeps it there.
package final class Terminal {
  /// Whether characters beyond ASCII can be shown.
  package let usesUnicode: Bool
  /// Colours that terminfo knows, 0 for none; `NO_COLOR` does not change it.
  package let colours: Int
  /// Whether what is drawn has colours: the terminal knows some, and `NO_COLOR` is not set.
  package let usesColours: Bool
  /// What the terminal sends for the keys that mean something at the door.
  package let keySequences: [(bytes: [UInt8], key: DoorKey)]

  private let device: TerminalDevice
  /// Nil on every other terminal.
  private let console: LinuxConsole?
  private let farewell: [UInt8]
  /// Nil once restored.
  private var screen: CursesScreen?
  private var shown: Frame?
  private var prepared: Prepared?

  /// A frame of which curses believes that it is shown.
  private struct Prepared {
    var frame: Frame
    var bytes: [UInt8]
    /// What is really shown.
    var before: Frame
  }

  /// curses is one set of globals: there can be one terminal at a time.
  private static let isOpen = Mutex(false)

  /// Takes the terminal over: raw input, its second screen where it has one, no cursor. Nothing is
  /// painted before the first frame.
  /// - Parameters:
  ///   - environment: `TERM`, `NO_COLOR`, `LC_ALL`, `LC_CTYPE` and `LANG` count.
  ///   - blankingMinutes: after which a Linux console blanks, 0 for never; nil where nobody knows.
  /// - Throws: `TerminalError`, before anything has been sent or set.
  package static func open(
    input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO, environment: [String: String],
    theme: Theme = .standard, blankingMinutes: Int? = Terminal.blankingMinutes
  ) throws(TerminalError) -> sending Terminal {
    try Terminal(
      input: input, output: output, environment: environment, theme: theme,
      blankingMinutes: blankingMinutes)
  }

  /// After how many minutes this box's console blanks now.
  package static var blankingMinutes: Int? { ConsoleBlanking.minutes() }

  private init(
    input: Int32, output: Int32, environment: [String: String], theme: Theme, blankingMinutes: Int?
  ) throws(TerminalError) {
    let device = try TerminalDevice(input: input, output: output)
    let wasOpen = Self.isOpen.withLock { isOpen in
      defer { isOpen = true }
      return isOpen
    }
    // Two owners would draw over each other at the door; that is an error of the program.
    precondition(!wasOpen, "a terminal is open already")
    usesUnicode = TerminalLocale.adopt(from: environment)
    let screen: CursesScreen
    do {
      screen = try CursesScreen(
        terminalName: environment["TERM"] ?? "", size: device.size,
        noColor: environment["NO_COLOR"], theme: theme)
    } catch {
      Self.isOpen.withLock { $0 = false }
      throw error
    }
    self.device = device
    self.screen = screen
    colours = screen.colours
    usesColours = screen.usesColours
    keySequences = KeyStrings.current()
    console = LinuxConsole(
      terminalName: environment["TERM"] ?? "", usesUnicode: usesUnicode,
      colours: screen.usesColours ? ConsoleColours(theme: theme) : nil,
      blankingMinutes: blankingMinutes)
    farewell = (console?.farewell ?? []) + Farewell.bytes()
    SignalHandlers.ignoreJobControl()
    device.armCrashGuard(farewell: farewell)
    device.enterRawMode()
    _ = device.send(arrival + screen.drainOutput(), patience: Self.patience)
  }

  deinit { restore() }

  /// In cells, at least 1×1. Where the tty does not know it, what terminfo says.
  package var size: Size { screen?.size ?? Size(columns: 1, rows: 1) }

  /// Shows the frame, by sending what has changed since the one before. What does not fit is cut.
  /// - Returns: false where the terminal does not read, or is gone. The frame may be missing then,
  ///   never half-drawn for good: draw again later, at the latest with the next tick of the clock.
  @discardableResult
  package func draw(_ frame: Frame) -> Bool {
    guard let screen else { return false }
    shown = frame
    // Still at an older frame: let it finish, and skip those in between.
    guard device.send([], patience: 0) else {
      // Somebody has leant on Scroll Lock, which holds a console whatever its modes are.
      if console != nil { device.release() }
      return false
    }
    return device.send(bytes(for: frame, on: screen), patience: Self.patience)
  }

  /// Works out what has to be sent for a frame that is likely to be drawn next. Nothing is sent, and
  /// any other frame can be drawn all the same.
  package func prepare(_ frame: Frame) {
    forgetPrepared()
    guard let screen, let before = screen.painted else { return }
    prepared = Prepared(frame: frame, bytes: screen.paint(frame), before: before)
  }

  private func bytes(for frame: Frame, on screen: CursesScreen) -> [UInt8] {
    guard let prepared, prepared.frame == frame else {
      forgetPrepared()
      return screen.paint(frame)
    }
    self.prepared = nil
    return prepared.bytes
  }

  /// Has curses believe again what is really shown.
  private func forgetPrepared() {
    if let prepared { _ = screen?.paint(prepared.before) }
    prepared = nil
  }

  /// Paints the last frame anew on a cleared terminal and sets the raw mode again, after something
  /// else has written there, or after the program was stopped and goes on.
  package func redraw() {
    device.enterRawMode()
    prepared = nil
    screen?.repaintAll()
    _ = device.send(arrival, patience: 0)
    if let shown { draw(shown) }
  }

  /// Takes the size that the terminal has now. The next frame is painted whole.
  @discardableResult
  package func resize() -> Size {
    prepared = nil
    screen?.resize(to: device.size)
    shown = nil
    return size
  }

  /// Rings once; pitch and length are kept where the terminal knows such a thing.
  package func ring(_ stroke: Bell.Stroke) {
    guard let screen else { return }
    sendIfFree((console == nil ? [] : LinuxConsole.tuning(for: stroke)) + screen.bell())
  }

  /// Lights the screen up, where the terminal can be asked to.
  package func wake() {
    if console != nil, screen != nil { sendIfFree(LinuxConsole.wake) }
  }

  /// A terminal that does not read shall not be sent a night's bells when it does again.
  private func sendIfFree(_ bytes: [UInt8]) {
    if device.send([], patience: 0) { _ = device.send(bytes, patience: 0) }
  }

  private var arrival: [UInt8] { console?.arrival ?? [] }

  /// Brings the terminal back to what it was. May be called any number of times; takes at most half
  /// a second where the terminal does not read.
  package func restore() {
    guard let screen else { return }
    forgetPrepared()
    device.restore(farewell: (console?.farewell ?? []) + screen.leave())
    self.screen = nil
    Self.isOpen.withLock { $0 = false }
  }

  /// The same without curses, for an error path on another thread: what the terminal gets is fixed
  /// beforehand. Whichever of the two comes second does nothing.
  package var emergencyRestore: @Sendable () -> Void {
    let (device, farewell) = (device, farewell)
    return { device.restore(farewell: farewell) }
  }

  /// Seconds for a frame to be taken. A person does not see it, and scans go on waiting no longer.
  private static let patience = 0.05
}

/// Why the door screen cannot be shown.
package enum TerminalError: Error, Equatable, Sendable {
  /// Nobody can type or scan there: a pipe, a file, `/dev/null`.
  case inputNotATerminal
  case outputNotATerminal
  /// `TERM` names a terminal that this box does not know, or one that cannot place its cursor.
  /// Empty where it is not set.
  case unknownTerminal(String)
  /// The system had no descriptor or no memory left. Carries `errno`.
  case system(Int32)
}
