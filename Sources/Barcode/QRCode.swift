import CQRencode
import Glibc

/// A square of dark and light modules that says a text (ISO/IEC 18004).
package struct QRCode: Sendable, Equatable {
  /// The light margin that readers need on each side, in modules.
  package static let quietZone = 4

  /// Modules on each side, without the quiet zone.
  package let size: Int
  /// Row by row from the top left; true is dark.
  private let modules: [Bool]

  /// The smallest one that says `text`, of which 15 % may be unreadable. Capital letters and digits
  /// alone take the least room.
  package init(_ text: String) throws(QRCodeError) {
    // An end of text to the library, which would say less than was asked for.
    guard !text.isEmpty, !text.utf8.contains(0) else { throw .nothingToSay }
    errno = 0
    guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else {
      throw errno == ERANGE ? .tooLong : .system(errno)
    }
    defer { QRcode_free(code) }
    size = Int(code.pointee.width)
    // The other bits of each byte say what the module is for.
    modules = UnsafeBufferPointer(start: code.pointee.data, count: size * size).map { $0 & 1 == 1 }
  }

  /// What lies around the square is light.
  package func isDark(row: Int, column: Int) -> Bool {
    guard (0..<size).contains(row), (0..<size).contains(column) else { return false }
    return modules[row * size + column]
  }
}

package enum QRCodeError: Error, Equatable {
  /// The text is empty, or has a NUL in it.
  case nothingToSay
  /// Over 2331 bytes; of capital letters and digits, over 3391.
  case tooLong
  /// An error number of the system's, such as of too little memory.
  case system(Int32)
}
