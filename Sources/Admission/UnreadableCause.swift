/// Why a scan is no code that can be judged (`unreadable_code`). The door screen has words of its own
/// for each.
package enum UnreadableCause: Sendable, Equatable, CaseIterable {
  /// After cleaning it does not match `scanner.pattern`, or `scanner.extract` finds nothing in it.
  case notACode
  /// To match it against `scanner.pattern` takes too long.
  case patternTooCostly
  /// To take a code out of it by `scanner.extract` takes too long.
  case extractTooCostly
  /// Longer than any scan that is taken.
  case tooLong
  /// A licence, a business card, an invitation or a Wi-Fi label: nothing of it is kept.
  case document
  /// The bytes did not come as one burst, so that part of the code may be missing.
  case partMissing
  /// Cursor keys came in the place of digits: Num Lock is off.
  case numLockOff
  /// Alt and digits came in the place of characters.
  case altCodes
  /// The service knows no such code, and one of tonight's differs in case alone.
  case capsLock
  /// The service knows no such code, and one of tonight's has one or two characters more.
  case cutShort
  /// A staff card of another box, or one that was replaced.
  case staffCard
}

extension UnreadableCause {
  /// The configuration's key whose expression takes too long; nil where none does.
  package var costlyKey: String? {
    switch self {
    case .patternTooCostly: "scanner.pattern"
    case .extractTooCostly: "scanner.extract"
    case .notACode, .tooLong, .document, .partMissing, .numLockOff, .altCodes, .capsLock, .cutShort,
      .staffCard:
      nil
    }
  }
}
