import FaultServer
import Foundation
import ScreenReader
import Testing

extension EndToEndTests {
  /// A box behind a proxy.
  @Suite struct ProxyTests {
    private static let address = "https://elsewhere.example/integrations"
    private static let basic = "Basic \(Data("ana:s3cret-word".utf8).base64EncodedString())"

    private static func environment(_ proxy: Forwarder, _ more: [String: String] = [:]) -> [String:
      String]
    {
      [
        "DOORCHECK_FOURVENUES_BASE_URL": address, "DOORCHECK_FOURVENUES_API_KEY": "k",
        "HTTPS_PROXY": "http://ana:s3cret-word@127.0.0.1:\(proxy.port)",
      ].merging(more) { $1 }
    }

    private func hidesCredentials(_ result: BuiltProgram.Result) -> Bool {
      let text = result.output + result.errors
      return !text.contains("s3cret") && !text.contains("ana:")
        && !text.contains(Self.basic.dropFirst(6))
    }

    @Test func `The proxy is asked, and its failure is offline`() async throws {
      let certificates = try TestCertificates()
      defer { certificates.remove() }
      let server = try await FaultServer.start(tls: try certificates.context(.other)) { _, _ in
        [.answer(404, "")]
      }
      // The service behind the tunnel, whose certificate this box does not trust; a proxy that wants
      // another password; one that goes nowhere.
      let kinds: [(Forwarder.Kind, String)] = [
        (.proxy(authorization: Self.basic), "certificate"),
        (.proxy(authorization: "Basic other"), "HTTPS_PROXY"),
        (.refusingProxy("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"), "HTTPS_PROXY"),
      ]
      for (kind, cause) in kinds {
        let proxy = try await Forwarder.start(kind, to: server.port)
        let scan = try await BuiltProgram.run(
          ["scan", "--event", "E", "--format", "json", "ABCD1"],
          environment: Self.environment(proxy))
        #expect(try scan.objects().first?["reason"] as? String == "offline")
        #expect(hidesCredentials(scan), "\(scan.errors)")
        #expect(
          proxy.connectHeads.allSatisfy {
            $0.hasPrefix("CONNECT elsewhere.example:443 ") && $0.contains(Self.basic)
          })
        #expect(!proxy.connectHeads.isEmpty)
        let check = try await BuiltProgram.run(
          ["check", "--event", "E", "--format", "json"], environment: Self.environment(proxy))
        #expect(hidesCredentials(check), "\(check.output)")
        let service = try check.objects().first { $0["point"] as? String == "service" }
        let message = service?["message"] as? String ?? ""
        #expect(message.contains("through the proxy 127.0.0.1:\(proxy.port)"), "\(message)")
        let advice = service?["next_step"] as? String ?? ""
        #expect((message + advice).contains(cause), "\(message)")
        #expect(check.exitCode == 69)
        try await proxy.stop()
      }
      #expect(server.requests.isEmpty)
      try await server.stop()
    }

    @Test func `What is excepted and this machine go around it`() async throws {
      let server = try await FaultServer.start { _, request in
        [.answer(200, request.target.contains("by-code") ? FaultyServiceTests.pass : "[]")]
      }
      let proxy = try await Forwarder.start(.refusingProxy("HTTP/1.1 403 No\r\n\r\n"), to: 1)
      let local = try await BuiltProgram.run(
        ["scan", "--event", "E", "ABCD1"],
        environment: Self.environment(proxy, ["DOORCHECK_FOURVENUES_BASE_URL": server.url]))
      #expect(local.exitCode == 0)
      let excepted = try await BuiltProgram.run(
        ["scan", "--event", "E", "--format", "json", "ABCD1"],
        environment: Self.environment(proxy, ["no_proxy": "localhost,.example"]))
      #expect(try excepted.objects().first?["reason"] as? String == "offline")
      #expect(proxy.connections == 0)
      try await proxy.stop()
      try await server.stop()
    }

    @Test(arguments: ["htps://ana:s3cret-word@proxy:3128", "http://ana:s3cret-word@proxy:99999"])
    func `A slip is a configuration error that quotes nothing`(value: String) async throws {
      let result = try await BuiltProgram.run(
        ["scan", "ABCD1"],
        environment: ["DOORCHECK_FOURVENUES_API_KEY": "k", "https_proxy": value])
      #expect(result.exitCode == 78)
      #expect(result.errors.contains("https_proxy: must be"))
      #expect(hidesCredentials(result))
    }
  }
}
