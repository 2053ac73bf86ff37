import DoorScreen
import ScreenReader
import Terminal
import Testing

extension TerminalTests {
  /// Whether panels are told apart by their colours alone, also by eyes that cannot tell red from
  /// green (one in twelve men's) or blue from green.
  ///
  /// Two colours side by side are just told apart at a distance of 2.3. Panels come one after the
  /// other and are known from memory: verdicts keep ten times that and more. A panel that is no
  /// verdict also has a word that none of them has.
  @Suite struct Themes {
    private static let verdicts: [Style.Role] = [.admit, .refuse, .unverified]
    private static let others: [Style.Role] = [.look, .neutral]

    @Test(arguments: TerminalTests.colourful, ColourVision.allCases)
    func `Without red and green panels are told apart`(
      _ terminal: String, _ vision: ColourVision
    ) async throws {
      try await expect(verdicts: 30, others: 19, terminal, .colourBlind, vision)
    }

    @Test(arguments: ["xterm-256color", "linux"], [Theme.standard, .highContrast])
    func `With all colours panels are told apart`(_ terminal: String, _ theme: Theme) async throws {
      try await expect(verdicts: 40, others: 40, terminal, theme, .trichromacy)
    }

    /// Whoever needs contrast may be red-green blind as well.
    @Test(arguments: ["xterm-256color", "linux"], [ColourVision.protanopia, .deuteranopia])
    func `High contrast does not hang on red and green`(
      _ terminal: String, _ vision: ColourVision
    ) async throws {
      try await expect(verdicts: 15, others: 15, terminal, .highContrast, vision)
    }

    /// The measure can tell: red and green of one lightness are one colour without green cones.
    @Test func `The measure is no rubber stamp`() {
      func colour(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> ScreenColour {
        ScreenColour(red: red, green: green, blue: blue, isDefault: false)
      }
      let (red, green) = (colour(215, 0, 0), colour(0, 135, 0))
      #expect(ColourVision.trichromacy.distance(red, green) > 100)
      #expect(ColourVision.deuteranopia.distance(red, green) < 15)
      let (black, white) = (colour(0, 0, 0), colour(255, 255, 255))
      for vision in ColourVision.allCases {
        #expect(abs(vision.distance(black, white) - 100) < 1)
        #expect(vision.distance(red, red) == 0)
      }
    }

    private func expect(
      verdicts: Double, others: Double, _ terminal: String, _ theme: Theme, _ vision: ColourVision
    ) async throws {
      let screen = try await Colours.screen(Stage(terminal, theme: theme))
      let panels = try (Self.verdicts + Self.others).map { role in
        (role: role, colour: try #require(screen.cell(at: "\(role)!")).background)
      }
      for (index, one) in panels.enumerated() {
        for other in panels[(index + 1)...] {
          let isOfVerdicts = Self.verdicts.contains(other.role)
          let distance = vision.distance(one.colour, other.colour)
          #expect(
            distance >= (isOfVerdicts ? verdicts : others),
            "\(one.role) and \(other.role): \(distance)")
        }
      }
    }
  }
}
