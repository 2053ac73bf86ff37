import Admission
import ArgumentParser
import Barcode
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import LinuxBox
import Scanner

struct StaffCardsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cards",
    abstract: "Prints staff cards, for doors without a keyboard.",
    discussion: """
      Prints a barcode for each of: one fewer, one more, undo, look, let in by hand, choose, one in, \
      one out, turn the door. Scan a card, and it acts on the guest on the screen as its key does; \
      \"choose\" chooses in a list as Enter does. \"One in\" and \"one out\" count somebody without a \
      code, \"turn the door\" makes an exit of an entrance and back. A card read again within 3 s \
      counts once. Cards work on this box only and ask for no PIN: whoever holds one can use it.

      Examples:
        doorcheck cards --html cards.html   write a page to print
        doorcheck cards                     show them on the terminal, to scan from there
        doorcheck cards --new               make new ones; the old ones stop working
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: ArgumentHelp("Write a page to print instead.", valueName: "file"))
  var html: String?

  @Flag(help: "Make new cards; the old ones stop working.")
  var new = false

  func validate() throws {
    if html == "" { throw ValidationError("--html: expected a file's path, not nothing") }
  }

  func run() throws {
    let settings = try options.settings(needsCredentials: false)
    let file = StaffCardFile(
      folder: settings.storeFolder(environment: ProgramEnvironment.variables))
    let codes = try codes(of: cards(in: file))
    let words = CardWords(language: settings.language)
    if let html {
      let page = StaffCardPage(codes: codes, words: words, door: settings.door.name)
      try WholeFile.orExit("--html") { () throws(WholeFileError) in
        try WholeFile.write(page.markup, to: html, isPrivate: true, isNamedByUser: true)
      }
      return
    }
    for card in codes {
      switch options.format {
      case .json:
        var line = JSONLine()
        line.add("command", card.command.rawValue)
        line.add("caption", words.caption(of: card.command))
        line.add("code", card.text)
        StandardStreams.write(line: line.text)
      case .text:
        StandardStreams.write(line: words.caption(of: card.command))
        let lines = card.code.textLines(
          usesUnicode: StandardStreams.outputTakesUnicode,
          ink: StandardStreams.outputIsColoured ? .colours : .terminalsOwn)
        StandardStreams.write(line: lines.joined(separator: "\n") + "\n")
      }
    }
  }

  /// Those that there are, or new ones.
  private func cards(in file: StaffCardFile) throws -> StaffCards {
    do {
      // Not for good: `--html` names a file of whoever runs this.
      let root = try StoreOwner(ofStore: file.path)?.standIn()
      defer { root?.takeBack() }
      var generator = SystemRandomNumberGenerator()
      if !new, var cards = try file.read() {
        guard !cards.areComplete else { return cards }
        cards.addMissing(using: &generator)
        try file.replace(by: cards)
        return cards
      }
      let cards = StaffCards(using: &generator)
      try file.replace(by: cards)
      if new {
        StandardStreams.writeError(
          line: "doorcheck: these are new cards; the old ones stop working")
      }
      return cards
    } catch {
      StandardStreams.writeError(line: "doorcheck: staff cards: \(error)")
      throw ProgramExit.inputOutput
    }
  }

  private func codes(of cards: StaffCards) throws -> [StaffCardCode] {
    try StaffCommand.allCases.map {
      let text = cards.text(of: $0)
      return StaffCardCode(command: $0, text: text, code: try QRCode(text))
    }
  }
}

/// A card with its barcode.
struct StaffCardCode {
  var command: StaffCommand
  var text: String
  var code: QRCode
}
