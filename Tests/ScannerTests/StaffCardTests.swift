import Admission
import SeededRandom
import Testing

@testable import Scanner

@Suite struct StaffCardTests {
  private static func cards(seed: UInt64) -> StaffCards {
    var generator = SplitMix64(seed: seed)
    return StaffCards(using: &generator)
  }

  private let cards = Self.cards(seed: 6)
  private let others = Self.cards(seed: 7)

  private func reading(_ text: String) -> StaffCards.Reading? {
    StaffCards.reading(text, cards: cards)
  }

  @Test(arguments: StaffCommand.allCases)
  func `A card is known, whatever Caps Lock made of it`(command: StaffCommand) {
    let text = cards.text(of: command)
    #expect(reading(text) == .command(command))
    #expect(reading(text.lowercased()) == .command(command))
    #expect(text.utf8.count == StaffCommand.cardMark.utf8.count + 32)
  }

  @Test(arguments: StaffCommand.allCases)
  func `Each card has a secret of its own`(command: StaffCommand) {
    let texts = Set(StaffCommand.allCases.map(cards.text))
    #expect(texts.count == StaffCommand.allCases.count)
    #expect(reading(others.text(of: command)) == .foreign)
    #expect(StaffCards.reading(cards.text(of: command), cards: nil) == .foreign)
  }

  @Test(arguments: StaffCommand.allCases, KeyboardLayout.allCases)
  func `A console's layout changes no card`(command: StaffCommand, layout: KeyboardLayout) {
    let text = cards.text(of: command)
    // What a key makes on a US keyboard it makes here, and with the repair of a layout, too.
    let keys = Array(layout.keys.host.unicodeScalars)
    let us = Array(KeyboardLayout.Keys.us.unicodeScalars)
    for letter in (text + text.lowercased()).unicodeScalars {
      #expect(us.firstIndex(of: letter).map { keys[$0] } == letter)
    }
    #expect(layout.repaired(text) == text)
  }

  @Test func `Any letter that is wrong makes it no card of this box`() {
    for command in StaffCommand.allCases {
      let right = Array(cards.text(of: command))
      for index in StaffCommand.cardMark.count..<right.count {
        var wrong = right
        wrong[index] = wrong[index] == "B" ? "C" : "B"
        #expect(reading(String(wrong)) == .foreign)
      }
    }
  }

  @Test(arguments: 0..<41)
  func `A card of which the scanner lost or doubled a letter is nobody's code`(index: Int) {
    for command in StaffCommand.allCases {
      var lost = Array(cards.text(of: command))
      let letter = lost.remove(at: index)
      // Of two of a kind, either may be lost.
      #expect(reading(String(lost)) == .foreign, "\(index)")
      var doubled = Array(cards.text(of: command))
      doubled.insert(letter, at: index)
      #expect(reading(String(doubled)) == .foreign, "\(index)")
    }
  }

  @Test(arguments: [
    "P6J21FF2S", "", "DOORCHECK", "DOORCHECK-VIP-1", "DOORCHECK1", "DOORCHECKA", "XDOORCHECKB",
    "BCDFGHJKLNPRSTVXBCDFGHJKLNPRSTVX", "D", "ＤＯＯＲＣＨＥＣＫB",
  ])
  func `A code is no card`(text: String) {
    #expect(reading(text) == nil)
  }

  @Test func `What is written can be read, and nothing else`() {
    #expect(StaffCards(fileText: cards.fileText) == cards)
    let lines = cards.fileText.split(separator: "\n").map { "\($0)\n" }
    for text in [
      "", "\n", lines.dropFirst().joined(), lines.dropLast(5).joined(),
      cards.fileText + "open BCDF\n",
      cards.fileText.lowercased(), cards.fileText.replacing("undo", with: "redo"),
      String(cards.fileText.dropLast(2)),
    ] {
      #expect(StaffCards(fileText: text) == nil, "\(text)")
    }
  }

  /// Boxes whose cards were printed before there was one to choose.
  @Test func `A missing card to choose is added, and the others stay`() throws {
    let text = cards.fileText.split(separator: "\n").filter { !$0.hasPrefix("choose ") }
      .map { "\($0)\n" }.joined()
    var old = try #require(StaffCards(fileText: text))
    #expect(!old.areComplete && cards.areComplete)
    #expect(old.fileText == text)
    #expect(StaffCards.reading(old.text(of: .choose), cards: old) == nil, "no secret is no card")
    for command in StaffCommand.allCases where command != .choose {
      #expect(StaffCards.reading(cards.text(of: command), cards: old) == .command(command))
    }
    var generator = SplitMix64(seed: 2)
    old.addMissing(using: &generator)
    #expect(old.areComplete)
    #expect(StaffCards.reading(old.text(of: .choose), cards: old) == .command(.choose))
    for command in StaffCommand.allCases where command != .choose {
      #expect(old.text(of: command) == cards.text(of: command))
    }
    #expect(StaffCards(fileText: old.fileText) == old)
  }

  @Test func `Nothing prints what stands on them`() {
    var dumped = ""
    dump(cards, to: &dumped)
    for text in ["\(cards)", String(reflecting: cards), dumped, "\([cards])"] {
      for command in StaffCommand.allCases {
        let secret = cards.text(of: command).dropFirst(StaffCommand.cardMark.count)
        #expect(!text.contains(secret))
        #expect(!text.contains("\(Array(secret.utf8))"))
      }
    }
  }

  @Test func `A card that is typed slowly does not stand in the field`() {
    let text = cards.text(of: .undo)
    #expect(StaffCards.hidden(in: text) == "DOORCHECK…")
    #expect(StaffCards.hidden(in: text.lowercased()) == "doorcheck…")
    #expect(StaffCards.hidden(in: "]Q3" + text.prefix(12)) == "]Q3DOORCHECK…")
    for code in ["", "DOORCHEC", "DOORCHECK", "DOORCHECK-1", "P6J21FF2S"] {
      #expect(StaffCards.hidden(in: code) == code)
    }
  }

  /// Command, seconds, and whether it is the one before read again.
  @Test(
    arguments: [
      [(StaffCommand.more, 0.0, false), (.fewer, 0.5, false), (.more, 1.0, false)],
      [(.undo, 0, false), (.look, 1, false), (.undo, 2, false), (.undo, 4, true)],
    ]
      + StaffCommand.allCases.flatMap { command in
        [
          [(command, 0, false), (command, 3, true)], [(command, 0, false), (command, 3.1, false)],
          [(command, 0, false), (command, 2.5, true), (command, 5.4, true), (command, 8.5, false)],
        ]
      })
  func `A stuttering scanner acts once`(reads: [(StaffCommand, Double, Bool)]) {
    var watch = StaffCardWatch()
    for (command, time, isAgain) in reads {
      #expect(watch.isAgain(command, at: 100 + time) == isAgain, "\(command) at \(time)")
    }
  }

  @Test func `After another scan a card is meant anew`() {
    var watch = StaffCardWatch()
    #expect(watch.isAgain(.undo, at: 100) == false)
    watch.forget()
    #expect(watch.isAgain(.undo, at: 100.5) == false)
  }
}
