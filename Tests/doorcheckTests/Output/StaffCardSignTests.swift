import Admission
import Formatting
import Foundation
import Testing

@testable import doorcheck

/// Printed cards are told apart without reading them.
@Suite struct StaffCardSignTests {
  private static let signs = StaffCommand.allCases.map(StaffCardSign.init)

  @Test func `Every card has a sign, a colour and a number of bars of its own`() {
    let drawings = Self.signs.map(\.drawing.description)
    #expect(Set(drawings).count == StaffCommand.allCases.count)
    #expect(drawings.allSatisfy { !$0.isEmpty })
    #expect(Set(Self.signs.map(\.colour)).count == StaffCommand.allCases.count)
    #expect(Set(Self.signs.map(\.bars)).count == StaffCommand.allCases.count)
  }

  /// Browsers print a drawing, but leave a background out.
  @Test func `Signs and bars are black, and the band's colour is drawn`() {
    for sign in Self.signs {
      let band = sign.band.description
      #expect(band.contains("fill=\"\(sign.colour)\""))
      #expect(band.components(separatedBy: "<rect").count - 1 == 1 + sign.bars)
      #expect(band.components(separatedBy: "fill=").count == 2, "bars are black")
      let fills = sign.drawing.description.components(separatedBy: "fill=\"").dropFirst()
      #expect(fills.allSatisfy { $0.hasPrefix("none\"") }, "\(sign.command)")
    }
  }

  @Test func `The last bar stays inside the band`() throws {
    let most = try #require(Self.signs.map(\.bars).max())
    #expect(3 + 6 * (most - 1) + 3 <= 54)
  }
}
