import Admission
import ArgumentParser
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import SandboxVenue

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Shows the door screen with a stand-in venue.",
    discussion: """
      It starts the stand-in venue itself: no configuration, no key and no network are needed. The \
      idle screen shows which codes to try, and F9 takes the network away, makes it slow and brings \
      it back. Without a terminal it scans the guest list once and \
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
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "doorcheck-demo-\(UUID().uuidString)").path
      settings.isRecording = true
      settings.store.path = folder
      settings.screen = try boxScreen()
      let codes = Self.guests(of: venue, for: settings).map {
        DemoCode(code: $0.code, explanation: $0.explanation)
      }
      let demo = Demo(
        codes: codes, changeNetwork: { Self.change(venue) },
        end: { try? FileManager.default.removeItem(atPath: folder) })
      try await DoorLauncher(demo: demo) { [settings] () throws(ConfigurationError) in
        LoadedConfiguration(settings: settings)
      }.run()
    } else {
      try await printGuestList(of: venue, settings: settings)
    }
    await venue.stop()
  }

  /// Language, theme and what else the screen is like are the box's, where its configuration can be
  /// read; whoever tries a demo has a keyboard.
  private func boxScreen() throws -> Settings.Screen {
    let box =
      options.configured.config == nil
      ? try? options.configured.load(needsCredentials: false).settings
      : try options.settings(needsCredentials: false)
    var screen = box?.screen ?? Settings(hostName: "").screen
    if screen.keys == .auto { screen.keys = .keys }
    return screen
  }

  /// The network goes, comes back slow, and is as before.
  private static func change(_ venue: RunningVenue) -> DemoNetwork {
    var faults = venue.faults
    let network: DemoNetwork
    if faults.down {
      (faults.down, faults.latencyMilliseconds, network) = (false, 1000, .slow)
    } else if faults.latencyMilliseconds > 0 {
      (faults.latencyMilliseconds, network) = (0, .normal)
    } else {
      (faults.down, network) = (true, .gone)
    }
    // What the venue is started with cannot be wrong here.
    try? venue.setFaults(faults)
    return network
  }

  /// The venue's own configuration; of the box's only the screen's is read.
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

  /// Those whose kind the door takes.
  private static func guests(of venue: RunningVenue, for settings: Settings) -> [Guest] {
    let accepted = Set(settings.door.accepts.map(\.rawValue))
    return venue.guests.filter { accepted.contains($0.kind.rawValue) }
  }

  private func printGuestList(of venue: RunningVenue, settings: Settings) async throws {
    let output = VerdictOutput(
      settings: settings, format: options.format, showsWholeCode: true)
    let session = try ScanSession(settings: settings)
    let guests = Self.guests(of: venue, for: settings)
    try await session.run(codes: guests.map(\.code)) { outcome in
      StandardStreams.write(line: output.line(for: outcome))
    }
    await session.end()
    try await printFullHouse(of: venue, settings: settings, output: output)
    try await printClosedNight(settings: settings, code: venue.guests[0].code, output: output)
  }

  /// One reason is about the house: the first guest who would come in does not fit.
  private func printFullHouse(
    of venue: RunningVenue, settings: Settings, output: VerdictOutput
  ) async throws {
    guard let group = venue.guests.first(where: { $0.code == Self.groupCode }) else { return }
    var settings = settings
    settings.door.capacity = 1
    settings.rules.capacity = .enforce
    let session = try ScanSession(settings: settings)
    try await session.run(codes: [group.code]) { outcome in
      StandardStreams.write(line: output.line(for: outcome))
    }
    await session.end()
  }

  /// A pass for four.
  private static let groupCode = "GROUP4XYZ"

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
