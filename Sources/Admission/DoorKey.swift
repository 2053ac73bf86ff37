/// A key that means something at the door, apart from those that write a code.
package enum DoorKey: Hashable, Sendable {
  /// F1 to F12.
  case function(Int)
  case up, down, pageUp, pageDown
  case escape
  /// Enter on an empty line.
  case enter
}
