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
      door takes passes, tickets, guest lists and table bookings. The idle screen shows which codes \
      to try, and F9 takes the network away, makes it slow and brings it back. Without a terminal it \
      scans all of these codes once and prints the verdicts.
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
      let codes = venue.guests.map {
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
    settings.door.accepts = PassKind.allCases
    settings.collectAtDoor = [.list]
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
    try await printOtherDoors(settings: settings, output: output)
    try await printClosedNight(settings: settings, code: venue.guests[0].code, output: output)
  }

  /// Two reasons are about the door: the house is full, and some types alone come in here.
  private func printOtherDoors(settings: Settings, output: VerdictOutput) async throws {
    var fullHouse = settings
    fullHouse.door.capacity = 1
    fullHouse.rules.capacity = .enforce
    var doorOfTypes = settings
    doorOfTypes.rules.types = ["VIP"]
    for settings in [fullHouse, doorOfTypes] {
      let session = try ScanSession(settings: settings)
      try await session.run(codes: [Self.groupCode]) { outcome in
        StandardStreams.write(line: output.line(for: outcome))
      }
      await session.end()
    }
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
