import DoorScreen
import ScreenReader
import Terminal
import Testing

extension TerminalTests {
  /// Whether panels are told apart by their colours alone, also by eyes that cannot tell red from
  /// green (one in twelve men's) or blue from green.
  ///
  /// Two colours side by side are just told apart at a distance of 1. Panels come one after the other
  /// and are known from memory: verdicts keep twenty times that and more. A panel that is no verdict
  /// also has a word that none of them has.
  @Suite struct Themes {
    private static let verdicts: [Style.Role] = [.admit, .refuse, .unverified, .look]

    @Test(
      arguments: ["xterm-256color", "linux"].flatMap { terminal in
        Theme.allCases.map { (terminal, $0) }
      }, ColourVision.allCases)
    func `Panels are told apart`(
      _ stage: (terminal: String, theme: Theme), _ vision: ColourVision
    ) async throws {
      let screen = try await Colours.screen(Stage(stage.terminal, theme: stage.theme))
      let least = stage.theme == .highContrast ? 20.0 : 25
      for (index, one) in Self.verdicts.enumerated() {
        for other in Self.verdicts[(index + 1)...] + [.neutral] {
          let distance = vision.distance(
            try panel(one, on: screen), try panel(other, on: screen))
          #expect(
            distance >= (other == .neutral ? 18 : least), "\(one) and \(other): \(distance)")
        }
      }
    }

    private func panel(_ role: Style.Role, on screen: Screen) throws -> ScreenColour {
      try #require(screen.cell(at: "\(role)!")).background
    }

    /// The formula's own examples (Sharma, Wu and Dalal 2005).
    @Test(
      arguments: [
        ([50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425),
        ([50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792),
        ([50, 0, 0], [50, -1, 2], 2.3669),
        ([50, 2.5, 0], [73, 25, -18], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373),
        ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
      ])
    func `The measure is the formula's`(_ one: [Double], _ other: [Double], _ expected: Double) {
      let distance = ColourDistance.between(
        (one[0], one[1], one[2]), (other[0], other[1], other[2]))
      #expect(abs(distance - expected) < 0.0001)
    }

    /// The measure can tell: red and green of one lightness are one colour without green cones.
    @Test func `The measure is no rubber stamp`() {
      func colour(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> ScreenColour {
        ScreenColour(red: red, green: green, blue: blue, isDefault: false)
      }
      let (red, green) = (colour(215, 0, 0), colour(0, 135, 0))
      #expect(ColourVision.trichromacy.distance(red, green) > 60)
      #expect(ColourVision.deuteranopia.distance(red, green) < 5)
      let (black, white) = (colour(0, 0, 0), colour(255, 255, 255))
      for vision in ColourVision.allCases {
        #expect(abs(vision.distance(black, white) - 100) < 1)
        #expect(vision.distance(red, red) == 0)
      }
    }
  }
}
