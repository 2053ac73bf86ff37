import ArgumentParser
import Door
import DoorConfiguration

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Shows the door screen for tonight's event.",
    discussion: """
      Keys: F1 help, F5 redraw and reconnect, F10 leave. You can type a code by hand: Enter looks it \
      up, Esc clears it. On the idle screen + and - count one person in or out without a code. F9 \
      makes an exit of this door, or an entrance again: a kiosk asks for its PIN, any other door for \
      F9 once more.

      Examples:
        doorcheck run
        doorcheck --event el4gr63f00xkq01i1d8jh5ohuzaZhvoE
      """)

  @OptionGroup var options: CommonOptions

  func run() async throws {
    try DoorLauncher.requireTerminal()
    try await DoorLauncher { () throws(ConfigurationError) in
      try options.configured.load()
    }.run()
  }
}
