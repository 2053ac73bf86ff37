/// A supervisor's PIN: 4 to 12 digits. It shows itself nowhere.
package struct PIN: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  package static let lengths = 4...12

  /// Why what was given is no PIN.
  package enum Fault: Error, Equatable {
    case nothing
    case notOnlyDigits
    case tooShort
    case tooLong
  }

  private let digits: Secret

  /// - Throws: `Fault`, which holds nothing of what was given.
  package init(_ text: some StringProtocol) throws(Fault) {
    guard !text.isEmpty else { throw .nothing }
    // Only what every keyboard has: others look like digits, too.
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .notOnlyDigits }
    guard text.utf8.count >= Self.lengths.lowerBound else { throw .tooShort }
    guard text.utf8.count <= Self.lengths.upperBound else { throw .tooLong }
    digits = Secret(String(text))
  }

  /// For crypt(3), and nothing else.
  package var revealed: String { digits.revealed }

  package var description: String { "<pin>" }
  package var debugDescription: String { "<pin>" }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension PIN.Fault {
  /// What to do about it, for somebody at a shell.
  package var advice: String {
    let lengths = "\(PIN.lengths.lowerBound) to \(PIN.lengths.upperBound)"
    return switch self {
    case .nothing: "no PIN was given; it has \(lengths) digits"
    case .notOnlyDigits: "a PIN has digits only, \(lengths) of them"
    case .tooShort: "the PIN is too short: it needs \(lengths) digits"
    case .tooLong: "the PIN is too long: it needs \(lengths) digits"
    }
  }
}
