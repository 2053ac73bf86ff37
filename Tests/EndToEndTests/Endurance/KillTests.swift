import SandboxVenue
import Testing

extension EnduranceTests {
  /// Kill -9 at random moments of a stream of scans: what was green is in the store, once.
  @Suite struct KillTests {
    @Test func `Nothing that was green is lost to a kill, and nobody is in twice`() async throws {
      let plan = EndurancePlan()
      var door = try await KilledDoor(seed: plan.seed, folder: BuiltProgram.newFolder())
      for number in 0..<plan.kills {
        // Every fifth time it is the door screen that is killed.
        if number % 5 == 4 {
          try await killScreen(&door)
        } else {
          try await killScan(&door)
        }
      }
      print("Kills, seed \(plan.seed): \(door.tally)")
      #expect(door.tally.kills == plan.kills)
      await door.venue.stop()
    }

    private func killScan(_ door: inout KilledDoor) async throws {
      let count = door.crowd.number(in: 100...250)
      let codes = (0..<count).map { _ in door.crowd.draw(repeats: true).code }
      let isEarly = door.crowd.number(in: 1...8) == 1
      let killAt = isEarly ? 0 : door.crowd.number(in: 1...count - 20)
      // The moment of the kill is what is tried; nothing is waited for.
      let pause = Duration.microseconds(door.crowd.number(in: 0...(isEarly ? 500_000 : 20_000)))
      let stream = try door.scan()
      stream.feed(codes)
      if killAt == 0 {
        try await Task.sleep(for: pause)
        stream.kill()
      }
      var told: [KilledDoor.Told] = []
      for await line in stream.lines {
        switch line {
        case .verdict(let line): told.append(KilledDoor.Told(line))
        case .diagnostic(let text): Issue.record("\(text)")
        }
        if told.count == killAt {
          try await Task.sleep(for: pause)
          stream.kill()
        }
      }
      try await door.restart(after: told)
    }

    private func killScreen(_ door: inout KilledDoor) async throws {
      try await door.restart(
        after: try await door.showUntilKilled(at: door.crowd.number(in: 1...25)))
    }
  }
}
