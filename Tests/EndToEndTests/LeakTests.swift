import FaultServer
import Foundation
import ScreenReader
import Testing

extension EndToEndTests {
  /// What a service writes into its errors is in no log, no store and on no screen
  /// (Contract: Privacy and safety).
  @Suite struct LeakTests {
    private static let key = "sk-TopSecret-42xyz"
    private static let person = "Jelani Quorra jelani.quorra@example.com +34 612 34 56 78"

    /// What a gateway or a service may say of the request that it was asked.
    static let texts: [String] = [
      "Guest \(person) is blocked", "JELANI QUORRA, tel. (612)345678", "Invalid key \(key)",
      "bad header x-api-key: sk%2DTopSecret%2D42xyz", "key sk-TopSe and cret-42xyz",
      "token c2stVG9wU2VjcmV0LTQyeHl6 expired", "hex 736b2d546f705365637265742d343278797a",
      String(repeating: "x ", count: 2040) + key, String(repeating: "y", count: 4088) + " " + key,
      "no pass 70612345678 of jelani%2Equorra%40example.com", "王伟 already in",
    ]

    /// The same text in each form of an error.
    static func answers(_ text: String) -> [FaultServer.Step] {
      let json = String(
        decoding: (try? JSONEncoder().encode(["error": text, "customer_fullname": person]))
          ?? Data(),
        as: UTF8.self)
      let type = ["Content-Type: application/json; for=\"\(person)\""]
      return [
        .answer(400, json, headers: type), .answer(404, "<html>\(text)</html>"),
        .answer(500, text, headers: ["X-Debug: \(key)"]), .answer(401, json),
        .answer(200, #"{"success":false,"data":"# + json + "}"), .answer(200, text),
        .answer(429, json, headers: ["Retry-After: 0"]),
      ]
    }

    /// Nothing of these may be anywhere, in either case.
    static let needles: [String] = [
      "topsec", "cret-42", "42xyz", "c2stvg9w", "736b2d54", "jelani", "quorra", "example.com",
      "612 34", "345678", "70612345678", "王",
    ]

    private static let pass = """
      {"success":true,"data":{"_id":"p1","code":"GOODONE1","state":"activated","archived":false,
      "customer_fullname":"Ada Romero","customer_email":"jelani.quorra@example.com",
      "customer_phone":"612 34 56 78","passes_usages":[{"event_id":"E","beneficiaries":1}]}}
      """

    @Test func `Nothing of what a service says in its errors is kept`() async throws {
      let answers = Self.texts.flatMap(Self.answers)
      let server = try await FaultServer.start { number, request in
        if request.target.contains("by-code/GOODONE1") { return [.answer(200, Self.pass)] }
        return [request.target.contains("checkin") ? answers[0] : answers[number % answers.count]]
      }
      let store = BuiltProgram.newFolder()
      let environment = [
        "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": Self.key,
        "DOORCHECK_FOURVENUES_REQUESTS_PER_SECOND": "1000", "DOORCHECK_STORE_PATH": store,
        "DOORCHECK_CHECK_IN_REPORT": "true",
      ]
      var kept: [(place: String, text: String)] = []
      // Each text in each form comes to a look-up.
      let codes = answers.indices.map { "NOBODY\($0)" }
      let scan = ["scan", "--event", "E", "--format", "json"]
      for arguments in [
        scan + ["GOODONE1"], scan + codes, ["check", "--event", "E"],
        ["events"], ["rates", "--event", "E"], ["report", "--event", "E", "--format", "json"],
      ] {
        let result = try await BuiltProgram.run(arguments, environment: environment)
        kept.append((arguments[0], result.output + result.errors))
      }
      #expect(server.requests.count > answers.count)
      #expect(server.requests.contains { $0.target.contains("checkin") }, "an entry was reported")

      let log = BuiltProgram.newFolder()
      try Data().write(to: URL(filePath: log))
      let session = try TerminalSession(
        running: BuiltProgram.path, ["run", "--event", "E"],
        environment: BuiltProgram.environment(
          environment.merging(["TERM": "xterm-256color"]) { $1 }), errorPath: log)
      try await session.waitFor(text: "Scan a pass", deadline: .seconds(60))
      // Each text in each form once more, for the log.
      try session.type(answers.indices.map { "NOBODY\($0)\r" }.joined())
      _ = try await session.waitFor("the last verdict", deadline: .seconds(90)) { screen in
        screen.contains("#\(answers.count)")
          && ["service_error", "unauthorized", "rate_limited", "offline", "unknown_pass"]
            .contains(where: screen.shows)
      }
      session.program?.send(signal: SIGTERM)
      _ = try? await session.waitForEnd()
      try await server.stop()
      kept.append(("the screen", String(decoding: session.output, as: UTF8.self)))
      let logged = try String(contentsOfFile: log, encoding: .utf8)
      #expect(
        logged.split(separator: "\n").count { $0.contains("answer=") } > answers.count / 3,
        "there is something to look at: \(logged)")
      kept.append(("the log", logged))
      let names = try FileManager.default.contentsOfDirectory(atPath: store)
      #expect(names.contains("doorcheck.sqlite"))
      for name in names {
        let data = try Data(contentsOf: URL(filePath: "\(store)/\(name)"))
        kept.append((name, String(decoding: data, as: UTF8.self)))
      }
      for (place, text) in kept {
        let text = text.lowercased()
        for needle in Self.needles where text.contains(needle) {
          let lines = text.split(separator: "\n").filter { $0.contains(needle) }.prefix(3)
          Issue.record("\(needle) in \(place): \(lines.map { $0.prefix(300) })")
        }
      }
    }
  }
}
