/// What a scanner sends after a code.
package enum Terminator: Hashable, Sendable {
  /// It comes before the code, and none after it.
  case before
  case none, cr, lf, crlf, tab
  /// Several, of which the first ends the scan.
  case several

  init(_ bytes: some Sequence<UInt8>) {
    self =
      switch Array(bytes) {
      case []: .none
      case [0x0D]: .cr
      case [0x0A]: .lf
      case [0x0D, 0x0A]: .crlf
      case [0x09]: .tab
      default: .several
      }
  }
}
