/// The setting `screen.keys`: which hints stand at the foot of the screen.
package enum KeyHints: String, Sendable, CaseIterable {
  /// Function keys, until a scan came before any key was pressed: then staff have none.
  case auto
  case keys, cards, none
}
