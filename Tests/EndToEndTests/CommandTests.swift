import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  @Suite struct CommandTests {
    /// The fields of a verdict's line, in order (Contract: Columns).
    static let fields = [
      "code", "verdict", "reason", "message", "pass_id", "customer", "pass_type", "event_id",
      "allowed", "used", "admitted", "remaining", "source", "age_seconds", "door", "at",
      "latency_ms",
    ]

    @Test func `Scan prints the contract's line for the vendor's sample`() async throws {
      let venue = try await SandboxVenue.start()
      let result = try await BuiltProgram.run(
        [
          "scan", "--format", "json", "--event", "el4gr63f00xkq01i1d8jh5ohuzaZhvoE", "P6J21FF2S",
        ],
        environment: DoorUnderTest.settings(for: venue))
      #expect(result.exitCode == 1)
      #expect(result.lines.count == 1)
      let object = try #require(try result.objects().first)
      #expect(Set(object.keys) == Set(Self.fields))
      let order = Self.fields.compactMap { result.output.range(of: "\"\($0)\":")?.lowerBound }
      #expect(order == order.sorted())
      #expect(object["code"] as? String == "P6J21FF2S")
      #expect(object["verdict"] as? String == "refuse")
      #expect(object["reason"] as? String == "already_used")
      #expect(object["customer"] as? String == "Miguel Perez")
      #expect(object["pass_type"] as? String == "Premium 7 dias")
      #expect(object["pass_id"] as? String == "Pl4gr84v20xqu01js0ybj42s6vYtIz1T")
      let counts = ["allowed", "used", "admitted", "remaining"].map { object[$0] as? Int }
      #expect(counts == [1, 1, 0, 0])
      #expect(object["source"] as? String == "live")
      #expect(object["age_seconds"] as? Int == 0)
      #expect(object["door"] as? String == "North")
      let at = try #require(object["at"] as? String)
      // The night is in winter or summer time, as Madrid keeps it.
      #expect(at.hasSuffix("+01:00") || at.hasSuffix("+02:00"))
      #expect(try Date(at, strategy: .iso8601).timeIntervalSinceNow < 60)
      await venue.stop()
    }

    struct Run: Sendable {
      var codes: [String]
      var exitCode: Int32
      var reasons: [String]
    }

    static let runs: [Run] = [
      Run(codes: ["ADA4M7X2"], exitCode: 0, reasons: ["valid"]),
      Run(codes: ["ADA4M7X2", "CANCEL88"], exitCode: 1, reasons: ["valid", "not_active"]),
      Run(
        codes: ["CANCEL88", "ERROR500", "ADA4M7X2"], exitCode: 2,
        reasons: ["not_active", "service_error", "valid"]),
      Run(codes: ["??"], exitCode: 2, reasons: ["unreadable_code"]),
      Run(codes: ["NOSUCH404"], exitCode: 1, reasons: ["unknown_pass"]),
      Run(codes: ["ADA4M7X2", "ADA4M7X2"], exitCode: 0, reasons: ["valid", "repeat_scan"]),
      Run(
        codes: ["ADA4M7X2", "DUO2K9P4", "ADA4M7X2"], exitCode: 1,
        reasons: ["valid", "valid", "already_used"]),
      Run(codes: [" ]C1ADA4M7X2 "], exitCode: 0, reasons: ["valid"]),
    ]

    @Test(arguments: runs)
    func `Scan says by its exit code how it went`(run: Run) async throws {
      let (codes, exitCode, reasons) = (run.codes, run.exitCode, run.reasons)
      let venue = try await SandboxVenue.start()
      let options = ["scan", "--format", "json", "--event", venue.tonightEventID]
      let environment = DoorUnderTest.settings(for: venue)
      let fromArguments = try await BuiltProgram.run(options + codes, environment: environment)
      #expect(fromArguments.exitCode == exitCode)
      #expect(try fromArguments.objects().map { $0["reason"] as? String } == reasons)
      for separator in ["\n", "\r\n", "\t"] {
        // The last one ends with the input.
        let fromInput = try await BuiltProgram.run(
          options, environment: environment, input: codes.joined(separator: separator))
        #expect(fromInput.exitCode == exitCode)
        #expect(try fromInput.objects().map { $0["reason"] as? String } == reasons)
      }
      await venue.stop()
    }

    @Test(arguments: [
      ("DOORCHECK_SCANNER_PATTERN", "scanner.pattern", "^(A+)+$"),
      ("DOORCHECK_SCANNER_EXTRACT", "scanner.extract", "^(?:A+)+(B)$"),
    ])
    func `A code that takes too long to match says which setting it is`(
      variable: String, key: String, expression: String
    ) async throws {
      let venue = try await SandboxVenue.start()
      let code = String(repeating: "A", count: 40) + "!B"
      let environment = DoorUnderTest.settings(for: venue).merging([variable: expression]) { $1 }
      let result = try await BuiltProgram.run(
        ["scan", "--format", "json", "--event", venue.tonightEventID, code],
        environment: environment)
      #expect(result.exitCode == 2)
      let object = try #require(try result.objects().first)
      #expect(object["reason"] as? String == "unreadable_code")
      #expect((object["message"] as? String)?.contains("too slow to check") == true)
      #expect(result.errors.contains("\(key) takes too many steps for AA…A!B"), "\(result.errors)")
      #expect(!result.errors.contains("AAAAA"))
      #expect(result.errors.split(separator: "\n").count == 1)
      await venue.stop()
      let door = try await DoorUnderTest(environment: [variable: expression])
      try door.scan(code)
      let screen = try await door.waitForVerdict(1, "unreadable_code")
      #expect(screen.contains("too slow to check"), "\(screen.text)")
      // To scan it again would take as long.
      #expect(screen.contains("F4") && screen.contains("Marta 600"), "\(screen.text)")
      await door.end()
    }

    @Test func `A dry run admits nobody`() async throws {
      let venue = try await SandboxVenue.start()
      let result = try await BuiltProgram.run(
        [
          "scan", "--dry-run", "--event", venue.tonightEventID, "--format", "json", "ADA4M7X2",
          "DUO2K9P4", "ADA4M7X2",
        ], environment: DoorUnderTest.settings(for: venue))
      #expect(try result.objects().map { $0["reason"] as? String } == ["valid", "valid", "valid"])
      await venue.stop()
    }

    @Test func `Text is aligned, without colours in a pipe, and shows no whole code`() async throws
    {
      let venue = try await SandboxVenue.start()
      let result = try await BuiltProgram.run(
        ["scan", "--event", venue.tonightEventID, "P6J21FF2S", "ESCAPES1"],
        environment: DoorUnderTest.settings(for: venue))
      #expect(result.lines.count == 2)
      #expect(result.lines[0].contains("already_used"))
      #expect(result.lines[0].contains("P6…F2S"))
      #expect(!result.output.contains("\u{1B}"))
      await venue.stop()
    }

    @Test func `Without a service every code is unverified, never red`() async throws {
      let venue = try await SandboxVenue.start()
      let environment = DoorUnderTest.settings(for: venue)
      await venue.stop()
      let result = try await BuiltProgram.run(
        ["scan", "--event", "el", "--format", "json", "ADA4M7X2"], environment: environment)
      #expect(result.exitCode == 2)
      #expect(try result.objects().map { $0["reason"] as? String } == ["offline"])
    }

    @Test func `The demo without a terminal shows every reason and exits 0`() async throws {
      let result = try await BuiltProgram.run(["demo"])
      #expect(result.exitCode == 0)
      for reason in [
        "unreadable_code", "no_event", "unauthorized", "rate_limited", "service_error", "offline",
        "unknown_pass", "wrong_organization", "archived", "not_active", "not_tonight", "too_early",
        "too_late", "already_used", "venue_full", "wrong_door", "valid",
      ] {
        #expect(
          result.lines.contains { $0.split(separator: " ").contains(Substring(reason)) },
          "\(reason)\n\(result.output)")
      }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `The stand-in venue leaves the signals of a demo alone`(signal: Int32) async throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
      process.arguments = ["demo"]
      process.environment = BuiltProgram.environment()
      let output = Pipe()
      (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, output)
      try process.run()
      // One guest hangs until the deadline, so the demo is still at work after its first line.
      _ = try output.fileHandleForReading.read(upToCount: 1)
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal)
      #expect(process.terminationStatus == signal)
    }

    @Test func `The door screen without a terminal names scan`() async throws {
      for arguments in [["run"], []] {
        let result = try await BuiltProgram.run(arguments)
        #expect(result.exitCode == 64)
        #expect(result.output == "")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("doorcheck scan"))
      }
    }

    @Test(arguments: [
      ("fourvenues:\n  api_kee: k\n", "api_key", "2:"),
      ("doors:\n  name: x\n", "door", "1:"),
      ("door:\n  name: [a, b]\n", "door.name", "2:"),
      ("rules:\n  hours: sometimes\n", "enforce", "2:"),
    ])
    func `A mistake in the configuration names its line, and what was meant`(
      file: String, expected: String, line: String
    ) async throws {
      let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("doorcheck-\(UUID().uuidString).yaml")
      try Data(file.utf8).write(to: path)
      defer { try? FileManager.default.removeItem(at: path) }
      let result = try await BuiltProgram.run(
        ["scan", "--config", path.path, "ADA4M7X2"],
        environment: ["DOORCHECK_FOURVENUES_API_KEY": "very-secret"])
      #expect(result.exitCode == 78)
      #expect(result.output == "")
      #expect(result.errors.contains(expected), "\(result.errors)")
      #expect(result.errors.contains(".yaml:\(line)"), "\(result.errors)")
      #expect(!result.errors.contains("very-secret"))
    }

    @Test func `Without credentials nothing is asked`() async throws {
      let result = try await BuiltProgram.run(["scan", "ADA4M7X2"])
      #expect(result.exitCode == 78)
      #expect(result.errors.contains("fourvenues.api_key"))
    }

    @Test(arguments: [[], ["run"], ["demo"], ["scan"], ["sandbox"]])
    func `Every command has its help`(command: [String]) async throws {
      let result = try await BuiltProgram.run(command + ["--help"])
      #expect(result.exitCode == 0)
      #expect(result.output.contains("USAGE: doorcheck"))
    }

    @Test func `A wrong option is a usage error`() async throws {
      #expect(try await BuiltProgram.run(["scan", "--no-such-option"]).exitCode == 64)
    }
  }
}
