import Formatting
import Foundation
import Glibc

/// What was read: settings, where from, and what somebody should put right.
package struct LoadedConfiguration: Sendable, Equatable {
  package var settings: Settings
  /// Nil where there is none.
  package var file: String?
  /// For the diagnostics; nothing has been printed.
  package var warnings: [ConfigurationWarning] = []

  package init(settings: Settings, file: String? = nil, warnings: [ConfigurationWarning] = []) {
    self.settings = settings
    self.file = file
    self.warnings = warnings
  }
}

/// Reads the configuration from its sources (Contract: Configuration): an environment variable
/// wins over a credential, a credential over the file, the file over the default.
package struct ConfigurationLoader: Sendable {
  private let environment: [String: String]
  private let hostName: String
  private let systemDirectory: String
  private var box: SystemFiles { SystemFiles(directory: systemDirectory) }

  /// - Parameters:
  ///   - hostName: the door's name where none is given.
  ///   - systemDirectory: under which the box's own file is.
  package init(
    environment: [String: String], hostName: String = Self.hostName,
    systemDirectory: String = "/etc"
  ) {
    self.environment = environment
    self.hostName = hostName
    self.systemDirectory = systemDirectory
  }

  /// Reads and checks everything.
  /// - Parameter path: of `--config`.
  /// - Throws: `ConfigurationError` with every problem of all sources.
  package func load(path: String? = nil) throws(ConfigurationError) -> LoadedConfiguration {
    var loaded = LoadedConfiguration(settings: Settings(hostName: hostName))
    var problems: [ConfigurationProblem] = []
    var given: [GivenValue] = []
    var isComplete = true
    do throws(ConfigurationError) {
      let file = try ConfigurationFile.find(
        named: path, environment: environment, systemDirectory: systemDirectory)
      if let file {
        let reader = try Self.read(file, rescue: &loaded.settings)
        loaded.file = file.path
        loaded.warnings += warnings(file, reader.given)
        given += reader.given
        problems += reader.problems
      }
    } catch {
      problems += error.problems
      isComplete = false
    }
    // Another file's venue is not the one that the box has its key for.
    let isBoxs = loaded.file.map { $0 == box.configuration } ?? (path == nil)
    let credentials = CredentialsReader(environment, ownDirectory: isBoxs ? box.credentials : nil)
    let variables = EnvironmentReader(environment)
    loaded.warnings += credentials.warnings
    given += credentials.given + variables.given
    let check = GivenValuesCheck(
      given, isComplete: isComplete, settings: &loaded.settings)
    let proxy = ProxyVariables(environment, for: loaded.settings.fourvenues.baseURL)
    loaded.settings.fourvenues.proxy = proxy.proxy
    loaded.warnings += proxy.warnings
    problems += variables.problems + credentials.problems + check.problems + proxy.problems
    guard problems.isEmpty else {
      throw ConfigurationError(problems: Self.inOrder(problems), readable: loaded.settings)
    }
    return loaded
  }

  /// Refuses settings that cannot ask the service. For the commands that ask it.
  /// - Throws: `ConfigurationError`, which says where the key goes.
  package func requireCredentials(of loaded: LoadedConfiguration) throws(ConfigurationError) {
    if loaded.settings.hasCredentials { return }
    let missing = MissingKey(
      box: box, file: loaded.file, usersFile: ConfigurationFile.usersFile(environment),
      isHandedSecrets: environment["CREDENTIALS_DIRECTORY", default: ""] != "")
    throw ConfigurationError(
      problems: [ConfigurationProblem(text: missing.text)], lacksCredentials: true)
  }

  /// - Parameter rescue: takes what can be read of a file that is no document.
  private static func read(
    _ file: ConfigurationFile, rescue: inout Settings
  ) throws(ConfigurationError) -> FileReader {
    let root: DocumentNode?
    do throws(DocumentParser.Fault) {
      root = try DocumentParser.parse(file.text)
    } catch {
      for section in DocumentRescue.sections(of: file.text) {
        for value in FileReader(path: file.path, root: section).given {
          _ = value.assign(to: &rescue)
        }
      }
      let place = ConfigurationPlace.file(file.path, line: error.line, column: error.column)
      throw ConfigurationError(problems: [ConfigurationProblem(place: place, text: error.text)])
    }
    let nothing = DocumentNode(line: 1, column: 1, content: .empty)
    return FileReader(path: file.path, root: root ?? nothing)
  }

  private func warnings(
    _ file: ConfigurationFile, _ given: [GivenValue]
  ) -> [ConfigurationWarning] {
    guard file.isReadableByOthers, let secret = given.first(where: \.key.isSecret) else {
      return []
    }
    let path = ShownText.clean(file.path, limit: 1000)
    let quoted = "'" + path.replacing("'", with: "'\\''") + "'"
    // The door screen runs as a user of its own and has to read the box's file.
    let advice =
      file.path == box.configuration
      ? "move it to \(box.credentials)/\(secret.key.name)" : "chmod 600 \(quoted)"
    return [
      ConfigurationWarning(
        text: "\(path) holds a secret, and others than its owner can read it: \(advice)")
    ]
  }

  /// The file's first, from top to bottom, then the variables and the credentials by their names.
  private static func inOrder(_ problems: [ConfigurationProblem]) -> [ConfigurationProblem] {
    func rank(_ problem: ConfigurationProblem) -> (Int, Int, Int, String) {
      switch problem.place {
      case .wholeFile: (0, 0, 0, "")
      case .file(_, let line, let column): (0, line, column, "")
      case .variable(let name): (1, 0, 0, name)
      case .credential(let path): (2, 0, 0, path)
      case .option(let name): (3, 0, 0, name)
      case nil: (4, 0, 0, "")
      }
    }
    return problems.enumerated().sorted { first, second in
      let (left, right) = (rank(first.element), rank(second.element))
      return left == right ? first.offset < second.offset : left < right
    }.map(\.element)
  }

  /// The box's; empty where it has none.
  package static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
