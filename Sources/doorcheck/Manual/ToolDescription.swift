import ArgumentParser
import Foundation

/// What the argument parser knows of the program: its commands with their options. It prints them as
/// JSON, and its package offers its own types for that to its plugins alone.
struct ToolDescription: Decodable {
  var command: Command

  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var defaultSubcommand: String?
    var subcommands: [Command]?
    var arguments: [Argument]?

    /// Those that `--help` shows, but for `help` itself. In the place of one that only has commands of
    /// its own stand these, such as `ledger init`.
    var shownSubcommands: [Command] {
      (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }.flatMap {
        group in
        let commands = group.shownSubcommands
        return commands.isEmpty ? [group] : commands.map { $0.named(under: group) }
      }
    }

    private func named(under group: Command) -> Command {
      var command = self
      command.commandName = "\(group.commandName) \(commandName)"
      return command
    }

    var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
  }

  struct Argument: Decodable, Equatable {
    enum Kind: String, Decodable { case positional, option, flag }

    struct Name: Decodable, Equatable {
      enum Kind: String, Decodable { case long, short, longWithSingleDash }

      var kind: Kind
      var name: String
      /// With the dashes but one.
      var flag: String { kind == .long ? "-" + name : name }
    }

    var kind: Kind
    var shouldDisplay: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var preferredName: Name?
    var valueName: String?
    var abstract: String?
    var discussion: String?
    var defaultValue: String?
    var allValues: [String]?
  }

  /// - Throws: `DecodingError` where the argument parser tells it in another form.
  static func read() throws -> ToolDescription {
    // Its only public telling, meant for programs that make manuals.
    try JSONDecoder().decode(ToolDescription.self, from: Data(Doorcheck._dumpHelp().utf8))
  }
}
