import ArgumentParser
import Door
import DoorConfiguration
import Foundation
import LinuxBox

extension OutputFormat: ExpressibleByArgument {}

/// What every command but `report` takes, which has one format more (Contract: Commands).
struct CommonOptions: ParsableArguments {
  @OptionGroup var configured: ConfigurationOptions

  @Option(help: "text, or json with one object a line.")
  var format: OutputFormat = .text

  var event: String? { configured.event }

  /// Reads the configuration. What is wrong with it goes to standard error.
  /// - Throws: `ProgramExit.configuration`.
  func settings(needsCredentials: Bool = true) throws -> Settings {
    try configured.settings(needsCredentials: needsCredentials)
  }
}

/// Which configuration, and which event instead of the configured one.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read this configuration file instead of doorcheck/doorcheck.yaml in $XDG_CONFIG_HOME or /etc.",
      valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp("Use this event instead of the configured one.", valueName: "id"))
  var event: String?

  /// Reads the configuration. What is wrong with it goes to standard error.
  /// - Throws: `ProgramExit.configuration`.
  func settings(needsCredentials: Bool = true) throws -> Settings {
    do throws(ConfigurationError) {
      let loaded = try load(needsCredentials: needsCredentials)
      StandardStreams.write(warnings: loaded.warnings)
      return loaded.settings
    } catch {
      throw ProgramExit.configuration(error)
    }
  }

  /// Reads the configuration, and prints nothing.
  func load(needsCredentials: Bool = true) throws(ConfigurationError) -> LoadedConfiguration {
    let loader = ConfigurationLoader(environment: ProgramEnvironment.variables)
    var loaded = try loader.load(path: config)
    let box = BoxTimeZone(environment: ProgramEnvironment.variables)
    if loaded.settings.door.timeZone == nil, let warning = box.warning {
      loaded.warnings.append(ConfigurationWarning(text: warning))
    }
    do throws(ConfigurationError) {
      try Self.name(event, in: &loaded.settings)
      if needsCredentials { try loader.requireCredentials(of: loaded) }
    } catch {
      var error = error
      error.readable = loaded.settings
      throw error
    }
    return loaded
  }

  /// The event of `--event`. Name and hours in the file are those of the event that the file names.
  /// - Throws: `ConfigurationError` where it is no id, such as "" of a variable that is not set.
  private static func name(
    _ event: String?, in settings: inout Settings
  ) throws(ConfigurationError) {
    guard let event else { return }
    defer { settings.event.isOption = true }
    if event == settings.event.id { return }
    settings.event = Settings.Event()
    let place = ConfigurationPlace.option("--event")
    guard let key = ConfigurationKey.named("event.id"), !event.isEmpty else {
      throw ConfigurationError(problems: [
        ConfigurationProblem(place: place, text: "expected an event's id, not nothing")
      ])
    }
    if let problem = GivenValue(key: key, value: .text(event), place: place).assign(to: &settings) {
      throw ConfigurationError(problems: [problem])
    }
  }
}
