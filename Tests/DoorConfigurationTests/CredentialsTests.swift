import Foundation
import Testing

@testable import DoorConfiguration

/// Secrets from `$CREDENTIALS_DIRECTORY`, and whether there are enough of them.
@Suite struct CredentialsTests {
  private let file = Data("fourvenues: {api_key: from-file}\n".utf8)

  @Test func `Environment over credential over file`() throws {
    let sandbox = try ConfigurationSandbox()
    #expect(try sandbox.load(file).settings?.fourvenues.apiKey?.revealed == "from-file")
    try sandbox.addCredential("fourvenues.api_key", "from-credential\n")
    #expect(try sandbox.load(file).settings?.fourvenues.apiKey?.revealed == "from-credential")
    sandbox.environment["DOORCHECK_FOURVENUES_API_KEY"] = ""
    #expect(try sandbox.load(file).settings?.fourvenues.apiKey?.revealed == "from-credential")
    sandbox.environment["DOORCHECK_FOURVENUES_API_KEY"] = "from-variable"
    #expect(try sandbox.load(file).settings?.fourvenues.apiKey?.revealed == "from-variable")
  }

  @Test(arguments: ["abc", "abc\n", "abc\r\n", "abc\n\n"])
  func `Line breaks at the end are not part of it`(_ text: String) throws {
    let sandbox = try ConfigurationSandbox()
    try sandbox.addCredential("fourvenues.integration_id", text)
    try sandbox.addCredential("fourvenues.secret", text)
    let settings = try sandbox.load().settings
    #expect(settings?.fourvenues.integrationID?.revealed == "abc")
    #expect(settings?.fourvenues.secret?.revealed == "abc")
  }

  @Test func `An empty one is not given and others files are left alone`() throws {
    let sandbox = try ConfigurationSandbox()
    try sandbox.addCredential("fourvenues.api_key", "\n")
    try sandbox.addCredential("tls.key", "x")
    try sandbox.addCredential("api_key", "x")
    #expect(try sandbox.load().settings == Settings(hostName: "box"))
  }

