import DoorScreen
import Formatting
import Foundation
import Testing

@testable import DoorConfiguration

/// What is known of a venue whose file is no YAML as a whole.
@Suite struct DocumentRescueTests {
  private func readable(_ yaml: String, environment: [String: String] = [:]) throws -> Settings? {
    let sandbox = try ConfigurationSandbox()
    let path = try sandbox.write(Data(yaml.utf8), to: "doorcheck.yaml")
    let loader = ConfigurationLoader(
      environment: environment, hostName: "box", systemDirectory: "\(sandbox.directory)/etc")
    do throws(ConfigurationError) {
      _ = try loader.load(path: path)
      return nil
    } catch {
      return error.readable
    }
  }

  @Test(arguments: ["door:\n\tname: x\n", "door: [\n", "door: \"x\n", "door: *x\n"])
  func `Sections without the fault are read`(fault: String) throws {
    for yaml in [
      "kiosk:\n  enabled: true\n\(fault)screen: {language: pt}\n",
      "# Ours\n\nkiosk: {enabled: yes, enabled: true}\nscreen:\n  language: pt\n\(fault)",
    ] {
      let settings = try #require(try readable(yaml))
      #expect(settings.kiosk.isEnabled || yaml.contains("yes"), "\(yaml)")
      #expect(settings.screen.language == .portuguese, "\(yaml)")
      #expect(settings.door.name == "box")
    }
  }

  @Test func `The environment still wins, and what is wrong in a section is left out`() throws {
    let settings = try #require(
      try readable(
        "screen:\n  language: pt\n  theme: loud\n  panel_seconds: 9\n\tx",
        environment: ["DOORCHECK_SCREEN_LANGUAGE": "it"]))
    #expect(settings.screen.language == .italian)
    let other = try #require(
      try readable("screen:\n  language: pt\n  theme: loud\n  panel_seconds: 9\ndoor:\n\tx"))
    #expect(other.screen.language == .portuguese && other.screen.theme == .standard)
    #expect(other.screen.panelSeconds == 9)
  }

  @Test func `A file that can be read, with a value that is wrong, gives the rest`() throws {
    let settings = try #require(
      try readable("screen: {language: es}\nkiosk: {enabled: true}\nrules: {hours: maybe}\n"))
    #expect(settings.screen.language == .spanish && settings.kiosk.isEnabled)
  }
}
