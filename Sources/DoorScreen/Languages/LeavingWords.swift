import Admission

/// Words of an exit, of who comes back, and of who is inside.
protocol LeavingWords {
  // An exit.
  /// In block letters on an idle exit.
  var exitWord: [String] { get }
  var scanOnTheWayOut: String { get }
  var outWord: [String] { get }
  func left(_ people: Int) -> String
  func stayInside(_ people: Int) -> String
  /// The same where each scan lets one person of a group out.
  func leaveOneByOne(_ people: Int) -> String
  func wouldLeave(_ people: Int) -> String
  var nobodyWord: [String] { get }
  var nobodyInside: String { get }
  var nobodyInsideStep: String { get }
  /// Where another door, which cannot be heard now, may have let them in.
  var countsLaterStep: String { get }
  var howManyLeftKeys: String { get }
  /// The same at the foot of the screen.
  var howManyLeftHint: String { get }
  /// Of people whose departure was taken back.
  func insideAgain(_ people: Int) -> String
  func wentOut(at time: String) -> String
  /// - Parameter people: in words.
  func out(_ people: String, at time: String) -> String

  // An entrance.
  func leftAt(_ time: String) -> String
  /// - Parameters:
  ///   - back: who were in before, at least 1.
  ///   - time: when the last of them left; nil where nobody knows.
  ///   - new: who come in with them for the first time.
  func backIn(_ back: Int, leftAt time: String?, new: Int) -> String
  var perhapsUsed: String { get }
  var perhapsUsedStep: String { get }

  // Who is inside; the fullest text first.
  func inside(_ crowd: Crowd, of capacity: Int?, atThisDoor: Bool) -> [String]
  func fullInside(_ people: Int, of capacity: Int) -> [String]
  func nearlyFullInside(_ people: Int, of capacity: Int) -> [String]

  // The hand counter.
  /// In the place of a name: somebody without a code.
  var countedByHand: String { get }
  func countedByHand(_ people: Int, _ direction: DoorDirection) -> String
  /// Beside a sign that counts in a moment.
  func countsSoon(_ people: Int, _ direction: DoorDirection) -> String
  /// Beside one that counts with Enter.
  func enterCounts(_ people: Int, _ direction: DoorDirection) -> String
  /// Without an event nobody is counted.
  var notCounted: String { get }

  // Which way people go through the door.
  var exit: String { get }
  func doorIsNow(_ direction: DoorDirection) -> String
  func turnWord(_ direction: DoorDirection) -> [String]
  func turnQuestion(_ direction: DoorDirection) -> String
  var turnKeys: String { get }
  /// Of F9, on the help page.
  var turnHelp: HelpLine { get }
  /// Of + and -, and of the cards that do the same.
  var handCountHelp: [HelpLine] { get }
}
