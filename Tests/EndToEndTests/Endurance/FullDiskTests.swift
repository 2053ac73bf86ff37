import SandboxVenue
import Testing

extension EnduranceTests {
  /// The same kills around a disk that fills up in the midst: what was not said to be unrecorded is in
  /// the store, and no run lets anybody in twice. The program says that it is not recording before
  /// the first green that it cannot record.
  @Suite(.enabled(if: FullDisk.isPossible, "needs to mount: Config/endure sees to it"))
  struct FullDiskTests {
    /// What the disk does to a run.
    private enum Course: String, CaseIterable {
      /// It fills up in the midst.
      case fillsUp
      /// It fills up, and somebody makes room.
      case isEmptied
      /// It is full when the program starts, after a kill.
      case isFull
      /// It fills up while the door screen runs.
      case fillsUpOnScreen
    }

    @Test func `A full disk loses nothing that was promised`() async throws {
      let plan = EndurancePlan()
      let disk = try FullDisk(megabytes: 64)
      var door = try await KilledDoor(seed: plan.seed, folder: disk.path + "/store")
      var fullRuns: [Course: Int] = [:]
      var runs = 0
      while door.tally.kills < plan.fullKills {
        let course = Course.allCases[runs % Course.allCases.count]
        runs += 1
        let isFull =
          switch course {
          case .fillsUp: try await killScan(&door, disk, isEmptied: false)
          case .isEmptied: try await killScan(&door, disk, isEmptied: true)
          case .isFull: try await startFull(&door, disk)
          case .fillsUpOnScreen: try await killScreen(&door, disk)
          }
        if isFull {
          fullRuns[course, default: 0] += 1
          door.tally.killsWhenFull += 1
        }
      }
      let courses = Course.allCases.map { "\($0.rawValue) \(fullRuns[$0, default: 0])" }
      print("Full disk, seed \(plan.seed): \(door.tally); full: \(courses.joined(separator: ", "))")
      // Kills come at random moments, but not so that the disk is never full.
      #expect(door.tally.killsWhenFull * 4 > runs)
      await door.venue.stop()
    }

    /// - Returns: whether anything could not be recorded.
    private func killScan(
      _ door: inout KilledDoor, _ disk: FullDisk, isEmptied: Bool
    ) async throws -> Bool {
      try disk.fill(leaving: door.crowd.number(in: 0...Self.mostRoom))
      let told = try await scan(&door, disk, isEmptied: isEmptied)
      try disk.empty()
      try await door.restart(after: told.lines, isJournalWhole: told.isRecording)
      return !told.isRecording
    }

    private func startFull(_ door: inout KilledDoor, _ disk: FullDisk) async throws -> Bool {
      try disk.fill(leaving: door.crowd.number(in: 0...Self.mostRoom))
      let first = try await scan(&door, disk, isEmptied: false)
      try door.look(after: first.lines, isJournalWhole: first.isRecording)
      try disk.fill(leaving: 0)
      let second = try await scan(&door, disk, isEmptied: false)
      try disk.empty()
      try await door.restart(after: second.lines, isJournalWhole: second.isRecording)
      return !second.isRecording
    }

    /// Scans until the kill.
    private func scan(
      _ door: inout KilledDoor, _ disk: FullDisk, isEmptied: Bool
    ) async throws -> (lines: [KilledDoor.Told], isRecording: Bool) {
      let count = door.crowd.number(in: 100...200)
      let more = isEmptied ? 40 : 0
      let killAt = door.crowd.number(in: isEmptied ? count + 1...count + 30 : 40...count - 10)
      let pause = Duration.microseconds(door.crowd.number(in: 0...20_000))
      let stream = try door.scan()
      stream.feed((0..<count).map { _ in door.crowd.draw(repeats: true).code })
      var told: [KilledDoor.Told] = []
      var isRecording = true
      for await line in stream.lines {
        switch line {
        case .verdict(let line):
          told.append(KilledDoor.Told(line))
          if !isRecording { told[told.count - 1].isPromised = false }
        case .diagnostic(let text):
          try #require(text.hasPrefix("doorcheck: not recording"))
          isRecording = false
          continue
        }
        if told.count == count, more > 0 {
          try disk.empty()
          stream.feed((0..<more).map { _ in door.crowd.draw(repeats: false).code })
        }
        if told.count == killAt {
          // The moment of the kill is what is tried; nothing is waited for.
          try await Task.sleep(for: pause)
          stream.kill()
        }
      }
      if isEmptied,
        let last = told.indices.dropFirst(count).last(where: {
          told[$0].isGreen && !told[$0].isLate
        })
      {
        // There was room again: what was missing is written down before one is recorded in time.
        for index in 0...last { told[index].isPromised = true }
      }
      return (told, isRecording)
    }

    private func killScreen(_ door: inout KilledDoor, _ disk: FullDisk) async throws -> Bool {
      try disk.fill(leaving: door.crowd.number(in: 0...Self.mostRoom / 2))
      let told = try await door.showUntilKilled(at: door.crowd.number(in: 10...40))
      try disk.empty()
      let isRecording = told.allSatisfy(\.isPromised)
      try await door.restart(after: told, isJournalWhole: isRecording)
      return !isRecording
    }

    /// Bytes: an admission takes some 30,000 of them.
    private static let mostRoom = 3_000_000
  }
}
