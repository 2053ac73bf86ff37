import Foundation
import Testing

@testable import DoorConfiguration

/// A directory of its own with a configuration file and credentials, gone with the value.
final class ConfigurationSandbox {
  let directory: String
  var environment: [String: String] = [:]

  init() throws {
    directory = NSTemporaryDirectory() + "doorcheck-configuration-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  @discardableResult
  func write(_ bytes: Data, to name: String, permissions: Int = 0o600) throws -> String {
    let path = "\(directory)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try bytes.write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    return path
  }

  func addCredential(_ name: String, _ text: String) throws {
    try write(Data(text.utf8), to: "credentials/\(name)")
    environment["CREDENTIALS_DIRECTORY"] = "\(directory)/credentials"
  }

  /// What loading gives: settings, or the error's lines without the directory.
  func load(_ yaml: Data? = nil) throws -> Outcome {
    let path = try yaml.map { try write($0, to: "doorcheck.yaml") }
    return load(path: path)
  }

  func load(path: String?) -> Outcome {
    let loader = ConfigurationLoader(
      environment: environment, hostName: "box", systemDirectory: "\(directory)/etc")
    do throws(ConfigurationError) {
      return .loaded(try loader.load(path: path))
    } catch {
      return .refused(error.lines.map { $0.replacingOccurrences(of: "\(directory)/", with: "") })
    }
  }

  enum Outcome: Equatable {
    case loaded(LoadedConfiguration)
    case refused([String])

    var settings: Settings? {
      if case .loaded(let loaded) = self { loaded.settings } else { nil }
    }
    var lines: [String] {
      if case .refused(let lines) = self { lines } else { [] }
    }
  }
}

func load(
  _ yaml: String? = nil, environment: [String: String] = [:]
) throws -> ConfigurationSandbox.Outcome {
  let sandbox = try ConfigurationSandbox()
  sandbox.environment = environment
  return try sandbox.load(yaml.map { Data($0.utf8) })
}
