import ArgumentParser
import Door
import DoorConfiguration
import Formatting

struct PinCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin",
    abstract: "Makes the hash of a supervisor's PIN.",
    discussion: """
      Prints the hash for kiosk.pin_hash. A PIN has 4 to 12 digits. On a terminal the command asks \
      for it twice and does not show it; otherwise it reads one line of standard input. Never give \
      the PIN as an argument: the process list would show it to others.

      Examples:
        doorcheck pin
        doorcheck pin <file-with-the-pin
      """)

  @OptionGroup var options: CommonOptions

  /// What is refused here would otherwise be repeated in the library's own message.
  @Argument(parsing: .allUnrecognized, help: .hidden) var revealed: [String] = []

  func validate() throws {
    guard revealed.isEmpty else {
      throw ValidationError(
        "pin takes no argument: the process list would show the PIN. Type it when asked.")
    }
  }

  func run() throws {
    let pin = try StandardStreams.inputIsTerminal ? ask() : readLine()
    guard let hash = PINHash(of: pin) else {
      StandardStreams.writeError(line: "doorcheck: crypt(3) of this box has no yescrypt")
      throw ProgramExit.inputOutput
    }
    switch options.format {
    case .text: StandardStreams.write(line: hash.spelling)
    case .json:
      var line = JSONLine()
      line.add("pin_hash", hash.spelling)
      StandardStreams.write(line: line.text)
    }
  }

  private func ask() throws -> PIN {
    let pin = try checked(HiddenEntry.read("PIN (\(Self.lengths) digits): "))
    guard case .line(let again) = HiddenEntry.read("The same again: ") else {
      throw ProgramExit.usage
    }
    guard again == pin.revealed else { throw refusal("the two are not the same") }
    return pin
  }

  private func readLine() throws -> PIN {
    try checked(.line(Swift.readLine() ?? ""))
  }

  private func checked(_ entry: HiddenEntry.Result) throws -> PIN {
    guard case .line(let text) = entry else { throw ProgramExit.usage }
    do throws(PIN.Fault) {
      return try PIN(text)
    } catch {
      throw refusal(error.advice)
    }
  }

  private func refusal(_ text: String) -> ProgramExit {
    StandardStreams.writeError(line: "doorcheck: \(text)")
    return .usage
  }

  private static let lengths = "\(PIN.lengths.lowerBound) to \(PIN.lengths.upperBound)"
}
