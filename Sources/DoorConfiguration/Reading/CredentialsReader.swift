import Formatting
import Foundation

/// Finds secrets among the files of `$CREDENTIALS_DIRECTORY` (systemd.exec(5), "Credentials"), else
/// of the box's own directory. A secret's file has its key's name, section included:
/// `fourvenues.api_key`.
struct CredentialsReader {
  private(set) var given: [GivenValue] = []
  private(set) var problems: [ConfigurationProblem] = []
  private(set) var warnings: [ConfigurationWarning] = []

  private static let largest = 64 << 10

  /// - Parameter ownDirectory: looked into where the environment names none; whoever may not look
  ///   into it is not to know what is there.
  init(_ environment: [String: String], ownDirectory: String? = nil) {
    guard let directory = environment["CREDENTIALS_DIRECTORY"], !directory.isEmpty else {
      if let ownDirectory { readAll(in: ownDirectory) }
      return
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    } catch {
      // A shell inherits the one of its login service, and may not look into it.
      warnings.append(
        ConfigurationWarning(
          text: "$CREDENTIALS_DIRECTORY (\(ShownText.clean(directory, limit: 1000))) "
            + "cannot be read, and is left out"))
      return
    }
    for name in names { read(name, in: directory) }
  }

  private mutating func readAll(in directory: String) {
    let names = try? FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    for name in names ?? [] { read(name, in: directory) }
  }

  private mutating func read(_ name: String, in directory: String) {
    let section = name.prefix { $0 != "." }
    // The directory may hold what others need.
    guard name.contains("."), ConfigurationKey.sections.contains(String(section)) else { return }
    let path = "\(directory)/\(name)"
    guard let key = ConfigurationKey.named(name), key.isSecret else {
      return complain(path, Self.unknown(name))
    }
    do throws(FileContents.Failure) {
      let contents = try FileContents.read(path, limit: Self.largest)
      guard case .success(let text) = contents.text() else {
        return complain(path, "\"\(key.name)\" must be \(key.expectation)")
      }
      let value = text.trimmingSuffix { $0.isNewline }
      if value.isEmpty { return }
      given.append(GivenValue(key: key, value: .text(value), place: .credential(path)))
    } catch {
      switch error {
      case .missing: break
      case .tooLarge: complain(path, "\"\(key.name)\" must be \(key.expectation)")
      case .unreadable(let words): complain(path, "cannot be read: \(words)")
      }
    }
  }

  private static func unknown(_ name: String) -> String {
    let secrets = ConfigurationKey.all.filter(\.isSecret).map(\.name)
    if ConfigurationKey.named(name) != nil {
      return "\"\(name)\" is no secret: give it in the configuration file"
    }
    let question = NearestName.find(name, among: secrets).map { "; \(UnknownName.question([$0]))" }
    return "unknown secret \(UnknownName.shown(name))\(question ?? "")"
  }

  private mutating func complain(_ path: String, _ text: String) {
    problems.append(ConfigurationProblem(place: .credential(path), text: text))
  }
}

extension String {
  fileprivate func trimmingSuffix(while holds: (Character) -> Bool) -> String {
    var rest = self[...]
    while let last = rest.last, holds(last) { rest.removeLast() }
    return String(rest)
  }
}
