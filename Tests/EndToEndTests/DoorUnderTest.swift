import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Testing

/// The built program's door screen in a real terminal, against a stand-in venue over real HTTP.
final class DoorUnderTest: Sendable {
  let venue: RunningVenue
  let session: TerminalSession

  /// - Parameters:
  ///   - event: of `--event`; nil is the venue's own tonight.
  ///   - environment: on top of a fixed one.
  ///   - ready: what the idle screen says.
  convenience init(
    term: String = "xterm-256color", columns: Int = 80, rows: Int = 24, event: String? = nil,
    options: SandboxOptions = SandboxOptions(), environment: [String: String] = [:],
    ready: String = "Scan a pass"
  ) async throws {
    try await self.init(
      at: SandboxVenue.start(options), term: term, columns: columns, rows: rows, event: event,
      environment: environment, ready: ready)
  }

  /// - Parameter tracer: a program, with its arguments, that starts ours and looks on.
  init(
    through tracer: [String] = [], at venue: RunningVenue, term: String = "xterm-256color",
    columns: Int = 80, rows: Int = 24, event: String? = nil, environment: [String: String] = [:],
    ready: String = "Scan a pass"
  ) async throws {
    self.venue = venue
    let command =
      tracer + [BuiltProgram.path, "run", "--event", event ?? venue.tonightEventID]
    session = try TerminalSession(
      running: command[0], Array(command.dropFirst()),
      environment: BuiltProgram.environment(
        Self.settings(for: venue).merging(["TERM": term]) { $1 }.merging(environment) { $1 }),
      columns: columns, rows: rows)
    // An event that the service does not know is asked about in the place of those words.
    _ = try await session.waitFor("the idle screen", deadline: .seconds(60)) {
      $0.contains(ready) || $0.contains("KNOWS NO EVENT")
    }
  }

  /// What a venue would configure, as environment variables.
  static func settings(for venue: RunningVenue) -> [String: String] {
    [
      "DOORCHECK_FOURVENUES_BASE_URL": venue.baseURL,
      "DOORCHECK_FOURVENUES_API_KEY": "test",
      "DOORCHECK_FOURVENUES_REQUESTS_PER_SECOND": "1000",
      "DOORCHECK_DOOR_NAME": "North",
      "DOORCHECK_DOOR_HELP": "Marta 600",
      "DOORCHECK_DOOR_ORGANIZATION_ID": SandboxVenue.organizationID,
    ]
  }

  /// Types as a scanner does: the code and its terminator in one burst.
  func scan(_ code: String, terminator: String = "\r") throws {
    try session.type(code + terminator)
  }

  /// The pause between two guests, after which nothing belongs to what came before: a part of what is
  /// typed, not a wait for a state.
  func pauseTyping() async throws { try await pauseOfTyping(.milliseconds(1200)) }

  /// Presses a key as a finger does: a sequence is a key only if nothing comes close to it.
  /// The pauses are what is typed, not a wait for a state.
  func press(_ sequence: String) async throws {
    let pause = Duration.milliseconds(80)
    try await pauseOfTyping(pause)
    try session.type(sequence)
    try await pauseOfTyping(pause)
  }

  /// Waits for the panel of a verdict: its running number, and its reason in English.
  @discardableResult
  func waitForVerdict(_ number: Int, _ reason: String) async throws -> Screen {
    try await session.waitFor("#\(number) \(reason)") { screen in
      // A big screen comes in pieces: what is left of the panel before goes last.
      screen.contains("#\(number)") && screen.shows(reason) && !screen.contains("Looking up")
    }
  }

  /// Ends the program and the venue.
  func end() async {
    session.program?.send(signal: SIGTERM)
    _ = try? await session.waitForEnd()
    await venue.stop()
  }
}

/// Lets time pass that is a part of what is typed: a finger's, or the scanner's between two guests. No
/// state of the program tells when it is over; whatever it shows is waited for.
func pauseOfTyping(_ time: Duration) async throws { try await ContinuousClock().sleep(for: time) }

extension TerminalSession {
  /// The door screen for an event, by default E, of a service of the test's own.
  static func door(
    at server: FaultServer, event: String = "E", environment: [String: String] = [:],
    columns: Int = 100, rows: Int = 24
  ) throws -> TerminalSession {
    try TerminalSession(
      running: BuiltProgram.path, ["run", "--event", event],
      environment: BuiltProgram.environment(
        [
          "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k",
          "TERM": "xterm-256color",
        ].merging(environment) { $1 }),
      columns: columns, rows: rows)
  }
}

extension Screen {
  /// Whether a word stands somewhere with nothing but blanks around it.
  func hasWord(_ word: String) -> Bool {
    cells.indices.contains { row in
      text(row: row).split(separator: " ").contains(Substring(word))
    }
  }

  /// The colour of most of the screen between header and list: the panel is what the first rows
  /// beneath the header belong to, where no banner stands there.
  var panelColour: PanelColour { rows > 3 ? PanelColour(of: cells[3].dropLast(2).last) : .none }

  /// The colour beneath a text on the panel, wherever banners have moved it.
  func panelColour(at text: String) -> PanelColour { PanelColour(of: cell(at: text)) }
}

enum PanelColour: Sendable {
  case green, red, amber, blue, other, none

  init(of cell: ScreenCell?) {
    // The panel's edge is reversed while a verdict is new.
    guard let cell, case let shown = cell.isReverse ? cell.foreground : cell.background,
      !shown.isDefault
    else {
      self = .none
      return
    }
    let (red, green, blue) = (Int(shown.red), Int(shown.green), Int(shown.blue))
    self =
      if green > red + 40, green > blue + 20 {
        .green
      } else if red > 100, green > 70, blue < 100 {
        .amber
      } else if red > green + 40, red > blue + 40 {
        .red
      } else if blue > red + 40, blue > green {
        .blue
      } else {
        .other
      }
  }
}
