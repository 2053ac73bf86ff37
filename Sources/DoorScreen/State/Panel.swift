import Admission

/// What the panel is about at one moment.
enum Panel: Equatable {
  case idle
  /// The next scan only looks; so many seconds are left for it.
  case readyToLook(seconds: Int)
  /// The newest scan's look-up runs, and those of `others` before it.
  case lookingUp(WaitingScan, others: Int)
  case verdict(ShownVerdict, waiting: Int)
  /// The same pass was read again later: neither green nor red.
  case repeated(Outcome, waiting: Int)
  /// The last admission was taken back, or not.
  case undone(UndoResult)
  /// Whether to take this one back, too.
  case undoQuestion(UndoneEntry)
  /// Whether people are to go through the door that way.
  case turnQuestion(DoorDirection)

  /// Nobody waits for what the panel says.
  var isIdle: Bool {
    switch self {
    case .idle, .readyToLook: true
    case .lookingUp, .verdict, .repeated, .undone, .undoQuestion, .turnQuestion: false
    }
  }
}

/// What came of taking the last admission back.
enum UndoResult: Sendable, Equatable {
  case undone(UndoneEntry)
  case tooOld(UndoneEntry)
  /// There was none.
  case nothing

  /// What is out now.
  var entry: UndoneEntry? {
    switch self {
    case .undone(let entry): entry
    case .tooOld, .nothing: nil
    }
  }
}

/// A scan whose verdict has not come yet.
struct WaitingScan: Sendable, Equatable {
  var number: Int
  var code: String
  var isLook = false
  /// Fingers typed it.
  var isTyped = false
}
