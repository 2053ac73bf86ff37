/// The setting `screen.theme`.
package enum Theme: String, Sendable, CaseIterable {
  case standard
  /// Admit and refuse differ in lightness, and along blue and orange, instead of green and red.
  case colourBlind = "colour_blind"
  case highContrast = "high_contrast"
}
