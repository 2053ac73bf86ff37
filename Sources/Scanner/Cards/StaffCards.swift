package import Admission
package import FoundationEssentials

/// The command cards of one box. What stands on each is a secret of its own, so that no guest can make
/// one, and whoever copies one has not copied the others.
package struct StaffCards: Sendable, Equatable {
  /// Sixteen letters, four bits each, that are the same keys on every keyboard layout that
  /// `KeyboardLayout` knows. They make no words.
  private static let alphabet = Array("BCDFGHJKLNPRSTVX".utf8)
  /// 128 bits.
  private static let secretLength = 32

  /// Boxes whose cards were printed before they were thought of lack these.
  private static let added: Set<StaffCommand> = [.choose, .countIn, .countOut, .turn]

  private var secrets: [StaffCommand: [UInt8]] = [:]

  /// New ones, that nobody has.
  package init(using generator: inout some RandomNumberGenerator) {
    addMissing(using: &generator)
  }

  /// Makes those that there are not yet; the others stay as they were printed.
  package mutating func addMissing(using generator: inout some RandomNumberGenerator) {
    for command in StaffCommand.allCases where secrets[command] == nil {
      secrets[command] = (0..<Self.secretLength).map { _ in
        Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &generator)]
      }
    }
  }

  /// Whether there is one for every command.
  package var areComplete: Bool { StaffCommand.allCases.allSatisfy { secrets[$0] != nil } }

  /// Those that were written as `fileText`; nil for anything else.
  package init?(fileText: String) {
    for line in fileText.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let command = StaffCommand(rawValue: String(words[0])),
        words[1].utf8.count == Self.secretLength, words[1].utf8.allSatisfy(Self.alphabet.contains)
      else { return nil }
      secrets[command] = Array(words[1].utf8)
    }
    guard StaffCommand.allCases.allSatisfy({ secrets[$0] != nil || Self.added.contains($0) }) else {
      return nil
    }
  }

  /// A line a command.
  package var fileText: String {
    StaffCommand.allCases.filter { secrets[$0] != nil }.map {
      "\($0.rawValue) \(text(of: $0).dropFirst(StaffCommand.cardMark.count))\n"
    }
    .joined()
  }

  /// What the barcode of the card says: letters alone.
  package func text(of command: StaffCommand) -> String {
    StaffCommand.cardMark + String(decoding: secrets[command] ?? [], as: UTF8.self)
  }

  /// What a scan is, if it may be a card.
  package enum Reading: Sendable, Equatable {
    case command(StaffCommand)
    /// It is nobody's code, but no card of this box either, or not all of one.
    case foreign
  }

  /// What a scan without what the scanner put around it is; nil: no card. Caps Lock changes nothing.
  package static func reading(_ printed: String, cards: StaffCards?) -> Reading? {
    let letters = printed.utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
    guard letters.starts(with: StaffCommand.cardMark.utf8) else {
      return cards?.isPart(letters) == true ? .foreign : nil
    }
    let secret = letters.dropFirst(StaffCommand.cardMark.utf8.count)
    guard !secret.isEmpty, secret.allSatisfy(alphabet.contains) else { return nil }
    return cards?.command(of: Array(secret)).map(Reading.command) ?? .foreign
  }

  /// What is typed and unfinished, as it may stand on the screen: a slow scanner types a card, too.
  package static func hidden(in draft: String) -> String {
    let letters = Array(draft.utf8)
    let mark = Array(StaffCommand.cardMark.utf8)
    guard letters.count > mark.count else { return draft }
    for start in 0..<(letters.count - mark.count) {
      let end = start + mark.count
      if zip(letters[start..<end], mark).allSatisfy({ $0 & 0xDF == $1 }),
        alphabet.contains(letters[end] & 0xDF)
      {
        return String(decoding: letters[..<end], as: UTF8.self) + "…"
      }
    }
    return draft
  }

  /// As long for a wrong secret as for the right one, whichever letters are wrong.
  private func command(of secret: [UInt8]) -> StaffCommand? {
    guard secret.count == Self.secretLength else { return nil }
    var found: StaffCommand?
    for (command, right) in secrets {
      let difference = zip(secret, right).reduce(0) { $0 | ($1.0 ^ $1.1) }
      if difference == 0 { found = command }
    }
    return found
  }

  /// Whether half of a card's secret stands in it: a card whose beginning the scanner lost must not
  /// be asked about, journalled or shown either.
  private func isPart(_ letters: [UInt8]) -> Bool {
    guard letters.count >= Self.secretLength / 2 else { return false }
    let text = String(decoding: letters, as: UTF8.self)
    return secrets.values.contains { secret in
      [secret.prefix(secret.count / 2), secret.suffix(secret.count / 2)].contains {
        text.utf8.count >= $0.count && text.contains(String(decoding: $0, as: UTF8.self))
      }
    }
  }
}

extension CleanedCode {
  /// A staff card where a code was expected: nobody is asked about it, and it shows nothing of itself.
  package static let staffCard = CleanedCode(
    text: StaffCommand.cardMark, unreadable: .staffCard)
}

/// Shows itself nowhere: neither printed, nor dumped, nor mirrored.
extension StaffCards: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<staff cards>" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// Tells a scanner that reads a card twice from staff who mean it twice.
package struct StaffCardWatch: Sendable {
  private var newest: (command: StaffCommand, readAt: TimeInterval)?

  package init() {}

  /// Notes that a card was read at `time` (seconds, monotonic).
  /// - Returns: whether that is the reading before once more. Every reading begins the time anew, so
  ///   that a card left under the scanner acts once.
  package mutating func isAgain(_ command: StaffCommand, at time: TimeInterval) -> Bool {
    defer { newest = (command, time) }
    guard let newest, newest.command == command else { return false }
    return time - newest.readAt <= Self.window
  }

  /// Something else was scanned in between.
  package mutating func forget() { newest = nil }

  /// Seconds (Contract: The door screen): scanners read again after up to 2.5.
  private static let window: TimeInterval = 3
}
