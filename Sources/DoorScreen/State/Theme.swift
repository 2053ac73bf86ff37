/// The setting `screen.theme`.
package enum Theme: String, Sendable, CaseIterable {
  case standard
  /// An admission is light blue instead of green: it differs from a red refusal in lightness, too.
  case colourBlind = "colour_blind"
  case highContrast = "high_contrast"
}
