import Foundation
import Testing

@testable import DoorConfiguration

/// Which file is read, and what is said where it cannot be.
@Suite struct FileSearchTests {
  private func name(_ name: String) -> Data { Data("door: {name: \(name)}\n".utf8) }

  @Test func `The named one wins then the users then the box's`() throws {
    let sandbox = try ConfigurationSandbox()
    sandbox.environment = ["HOME": "\(sandbox.directory)/home"]
    #expect(sandbox.load(path: nil).settings?.door.name == "box")
    try sandbox.write(name("Etc"), to: "etc/doorcheck/doorcheck.yaml")
    #expect(sandbox.load(path: nil).settings?.door.name == "Etc")
    let home = try sandbox.write(name("Home"), to: "home/.config/doorcheck/doorcheck.yaml")
    #expect(sandbox.load(path: nil).settings?.door.name == "Home")
    guard case .loaded(let loaded) = sandbox.load(path: nil) else {
      Issue.record("not loaded")
      return
    }
    #expect(loaded.file == home)
    sandbox.environment["XDG_CONFIG_HOME"] = "\(sandbox.directory)/xdg"
    #expect(sandbox.load(path: nil).settings?.door.name == "Etc")
    try sandbox.write(name("XDG"), to: "xdg/doorcheck/doorcheck.yaml")
    #expect(sandbox.load(path: nil).settings?.door.name == "XDG")
    let named = try sandbox.write(name("Named"), to: "other.yaml")
    #expect(sandbox.load(path: named).settings?.door.name == "Named")
  }

  @Test func `A relative XDG directory is ignored`() throws {
    let sandbox = try ConfigurationSandbox()
    sandbox.environment = ["HOME": "\(sandbox.directory)/home", "XDG_CONFIG_HOME": "xdg"]
    try sandbox.write(name("Home"), to: "home/.config/doorcheck/doorcheck.yaml")
    #expect(sandbox.load(path: nil).settings?.door.name == "Home")
  }

  @Test func `A named file must be there`() throws {
    let sandbox = try ConfigurationSandbox()
    try sandbox.write(name("Etc"), to: "etc/doorcheck/doorcheck.yaml")
    #expect(
      sandbox.load(path: "\(sandbox.directory)/none.yaml").lines == [
        "none.yaml: there is no such file"
      ])
    #expect(
      sandbox.load(path: "\(sandbox.directory)/etc").lines == [
        "etc: cannot be read: Is a directory"
      ])
  }

  @Test func `A found one must be readable`() throws {
    let sandbox = try ConfigurationSandbox()
    try sandbox.write(name("x"), to: "etc/doorcheck/doorcheck.yaml/x")
    #expect(
      sandbox.load(path: nil).lines == [
        "etc/doorcheck/doorcheck.yaml: cannot be read: Is a directory"
      ])
  }

  @Test(arguments: [
    (0o600, true, false), (0o400, true, false), (0o640, true, true), (0o644, true, true),
    (0o604, true, true), (0o644, false, false),
  ])
  func `Others may not read a secret`(permissions: Int, hasSecret: Bool, warns: Bool) throws {
    let sandbox = try ConfigurationSandbox()
    let yaml = hasSecret ? "fourvenues: {api_key: abc}\n" : "fourvenues: {api_key: }\n"
    let path = try sandbox.write(Data(yaml.utf8), to: "c.yaml", permissions: permissions)
    guard case .loaded(let loaded) = sandbox.load(path: path) else {
      Issue.record("refused")
      return
    }
    let expected = "\(path) holds a secret, and others than its owner can read it: "
    #expect(
      loaded.warnings.map(\.description) == (warns ? [expected + "chmod 600 '\(path)'"] : []))
  }

  /// The door screen has a user of its own, who reads the box's file.
  @Test func `The box's file stays readable for the door screen`() throws {
    let sandbox = try ConfigurationSandbox()
    let yaml = Data("fourvenues: {api_key: abc}\n".utf8)
    let path = try sandbox.write(yaml, to: "etc/doorcheck/doorcheck.yaml", permissions: 0o644)
    guard case .loaded(let loaded) = sandbox.load(path: nil) else {
      Issue.record("refused")
      return
    }
    let expected = "\(path) holds a secret, and others than its owner can read it: move it to "
    #expect(
      loaded.warnings.map(\.description) == [
        expected + "\(sandbox.directory)/etc/doorcheck/credentials/fourvenues.api_key"
      ])
  }
}
