import Barcode
import DoorScreen
import Formatting
import Terminal

/// The code that is to be scanned, as it stands on the terminal.
package struct TestCodePicture {
  let code: String
  let abilities: TerminalAbilities
  /// `NO_COLOR` is set.
  let refusesColour: Bool

  /// Rows beside the QR code: what is asked for, the code as text, a line a scan and the one that
  /// counts down. It is not to scroll away.
  private static let otherRows = 6

  var lines: [String] {
    var lines = ["Scan this code three times:"]
    if let picture {
      lines += picture
    } else {
      lines += wrapped(hint)
    }
    return lines + ["  \(DisplayText.cleaned(code))"]
  }

  private var size: Size { abilities.size ?? Size(columns: 80, rows: 24) }

  /// Nil where it does not fit.
  private var picture: [String]? {
    guard let qrCode else { return nil }
    let lines = qrCode.textLines(
      usesUnicode: abilities.usesUnicode, ink: hasColours ? .colours : .terminalsOwn)
    let columns = qrCode.textColumns(usesUnicode: abilities.usesUnicode)
    guard columns <= size.columns, lines.count + Self.otherRows <= size.rows else { return nil }
    return lines
  }

  private var hint: String {
    let paper = "with --code, a code on paper does as well"
    guard let qrCode else { return "It is too long for a QR code; \(paper)." }
    let rows =
      qrCode.textLines(usesUnicode: abilities.usesUnicode, ink: .terminalsOwn).count
      + Self.otherRows
    let columns = qrCode.textColumns(usesUnicode: abilities.usesUnicode)
    return "Its QR code needs a window of \(columns) columns and \(rows) rows; \(paper)."
  }

  private var qrCode: QRCode? { try? QRCode(code) }

  private var hasColours: Bool { (abilities.colours ?? 0) >= 8 && !refusesColour }

  private func wrapped(_ text: String) -> [String] {
    WrappedText(text, columns: size.columns - 1).lines
  }
}
