/// The configuration file: which one, and what is in it.
struct ConfigurationFile: Sendable, Equatable {
  /// As it was named or found.
  var path: String
  var text: String
  var isReadableByOthers: Bool

  /// Enough for any configuration, and little enough to be read at once.
  static let largest = 1 << 20

  /// Looks for the file (Contract: Configuration).
  /// - Parameter named: from `--config`; that one, and no other.
  /// - Returns: nil where none is named and none is found.
  /// - Throws: `ConfigurationError` for a file that is named and missing, or there and unreadable.
  static func find(
    named: String?, environment: [String: String], systemDirectory: String
  ) throws(ConfigurationError) -> ConfigurationFile? {
    if let named {
      guard let file = try read(named) else {
        throw problem(.wholeFile(named), "there is no such file")
      }
      return file
    }
    let box = SystemFiles(directory: systemDirectory).configuration
    for path in [usersFile(environment), box].compactMap(\.self) {
      if let file = try read(path) { return file }
    }
    return nil
  }

  /// Where a user's own is looked for; nil where nobody knows.
  static func usersFile(_ environment: [String: String]) -> String? {
    userDirectory(environment).map { "\($0)/doorcheck/doorcheck.yaml" }
  }

  /// `$XDG_CONFIG_HOME`, which is ignored unless absolute (XDG Base Directory Specification), else
  /// `~/.config`.
  private static func userDirectory(_ environment: [String: String]) -> String? {
    if let given = environment["XDG_CONFIG_HOME"], given.hasPrefix("/") { return given }
    if let home = environment["HOME"], home.hasPrefix("/") { return "\(home)/.config" }
    return nil
  }

  /// - Returns: nil where there is none.
  private static func read(_ path: String) throws(ConfigurationError) -> ConfigurationFile? {
    let contents: FileContents
    do throws(FileContents.Failure) {
      contents = try FileContents.read(path, limit: largest)
    } catch {
      switch error {
      case .missing: return nil
      case .tooLarge:
        throw problem(.wholeFile(path), "larger than 1 MiB: this is no configuration")
      case .unreadable(let words): throw problem(.wholeFile(path), "cannot be read: \(words)")
      }
    }
    switch contents.text() {
    case .success(let text):
      return ConfigurationFile(
        path: path, text: text, isReadableByOthers: contents.isReadableByOthers)
    case .failure(let place):
      throw problem(
        .file(path, line: place.line, column: place.column), "not UTF-8: save the file as UTF-8")
    }
  }

  private static func problem(_ place: ConfigurationPlace, _ text: String) -> ConfigurationError {
    ConfigurationError(problems: [ConfigurationProblem(place: place, text: text)])
  }
}

/// Where the box keeps its own configuration and its own secrets.
package struct SystemFiles: Sendable {
  let configuration: String
  /// For root alone: the unit of the door screen passes them on (systemd.exec(5), "Credentials"), and
  /// a command that root runs reads them itself.
  package let credentials: String

  /// - Parameter directory: `/etc`, but in tests.
  package init(directory: String) {
    configuration = "\(directory)/doorcheck/doorcheck.yaml"
    credentials = "\(directory)/doorcheck/credentials"
  }
}
