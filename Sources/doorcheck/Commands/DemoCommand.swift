import Admission
import ArgumentParser
import Door
import DoorConfiguration
import DoorScreen
import Foundation
import SandboxVenue

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Shows the door screen with a stand-in venue.",
    discussion: """
      It starts the stand-in venue itself: no configuration, no key and no network are needed. The \
      idle screen shows which codes to try. Without a terminal it scans the guest list once and \
      prints the verdicts.
      """)

  @OptionGroup var options: CommonOptions

  func run() async throws {
    let venue = try await SandboxVenue.start()
    var settings = Self.settings(for: venue)
    if let event = options.event {
      settings.event.id = event
      settings.event.isOption = true
    }
    if StandardStreams.inputIsTerminal && StandardStreams.outputIsTerminal {
      let codes = venue.guests.map { DemoCode(code: $0.code, explanation: $0.explanation) }
      try await DoorLauncher(demoCodes: codes) { [settings] () throws(ConfigurationError) in
        LoadedConfiguration(settings: settings)
      }.run()
    } else {
      try await printGuestList(of: venue, settings: settings)
    }
    await venue.stop()
  }

  /// The venue's own configuration; nothing of the box's is read.
  static func settings(for venue: RunningVenue) -> Settings {
    var settings = Settings(hostName: "Demo door")
    settings.fourvenues.baseURL = URL(string: venue.baseURL) ?? settings.fourvenues.baseURL
    settings.fourvenues.apiKey = Secret("demo")
    // Nobody else asks this venue, so nobody need wait.
    settings.fourvenues.requestsPerSecond = 1000
    settings.event.id = venue.tonightEventID
    settings.door.help = "the night manager"
    settings.rules.organizationID = SandboxVenue.organizationID
    settings.rules.rateWindows = .enforce
    settings.isRecording = false
    return settings
  }

  private func printGuestList(of venue: RunningVenue, settings: Settings) async throws {
    let output = VerdictOutput(
      settings: settings, format: options.format, showsWholeCode: true)
    let session = try ScanSession(settings: settings)
    try await session.run(codes: venue.guests.map(\.code)) { outcome in
      StandardStreams.write(line: output.line(for: outcome))
    }
    await session.end()
    try await printClosedNight(settings: settings, code: venue.guests[0].code, output: output)
  }

  /// One reason is about the night, not about a guest: a venue that has no event.
  private func printClosedNight(
    settings: Settings, code: String, output: VerdictOutput
  ) async throws {
    var options = SandboxOptions()
    options.eventsTonight = .none
    let closed = try await SandboxVenue.start(options)
    var settings = settings
    settings.fourvenues.baseURL = URL(string: closed.baseURL) ?? settings.fourvenues.baseURL
    settings.event = Settings.Event()
    let session = try ScanSession(settings: settings)
    try await session.run(codes: [code]) { outcome in
      StandardStreams.write(line: output.line(for: outcome))
    }
    await session.end()
    await closed.stop()
  }
}
