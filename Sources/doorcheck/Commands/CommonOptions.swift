import ArgumentParser
import Foundation

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// What every command that reads the configuration takes.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The configuration file, instead of doorcheck/doorcheck.yaml in $XDG_CONFIG_HOME or /etc.",
      valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp("Tonight's event, instead of the configured one.", valueName: "id"))
  var event: String?

  /// Reads the configuration. What is wrong with it goes to standard error.
  /// - Throws: `ExitCode.configuration`.
  func settings(needsCredentials: Bool = true) throws -> Settings {
    do throws(ConfigurationError) {
      let loaded = try ConfigurationLoader(environment: Box.environment).load(path: config)
      for warning in loaded.warnings { StandardStreams.writeError(line: "doorcheck: \(warning)") }
      var settings = loaded.settings
      // Name and hours in the file are those of the event that the file names.
      if let event, event != settings.event.id { settings.event = Settings.Event(id: event) }
      if needsCredentials { try settings.requireCredentials() }
      return settings
    } catch {
      throw ExitCode.configuration(error)
    }
  }
}
