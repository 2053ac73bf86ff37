import ArgumentParser
import DoorConfiguration
import Testing

@testable import doorcheck

/// The manual pages name all that the program takes.
@Suite struct ManualTests {
  private let program: String

  init() throws {
    program = try ProgramManual(tool: ToolDescription.read()).source()
  }

  /// The commands that `--help` lists; in the place of one that has commands of its own, these.
  static let commands = commands(of: Doorcheck.self)

  private static func commands(
    of group: any ParsableCommand.Type, under name: String = ""
  ) -> [(name: String, command: any ParsableCommand.Type)] {
    group.configuration.subcommands.filter { $0.configuration.shouldDisplay }.flatMap { command in
      let full = name + (command.configuration.commandName ?? "")
      let inner = commands(of: command, under: full + " ")
      return inner.isEmpty ? [(full, command)] : inner
    }
  }

  @Test func `Every command has its place`() {
    #expect(!Self.commands.isEmpty)
    for (name, _) in Self.commands {
      #expect(section(of: name) != nil, "\(name)")
      let first = name.prefix { $0 != " " }
      #expect(Doorcheck.helpMessage().contains("  \(first) "))
    }
    #expect(Self.commands.map(\.name).contains("ledger init"))
    #expect(section(of: "manual") == nil)
  }

  @Test func `Every option of help stands with its command`() throws {
    let start = try #require(program.firstRange(of: ".Sh OPTIONS\n")?.upperBound)
    let shared = String(program[start...])
    for (name, command) in Self.commands {
      let page = try #require(section(of: name))
      let help = Doorcheck.helpMessage(for: command, columns: 200)
      let options = help.matches(of: /(?m)^  (?:-\w, )?--([a-z-]+)/).map { String($0.1) }
      #expect(options.contains("help"))
      for option in options {
        let flag = "Fl \\-" + option.replacing("-", with: "\\-")
        let isNamed = [page, shared].contains { place in
          lines(place).contains { $0.hasPrefix(".It ") && $0.contains(flag) }
        }
        #expect(isNamed, "\(name) --\(option)")
      }
    }
  }

  @Test(arguments: [
    (["--event", "e1", "scan", "A"], ["scan", "--event", "e1", "A"]),
    (["--config=x", "ledger", "status"], ["ledger", "status", "--config=x"]),
    (
      ["--config", "x", "--format", "json", "ledger", "init", "--role", "north"],
      ["ledger", "init", "--config", "x", "--format", "json", "--role", "north"]
    ),
    (["ledger", "status", "--config", "x"], ["ledger", "status", "--config", "x"]),
    (["--config", "x", "ledger"], ["ledger", "--config", "x"]),
    (["--config", "x", "init"], ["--config", "x", "init"]), (["--config"], ["--config"]),
  ])
  func `What every command takes may stand before its name`(given: [String], read: [String]) {
    #expect(Doorcheck.commandFirst(given) == read)
  }

  @Test func `Every key stands with its default and variable`() {
    let page = ConfigurationManual.source()
    for key in ConfigurationKey.all {
      #expect(lines(page).contains { $0 == ".It Ic " + Mdoc.word(key.name) }, "\(key.name)")
      #expect(page.contains(".Ev " + Mdoc.word(key.variable)))
      if let value = key.defaultSpelling { #expect(page.contains(".Li " + Mdoc.word(value))) }
    }
  }

  @Test(arguments: [
    (".dot", "\\&.dot\n"), ("'tis", "\\&'tis\n"), ("a\\n", "a\\en\n"),
    ("One. Two.", "One.\nTwo.\n"), ("use --at now", "use \\-\\-at now\n"),
  ])
  func `Text never becomes a macro`(text: String, source: String) {
    var page = Mdoc()
    page.text(text)
    #expect(page.source == source)
  }

  @Test(arguments: [
    ("two words", "\"two words\""), ("-x", "\\&\\-x"), ("Ar", "\\&Ar"),
    ("say \"x\"", "\"say \\(dqx\\(dq\""),
    ("^[a-z]{4}$", "\\(ha[a\\-z]{4}$"),
  ])
  func `An argument is one word and no macro`(word: String, source: String) {
    #expect(Mdoc.word(word) == source)
  }

  /// From a command's heading to the next one.
  private func section(of command: String) -> String? {
    let heading = ".Ss " + Mdoc.word(command) + "\n"
    guard let start = program.firstRange(of: heading)?.upperBound else { return nil }
    let rest = program[start...]
    let end = [".Ss ", ".Sh "].compactMap { rest.firstRange(of: $0)?.lowerBound }.min()
    return String(rest[..<(end ?? rest.endIndex)])
  }

  private func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }
}
