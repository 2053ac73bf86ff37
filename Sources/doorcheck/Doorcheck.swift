import ArgumentParser
import Door
import Foundation

struct Doorcheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doorcheck",
    abstract: "Checks guests' passes at the door of a venue.",
    discussion: """
      A barcode scanner types the codes of passes, and of tickets, guest lists and table bookings \
      where door.accepts names them. The screen turns green, red or amber and shows the customer's \
      name, the type and tonight's usage.

      Examples:
        doorcheck demo                      try it; needs no configuration, key or network
        doorcheck                           the door screen, for tonight's event
        doorcheck scan P6J21FF2S            one verdict, as text
        doorcheck scan --format json <codes.txt

      Exit codes: 0 every code was admitted, or the command did its job; 1 a code was refused; 2 a \
      code could not be verified; 64 wrong usage; 69 the service cannot be reached; 74 input or output failed; \
      78 wrong configuration.
      """,
    version: Version.text,
    subcommands: [
      RunCommand.self, DemoCommand.self, ScanCommand.self, RatesCommand.self, ReportCommand.self,
      EventsCommand.self, CheckCommand.self, CalibrateCommand.self, StaffCardsCommand.self,
      DoorsCommand.self, LedgerCommand.self, SandboxCommand.self, PinCommand.self,
      ManualCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  static func main() async {
    do {
      var command = try parseAsRoot(commandFirst(Array(CommandLine.arguments.dropFirst())))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let status as ProgramExit {
      Foundation.exit(status.rawValue)
    } catch {
      exit(withError: error)
    }
  }

  /// `doorcheck --event ID scan` is `doorcheck scan --event ID`: what every command takes may stand
  /// before its name, too.
  static func commandFirst(_ arguments: [String]) -> [String] {
    let common = ["--config", "--event", "--format"]
    var index = 0
    while index < arguments.count {
      if common.contains(arguments[index]) {
        index += 2
      } else if common.contains(where: { arguments[index].hasPrefix("\($0)=") }) {
        index += 1
      } else {
        break
      }
    }
    // An option whose value is missing is for the parser to tell.
    guard index <= arguments.count else { return arguments }
    var end = index
    var commands = configuration.subcommands
    // A command may have commands of its own.
    while end < arguments.count,
      let command = commands.first(where: { $0.configuration.commandName == arguments[end] })
    {
      commands = command.configuration.subcommands
      end += 1
    }
    return Array(arguments[index..<end] + arguments[..<index] + arguments[end...])
  }
}