  @Test func `Faults are named with their files`() throws {
    let sandbox = try ConfigurationSandbox()
    try sandbox.addCredential("fourvenues.api_kee", "hush")
    try sandbox.addCredential("fourvenues.api_key", "hush hush")
    try sandbox.addCredential("fourvenues.base_url", "https://hush.example")
    try sandbox.addCredential("fourvenues.secret/x", "hush")
    #expect(
      try sandbox.load().lines == [
        """
        credentials/fourvenues.api_kee: unknown secret "fourvenues.api_kee"; did you mean \
        "fourvenues.api_key"?
        """,
        """
        credentials/fourvenues.api_key: "fourvenues.api_key" must be visible ASCII characters \
        without blanks, at most 4096
        """,
        """
        credentials/fourvenues.base_url: "fourvenues.base_url" is no secret: give it in the \
        configuration file
        """,
        "credentials/fourvenues.secret: cannot be read: Is a directory",
      ])
  }

  @Test func `A directory that cannot be read is a warning`() throws {
    let sandbox = try ConfigurationSandbox()
    sandbox.environment["CREDENTIALS_DIRECTORY"] = "\(sandbox.directory)/none"
    guard case .loaded(let loaded) = try sandbox.load() else {
      Issue.record("refused")
      return
    }
    #expect(
      loaded.warnings.map(\.description) == [
        "$CREDENTIALS_DIRECTORY (\(sandbox.directory)/none) cannot be read, and is left out"
      ])
  }

  /// As root over ssh, where no service manager passes them on.
  @Test func `The box's own are read with the box's own file`() throws {
    let sandbox = try ConfigurationSandbox()
    let key = "etc/doorcheck/credentials/fourvenues.api_key"
    try sandbox.write(Data("from-box\n".utf8), to: key)
    #expect(sandbox.load(path: nil).settings?.fourvenues.apiKey?.revealed == "from-box")
    let own = try sandbox.write(file, to: "etc/doorcheck/doorcheck.yaml")
    for path in [nil, own] {
      #expect(sandbox.load(path: path).settings?.fourvenues.apiKey?.revealed == "from-box")
    }
    #expect(try sandbox.load(file).settings?.fourvenues.apiKey?.revealed == "from-file")
    let nothing = try sandbox.write(Data(), to: "another-venue.yaml")
    #expect(sandbox.load(path: nothing).settings?.fourvenues.apiKey == nil)
    try sandbox.addCredential("fourvenues.api_key", "from-credential")
    #expect(sandbox.load(path: nil).settings?.fourvenues.apiKey?.revealed == "from-credential")
  }

  @Test func `Half a scheme is an error wherever it stands`() throws {
    let variable = try load(environment: ["DOORCHECK_FOURVENUES_SECRET": "x"])
    #expect(
      variable.lines == [
        """
        DOORCHECK_FOURVENUES_SECRET: "fourvenues.secret" needs "fourvenues.integration_id" too, \
        which is missing
        """
      ])
    let completed = try load(
      "fourvenues: {integration_id: x}\n", environment: ["DOORCHECK_FOURVENUES_SECRET": "x"])
    #expect(completed.lines == [])
  }

  @Test(arguments: [
    ("", false), ("api_key: k", true), ("integration_id: i, secret: s", true),
    ("api_key: k, integration_id: i, secret: s", true),
  ])
  func `One complete scheme is needed`(secrets: String, suffices: Bool) throws {
    let settings = try #require(try load("fourvenues: {\(secrets)}\n").settings)
    #expect(settings.hasCredentials == suffices)
  }

  /// Which files there are, and where the first error of a fresh install sends its reader.
  @Test(arguments: [
    ([], "home/.config/doorcheck/doorcheck.yaml as fourvenues.api_key"),
    (["etc/doorcheck/credentials/other"], "etc/doorcheck/credentials/fourvenues.api_key"),
    (["etc/doorcheck/doorcheck.yaml"], "etc/doorcheck/credentials/fourvenues.api_key"),
    (
      ["etc/doorcheck/doorcheck.yaml", "home/.config/doorcheck/doorcheck.yaml"],
      "home/.config/doorcheck/doorcheck.yaml as fourvenues.api_key"
    ),
  ])
  func `A missing key is one short line with the file that it goes into`(
    files: [String], place: String
  ) throws {
    let sandbox = try ConfigurationSandbox()
    sandbox.environment = ["HOME": "\(sandbox.directory)/home"]
    for file in files { try sandbox.write(Data(), to: file) }
    #expect(
      sandbox.linesWithoutKey() == [
        "No API key: put it into \(place). To try it without one: doorcheck demo"
      ])
  }

  @Test func `A missing key goes into the file that was named, and nowhere else without a home`()
    throws
  {
    let sandbox = try ConfigurationSandbox()
    let named = try sandbox.write(Data(), to: "other.yaml")
    try sandbox.write(Data(), to: "etc/doorcheck/credentials/other")
    #expect(sandbox.linesWithoutKey(path: named).first?.contains(" other.yaml as ") == true)
    let homeless = try ConfigurationSandbox()
    #expect(
      homeless.linesWithoutKey().first?.contains(
        " etc/doorcheck/credentials/fourvenues.api_key. ") == true)
  }

  @Test func `Where only root can look the line says so`() {
    #expect(
      MissingKey(.closed(folder: "/etc/doorcheck/credentials")).text
        == "No API key: only root can read /etc/doorcheck/credentials, so use sudo. To try it "
        + "without one: doorcheck demo")
  }
}

extension ConfigurationSandbox {
  /// What is said where a command needs a key and has none, without the directory.
  fileprivate func linesWithoutKey(path: String? = nil) -> [String] {
    let loader = ConfigurationLoader(
      environment: environment, hostName: "box", systemDirectory: "\(directory)/etc")
    do throws(ConfigurationError) {
      try loader.requireCredentials(of: try loader.load(path: path))
      return []
    } catch {
      #expect(error.lacksCredentials)
      return error.lines.map { $0.replacingOccurrences(of: "\(directory)/", with: "") }
    }
  }
}
