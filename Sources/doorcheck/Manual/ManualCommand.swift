import ArgumentParser
import Door

/// Prints the manual pages that the package installs. It says nothing that `--help` and the
/// configuration do not, so it is not listed.
struct ManualCommand: ParsableCommand {
  enum Page: String, ExpressibleByArgument, CaseIterable {
    /// doorcheck(1).
    case program
    /// doorcheck.yaml(5).
    case configuration
  }

  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "A manual page, for man(1).", shouldDisplay: false)

  @Argument(help: "Which page: program or configuration.")
  var page: Page

  func run() throws {
    let source =
      switch page {
      case .program: ProgramManual(tool: try ToolDescription.read()).source()
      case .configuration: ConfigurationManual.source()
      }
    StandardStreams.write(line: String(source.dropLast()))
  }
}
