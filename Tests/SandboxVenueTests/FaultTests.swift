import Foundation
import SandboxVenue
import TestSupport
import Testing

/// Faults over real HTTP. Shares are 1, so that each request has the fault.
@Suite(.timeLimit(.minutes(2)))
struct FaultTests {
  private static let sampleHead =
    "GET /integrations/v2/passes/by-code/P6J21FF2S HTTP/1.1\r\nHost: x\r\n\r\n"

  private func options(_ change: (inout SandboxFaults) -> Void) -> SandboxOptions {
    var options = SandboxOptions()
    change(&options.faults)
    return options
  }

  @Test func `Failures are the same for a seed`() async throws {
    func statuses(seed: UInt64) async throws -> [Int] {
      let options = options {
        $0.seed = seed
        $0.fail = 0.5
        $0.failStatuses = [500, 503]
      }
      return try await withVenue(options) { visit in
        var statuses: [Int] = []
        for _ in 0..<40 {
          statuses.append(try await visit.get("/v2/passes/by-code/P6J21FF2S").status)
        }
        return statuses
      }
    }
    let once = try await statuses(seed: 5)
    #expect(Set(once) == [200, 500, 503])
    #expect(try await statuses(seed: 5) == once)
    #expect(try await statuses(seed: 6) != once)
  }

  @Test(arguments: SandboxFaults.Lie.allCases)
  func `Every lie is told under 200`(lie: SandboxFaults.Lie) async throws {
    let options = options {
      $0.lie = 1
      $0.lies = [lie]
    }
    let answer = try await withVenue(options) { try await $0.get("/v2/passes/by-code/P6J21FF2S") }
    #expect(answer.status == 200)
    switch lie {
    case .otherPass:
      let code = try #require(try answer.json["data"]["code"].string)
      #expect(code != "P6J21FF2S")
    case .halfJSON:
      #expect(try sample("pass-by-code.json").starts(with: answer.body))
      #expect(throws: (any Error).self) { _ = try answer.json }
    case .html:
      #expect(answer.headers["content-type"]?.hasPrefix("text/html") == true)
      #expect(throws: (any Error).self) { _ = try answer.json }
    case .null:
      #expect(answer.text == "null")
    case .wrongShape:
      #expect(try answer.json["data"]["code"].number != nil)
    case .hugeBody:
      #expect(answer.body.count > 32 << 20)
    }
  }

  @Test func `Drip comes whole in the end`() async throws {
    let options = options {
      $0.drip = 1
      $0.dripMilliseconds = 5
    }
    let start = ContinuousClock.now
    let answer = try await withVenue(options) { try await $0.get("/v2/passes/by-code/P6J21FF2S") }
    // A fault that must be there: 20 pieces cannot come sooner.
    #expect(start.duration(to: .now) >= .milliseconds(20 * 5))
    #expect(try answer.body == sample("pass-by-code.json"))
  }

  @Test func `The latency is waited for`() async throws {
    let options = options {
      $0.latencyMilliseconds = 150
      $0.slow = 1
      $0.slowMilliseconds = 150
    }
    let start = ContinuousClock.now
    let answer = try await withVenue(options) { try await $0.get("/v2/passes/by-code/P6J21FF2S") }
    #expect(start.duration(to: .now) >= .milliseconds(300))
    #expect(answer.status == 200)
  }

