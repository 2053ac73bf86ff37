import Foundation
import Glibc
import SandboxVenue
import ScreenReader
import SeededRandom
import TestSupport
import Testing

/// What befalls a night: slow disks, locks, clocks that are set, killed processes, broken pages.
extension FaultyNight {
  mutating func strike() async throws {
    let name: String
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1:
      name = "slow syncs"
      note(name)
      box.syncDelay = .milliseconds(Int.random(in: 0...3000, using: &random))
      scansUntilCalm = Int.random(in: 1...6, using: &random)
    case 2:
      name = "lock"
      note(name)
      try await lock?.value
      lock = Self.lock(folder, for: .milliseconds(Int.random(in: 0...10_000, using: &random)))
    case 3:
      name = "clock step"
      note(name)
      box.clockOffset = Double.random(in: -7200...(40 * 86_400), using: &random)
      scansUntilCalm = Int.random(in: 1...6, using: &random)
    case 4:
      name = "kill"
      note(name)
      let place: Place = Bool.random(using: &random) ? .stream : .screen
      try await kill(place)
      try await compare([place])
      try await start(place)
    case 5:
      name = "page at rest"
      note(name)
      for place in Place.allCases.shuffled(using: &random) { try await stop(place) }
      try await lock?.value
      try await mend()
      // What either of them had yet to write is gone with it.
      try await compare(Place.allCases)
      try await breakPage(sparingLast: 16)
      for place in Place.allCases.shuffled(using: &random) { try await start(place) }
    case 6:
      name = "page while open"
      note(name)
      // What only one process remembers is what is tried, not what nobody does.
      try await lock?.value
      try await breakPage()
    default:
      name = "orderly end"
      note(name)
      let place: Place = Bool.random(using: &random) ? .stream : .screen
      try await end(place)
      // What could not be saved is recorded by whoever looks next.
      try await start(place)
      try await compare([place])
    }
    tally.faults[name, default: 0] += 1
  }

  func calmDown() {
    box.syncDelay = .zero
    box.clockOffset = 0
  }

  private static func lock(_ folder: String, for time: Duration) -> Task<Void, any Error> {
    Task {
      // How long it lasts is what is tried; nothing is waited for.
      try await withStoreLocked(in: folder) { try await Task.sleep(for: time) }
    }
  }

  private mutating func kill(_ place: Place) async throws {
    switch place {
    case .stream:
      stream.kill()
      while await lines.next() != nil {}
    case .screen:
      screen.session.program?.send(signal: SIGKILL)
      _ = try await screen.session.waitForEnd()
    }
  }

  private mutating func end(_ place: Place) async throws {
    var isSaved = true
    switch place {
    case .stream:
      stream.endInput()
      while let line = await lines.next() {
        if case .diagnostic(let text) = line, text.contains("could not be saved:") {
          isSaved = false
        }
      }
    case .screen:
      screen.session.program?.send(signal: SIGTERM)
      _ = try await screen.session.waitForEnd(deadline: .seconds(30))
    }
    if isSaved { risks[place] = nil }
  }

  /// Ends a process, in one way or the other.
  private mutating func stop(_ place: Place) async throws {
    if Bool.random(using: &random) { try await kill(place) } else { try await end(place) }
  }

  /// Lets the program mend what is broken while nobody has the store open.
  func mend() async throws {
    calmDown()
    _ = try await BuiltProgram.run(
      ["scan", "--event", venue.tonightEventID],
      environment: Self.environment(venue, box, folder))
  }

  mutating func start(_ place: Place) async throws {
    let environment = Self.environment(venue, box, folder)
    switch place {
    case .stream:
      stream = try ScanStream(environment: environment, event: venue.tonightEventID)
      lines = stream.lines.makeAsyncIterator()
    case .screen:
      screen = try await DoorUnderTest(at: venue, environment: environment)
      scansOnScreen = 0
    }
  }

  /// Zeroes or overwrites a page of the store or of its log.
  /// - Parameter spared: pages at the end of the log: broken at rest, they are as a commit that was cut
  ///   off leaves them.
  private mutating func breakPage(sparingLast spared: Int = 0) async throws {
    let size = 4096
    var path = folder + "/doorcheck.sqlite-wal"
    var pages = ((try? Data(contentsOf: URL(filePath: path)))?.count ?? 0) / size - spared
    if pages <= 0 || Int.random(in: 0..<4, using: &random) > 0 {
      path = folder + "/doorcheck.sqlite"
      // A door may just be putting a new one in its place.
      try await wait(for: "a store") { [path] in FileManager.default.fileExists(atPath: path) }
      pages = try Data(contentsOf: URL(filePath: path)).count / size
    }
    let first = Int.random(in: 0..<max(1, pages), using: &random) * size
    let isZero = Bool.random(using: &random)
    let bytes = Data(
      (0..<size).map { _ in isZero ? 0 : UInt8.random(in: 0...255, using: &random) })
    let file = try FileHandle(forUpdating: URL(filePath: path))
    try file.seek(toOffset: UInt64(first))
    try file.write(contentsOf: bytes)
    try file.close()
  }
}
