import Admission
import DoorScreen
import LinuxBox
import Scanner
import Terminal
import Waiting

/// What the loop asks of the terminal that it draws on.
protocol DoorTerminal {
  var usesUnicode: Bool { get }
  var usesColours: Bool { get }
  /// What its keys send.
  var keySequences: [(bytes: [UInt8], key: DoorKey)] { get }
  /// In cells.
  var size: Size { get }

  /// - Returns: false where the terminal does not take it now.
  func draw(_ frame: Frame) -> Bool
  /// Gets ready to draw a frame, of which nothing is to be seen yet.
  func prepare(_ frame: Frame)
  /// Paints everything anew.
  func redraw()
  /// Takes the size that the terminal has now.
  @discardableResult func resize() -> Size
  func ring(_ stroke: Bell.Stroke)
  /// Lights the screen up.
  func wake()
  /// Brings the terminal back to what it was.
  func restore()
}

extension Terminal: DoorTerminal {}

/// The time as the loop reads it, and by which it is woken.
struct DoorClock: Sendable {
  var now: @Sendable () -> Moment = { .now }
  var timer: any WaitClock = .box
}