  @Test func `Hang up ends the connection before or amid the answer`() async throws {
    let options = options { $0.hangUp = 1 }
    try await withVenue(options) { visit in
      var lengths: [Int] = []
      var resets = 0
      for _ in 0..<16 {
        // Returns (or throws, on a reset) only because the venue closes: nothing here does.
        guard
          let received = try? await exchange(port: visit.venue.port, Array(Self.sampleHead.utf8))
        else {
          resets += 1
          continue
        }
        lengths.append(received.count)
        let text = String(decoding: received, as: UTF8.self)
        #expect(received.isEmpty || text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(!text.contains("checked_in"), "the end of the answer must not arrive")
      }
      #expect(lengths.contains(0))
      #expect(lengths.contains { $0 > 200 })
      #expect(resets > 0)
      await #expect(throws: (any Error).self) {
        _ = try await visit.get("/v2/passes/by-code/P6J21FF2S")
      }
    }
  }

  @Test func `Hang lasts until the client leaves or the time is over`() async throws {
    let options = options {
      $0.hang = 1
      $0.hangSeconds = 1
    }
    try await withVenue(options) { visit in
      let received = try await exchange(port: visit.venue.port, Array(Self.sampleHead.utf8))
      #expect(received.isEmpty)
    }
  }

  @Test func `Silent guest does not answer and the venue stops all the same`() async throws {
    let venue = try await SandboxVenue.start()
    let head = Self.sampleHead.replacing("P6J21FF2S", with: "OFFLINE60")
    let silence = Task { try? await exchange(port: venue.port, Array(head.utf8)) }
    try await wait(for: "the request") { venue.requestCount > 0 }
    let start = ContinuousClock.now
    await venue.stop()
    #expect(start.duration(to: .now) < .seconds(30))
    #expect(await silence.value ?? [] == [])
  }

  @Test func `The network goes and comes back`() async throws {
    try await withVenue { visit in
      func answers() async -> Bool {
        (try? await visit.get("/v2/passes/by-code/P6J21FF2S"))?.status == 200
      }
      #expect(await answers())
      visit.venue.setDown(true)
      #expect(await !answers())
      #expect(visit.venue.faults.down)
      visit.venue.setDown(false)
      #expect(await answers())

      let off = try await visit.control("PUT", "/faults", #"{"down": true}"#)
      #expect(off.status == 200)
      #expect(try off.json["down"].bool == true)
      #expect(await !answers())
      #expect(try await visit.control("GET", "/faults").json["down"].bool == true)
      _ = try await visit.control("PUT", "/faults", #"{"down": false, "latency_ms": 1}"#)
      #expect(await answers())
      #expect(visit.venue.faults.latencyMilliseconds == 1)
    }
  }

  @Test func `Faults can be set in the process`() async throws {
    try await withVenue { visit in
      var faults = SandboxFaults()
      faults.fail = 1
      faults.failStatuses = [502]
      try visit.venue.setFaults(faults)
      let failing = try await visit.get("/v2/passes/by-code/P6J21FF2S")
      #expect(failing.status == 502)
      faults.fail = 7
      #expect(throws: SandboxError.self) { try visit.venue.setFaults(faults) }
      try visit.venue.setFaults(SandboxFaults())
      let working = try await visit.get("/v2/passes/by-code/P6J21FF2S")
      #expect(working.status == 200)
    }
  }

  @Test func `Faults of one endpoint leave the others alone`() async throws {
    let options = options {
      $0.endpoints = [.passes]
      $0.down = true
    }
    try await withVenue(options) { visit in
      let pass = try await visit.get("/v2/passes/by-code/P6J21FF2S")
      #expect(pass.status == 200)
      let passes = try? await visit.get("/v2/passes/?event_id=\(visit.venue.tonightEventID)")
      #expect(passes?.status == nil)
    }
  }

  @Test func `Every fault can be set by name`() async throws {
    let body = """
      {"seed":18446744073709551615,"endpoints":["check-in"],"down":false,"latency_ms":1,"jitter_ms":2,"slow":0.1,"slow_ms":3,
       "fail":0.2,"fail_statuses":[502],"lie":0.3,"lies":["html","huge_body"],"drip":0.05,
       "drip_ms":4,"hang_up":0.06,"hang":0.07,"hang_seconds":5}
      """
    try await withVenue { visit in
      let answer = try await visit.control("PUT", "/faults", body)
      #expect(answer.status == 200)
      var expected = SandboxFaults()
      expected.seed = .max
      expected.endpoints = [.checkIn]
      expected.latencyMilliseconds = 1
      expected.jitterMilliseconds = 2
      expected.slow = 0.1
      expected.slowMilliseconds = 3
      expected.fail = 0.2
      expected.failStatuses = [502]
      expected.lie = 0.3
      expected.lies = [.html, .hugeBody]
      expected.drip = 0.05
      expected.dripMilliseconds = 4
      expected.hangUp = 0.06
      expected.hang = 0.07
      expected.hangSeconds = 5
      #expect(visit.venue.faults == expected)
      #expect(try answer.json == JSONDecoder().decode(JSON.self, from: Data(body.utf8)))
    }
  }

  @Test(arguments: [
    "", "{", "[]", "null", "1", #"{"down":"yes"}"#, #"{"donw":true}"#, #"{"fail":2}"#,
    #"{"fail":0.5,"hang":-1}"#, #"{"fail_statuses":[200]}"#, #"{"lies":["maybe"]}"#,
    #"{"latency_ms":1e99}"#, #"{"endpoints":["passes","none"]}"#,
  ])
  func `Bad faults are 400 and change nothing`(body: String) async throws {
    try await withVenue { visit in
      let answer = try await visit.control("PUT", "/faults", body)
      #expect(answer.status == 400)
      #expect(try answer.json["error"].string != nil)
      #expect(visit.venue.faults == SandboxFaults())
    }
  }
}
