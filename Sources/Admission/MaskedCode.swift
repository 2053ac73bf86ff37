/// A code opens the door on other nights too, so on the screen and in logs it stands as its first 2
/// and last 3 characters (Contract: Scans). A code too short to hide anything shows its first 2.
package func masked(code: String) -> String {
  code.count > 5 ? "\(code.prefix(2))…\(code.suffix(3))" : "\(code.prefix(2))…"
}
