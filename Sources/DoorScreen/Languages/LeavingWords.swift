/// Words of an exit, and of who is inside (Contract: Out and in again).
protocol LeavingWords {
  /// In block letters, the preferred first.
  var outWord: [String] { get }
  func left(_ people: Int) -> String
  var nobodyInside: String { get }
}
