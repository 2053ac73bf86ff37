package import DoorScreen

/// How a role looks: numbers of the terminal's colours, and attributes.
package struct Look: Sendable, Hashable {
  package enum Bold: Sendable, Hashable {
    case asAsked, always
    /// On eight colours, bold black is grey, and not readable on a bright panel.
    case never
  }

  /// Nil where the terminal's own colours stay.
  package var foreground: Int16?
  package var background: Int16?
  package var bold = Bold.asAsked
  package var isReverse = false
  package var isUnderlined = false
  package var isDim = false

  package init(
    foreground: Int16? = nil, background: Int16? = nil, bold: Bold = .asAsked,
    isReverse: Bool = false, isUnderlined: Bool = false, isDim: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.isReverse = isReverse
    self.isUnderlined = isUnderlined
    self.isDim = isDim
  }
}

/// What every role looks like, made for a dark room: plain text on black, and only a verdict shines.
package struct Palette: Sendable {
  package var theme: Theme
  package var depth: ColourDepth

  package init(theme: Theme, depth: ColourDepth) {
    self.theme = theme
    self.depth = depth
  }

  package func look(of role: Style.Role) -> Look {
    switch depth {
    case .none: Self.withoutColours(role)
    case .eight: theme == .colourBlind ? Self.eightColourBlind(role) : Self.eight(role)
    case .full:
      switch theme {
      case .standard: Self.full(role)
      case .colourBlind: Self.fullColourBlind(role)
      case .highContrast: Self.fullHighContrast(role)
      }
    }
  }

  /// A refusal is black and an admission white; the frames that part the black panels from each other
  /// are the picture's (`Appearance.isColoured`).
  private static func withoutColours(_ role: Style.Role) -> Look {
    switch role {
    case .plain, .neutral: Look()
    case .faint: Look(isDim: true)
    case .header, .admit: Look(isReverse: true)
    case .banner: Look(bold: .always, isReverse: true)
    case .refuse, .unverified, .look: Look(bold: .always)
    case .field: Look(isUnderlined: true)
    }
  }

  private static func eight(_ role: Style.Role) -> Look {
    let (black, red, green, yellow, blue, magenta, white): (Int16, _, _, _, _, _, _) =
      (0, Int16(1), Int16(2), Int16(3), Int16(4), Int16(5), Int16(7))
    return switch role {
    case .plain, .neutral: Look(foreground: white, background: black)
    case .faint: Look(foreground: white, background: black, bold: .never)
    case .header, .field: Look(foreground: black, background: white, bold: .never)
    case .banner: Look(foreground: white, background: magenta, bold: .always)
    case .admit: Look(foreground: black, background: green, bold: .never)
    case .refuse: Look(foreground: white, background: red, bold: .always)
    case .unverified: Look(foreground: black, background: yellow, bold: .never)
    case .look: Look(foreground: white, background: blue, bold: .always)
    }
  }

  private static func eightColourBlind(_ role: Style.Role) -> Look {
    // The Linux console turns cyan into light blue.
    role == .admit ? Look(foreground: 0, background: 6, bold: .never) : eight(role)
  }

  // The console's eight become these colours as well: `ConsoleColours` has the same ones.

  private static func full(_ role: Style.Role) -> Look {
    switch role {
    case .plain: Look(foreground: 253, background: 16)
    case .faint: Look(foreground: 247, background: 16)
    case .header: Look(foreground: 255, background: 238)
    case .banner: Look(foreground: 231, background: 90)
    case .admit: Look(foreground: 16, background: 36)
    case .refuse: Look(foreground: 231, background: 124)
    case .unverified: Look(foreground: 16, background: 227)
    case .look: Look(foreground: 231, background: 20)
    case .neutral: Look(foreground: 253, background: 236)
    case .field: Look(foreground: 16, background: 250)
    }
  }

  private static func fullColourBlind(_ role: Style.Role) -> Look {
    switch role {
    case .admit: Look(foreground: 16, background: 153)
    case .unverified: Look(foreground: 16, background: 221)
    case .refuse, .look, .plain, .faint, .header, .banner, .neutral, .field: full(role)
    }
  }

  private static func fullHighContrast(_ role: Style.Role) -> Look {
    switch role {
    case .plain, .faint, .neutral: Look(foreground: 231, background: 16)
    case .header, .field: Look(foreground: 16, background: 231)
    case .banner: Look(foreground: 231, background: 54, bold: .always)
    case .admit: Look(foreground: 16, background: 50, bold: .always)
    case .refuse: Look(foreground: 231, background: 124, bold: .always)
    case .unverified: Look(foreground: 16, background: 214, bold: .always)
    case .look: Look(foreground: 231, background: 20, bold: .always)
    }
  }
}
