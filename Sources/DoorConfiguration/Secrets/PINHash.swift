import CCrypt
import Foundation

/// The hash of a PIN, by crypt(3) and its yescrypt (crypt(5)), as the system keeps its passwords.
package struct PINHash: Sendable, Equatable {
  private static let prefix = "$y$"

  private let hash: Secret

  /// - Returns: nil where the text is no hash of yescrypt.
  package init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    let isSpelled = text.utf8.allSatisfy { byte in
      Character(Unicode.Scalar(byte)).isLetter || (0x2E...0x39).contains(byte) || byte == 0x24
    }
    guard text.hasPrefix(Self.prefix), parts.count == 5, !parts[2].isEmpty, !parts[3].isEmpty,
      parts[4].utf8.count == 43, isSpelled, text.utf8.count < 200,
      crypt_checksalt(text) == CRYPT_SALT_OK
    else { return nil }
    hash = Secret(text)
  }

  /// A hash with a new salt.
  /// - Returns: nil where the system's crypt(3) has no yescrypt.
  package init?(of pin: PIN) {
    guard let setting = crypt_gensalt_ra(Self.prefix, 0, nil, 0) else { return nil }
    defer { free(setting) }
    guard let text = Self.crypt(pin, setting: String(cString: setting)) else { return nil }
    self.init(text)
  }

  /// For the configuration file.
  package var spelling: String { hash.revealed }

  /// Takes some ten milliseconds of a core and 16 MiB: never to be called where something else waits.
  package func matches(_ pin: PIN) -> Bool {
    guard let text = Self.crypt(pin, setting: hash.revealed) else { return false }
    return text.utf8.elementsEqual(hash.revealed.utf8)
  }

  private static func crypt(_ pin: PIN, setting: String) -> String? {
    var work: UnsafeMutableRawPointer?
    var size: Int32 = 0
    defer {
      if let work { explicit_bzero(work, Int(size)) }
      free(work)
    }
    guard let result = crypt_ra(pin.revealed, setting, &work, &size) else { return nil }
    let text = String(cString: result)
    return text.hasPrefix("*") ? nil : text
  }
}
