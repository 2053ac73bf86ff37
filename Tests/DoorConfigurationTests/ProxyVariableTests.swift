import Foundation
import Testing

@testable import DoorConfiguration

/// (Contract: Configuration, `fourvenues.base_url`): HTTPS_PROXY and NO_PROXY are honoured.
@Suite struct ProxyVariableTests {
  private func proxy(
    _ environment: [String: String], for url: String = "https://api.example.com/integrations"
  ) throws -> Settings.Proxy? {
    let outcome = try load(
      environment: environment.merging(["DOORCHECK_FOURVENUES_BASE_URL": url]) { $1 })
    return try #require(outcome.settings, "\(outcome.lines)").fourvenues.proxy
  }

  @Test(arguments: [
    ("http://proxy.example:3128", "proxy.example", 3128),
    ("proxy.example:3128", "proxy.example", 3128),
    ("HTTP://Proxy.example:3128/", "Proxy.example", 3128),
    ("http://10.1.2.3:8080", "10.1.2.3", 8080),
    ("http://[fd00::1]:8080", "fd00::1", 8080), ("http://proxy", "proxy", 80),
    (" proxy:1 ", "proxy", 1),
    ("http://127.0.0.1:3128", "127.0.0.1", 3128),
  ])
  func `A proxy is read in every form`(value: String, host: String, port: Int) throws {
    for name in ["HTTPS_PROXY", "https_proxy"] {
      let proxy = try #require(try proxy([name: value]))
      #expect((proxy.host, proxy.port) == (host, port))
      #expect(proxy.user == nil && proxy.password == nil)
    }
  }

  @Test(arguments: [
    ("http://ana:s3cret@p:1", "ana", "s3cret"), ("ana:s3cret@p:1", "ana", "s3cret"),
    ("http://ana@p:1", "ana", nil), ("http://a%40b:p%3A%2F%23@p:1", "a@b", "p:/#"),
    ("http://ana:p@ss word@p:1", "ana", "p@ss word"),
  ])
  func `The credentials of a proxy are read and not shown`(
    value: String, user: String, password: String?
  ) throws {
    let proxy = try #require(try proxy(["HTTPS_PROXY": value]))
    #expect(proxy.user?.revealed == user)
    #expect(proxy.password?.revealed == password)
    #expect(!"\(proxy)".contains(user) && !String(reflecting: proxy).contains(user))
  }

  @Test func `The name in capitals goes first`() throws {
    #expect(try proxy(["HTTPS_PROXY": "a:1", "https_proxy": "b:2"])?.host == "a")
    #expect(try proxy(["HTTPS_PROXY": "", "https_proxy": "b:2"])?.host == "b")
    #expect(try proxy(["HTTPS_PROXY": "", "https_proxy": " "]) == nil)
    #expect(try proxy(["HTTP_PROXY": "a:1"]) == nil, "it is for plain http")
  }

  @Test(arguments: [
    "http://localhost:1/x", "http://127.0.0.1:1", "https://localhost:1", "https://127.9.9.9",
    "https://[::1]:8443", "https://a.localhost", "http://[::1]:1",
  ])
  func `This machine needs no proxy`(url: String) throws {
    // A box with a slip in the variable still has its demo.
    for value in ["http://p:1", "nonsense://"] {
      let proxy = try proxy(["HTTPS_PROXY": value, "NO_PROXY": ":x"], for: url)
      #expect(proxy == nil)
    }
  }

  static let exceptions: [(list: String, host: String, isExcepted: Bool)] = [
    ("*", "api.example.com", true), ("api.example.com", "api.example.com", true),
    ("example.com", "api.example.com", true), (".example.com", "api.example.com", true),
    ("*.example.com", "api.example.com", true), ("API.Example.COM", "api.example.com", true),
    ("example.com.", "api.example.com", true), ("a.com, example.com", "api.example.com", true),
    ("a.com example.com", "api.example.com", true), (",,example.com,", "api.example.com", true),
    ("example.com:443", "api.example.com", true), ("*:443", "api.example.com", true),
    ("example.com:8443", "api.example.com:8443", true), ("10.0.0.0/8", "10.1.2.3", true),
    ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3:443", "10.1.2.3", true),
    ("fd00::1", "[fd00::1]", true), ("[fd00::1]:443", "[fd00::1]", true),
    ("fd00::/8", "[fd00::1]", true), ("localhost,127.0.0.1,::1,.local", "api.example.com", false),
    ("xample.com", "api.example.com", false), ("ample.com", "example.com", false),
    ("api.example.com.es", "api.example.com", false), ("other.com", "api.example.com", false),
    ("example.com:8443", "api.example.com", false),
    ("example.com:443", "api.example.com:8443", false),
    ("10.0.0.0/8", "11.1.2.3", false), ("10.0.0.0/16", "10.1.2.3", false),
    ("0.1.2.3", "10.1.2.3", false), ("2.3", "10.1.2.3", false),
    ("10.0.0.0/8", "api.example.com", false),
    ("api.*.com", "api.example.com", false), ("", "api.example.com", false),
    // Other programs take these, or pass over them.
    ("http://example.com", "api.example.com", true), ("https://*", "api.example.com", true),
    ("https://api.example.com/", "api.example.com", true),
    ("https://api.example.com:443/v2/x?y#z", "api.example.com", true),
    ("https://api.example.com:8443/v2", "api.example.com", false),
    ("example.com/path", "api.example.com", true), ("http://10.1.2.3/", "10.1.2.3", true),
    ("http://10.0.0.0/8", "10.1.2.3", true), ("ana:s3cret@example.com", "api.example.com", true),
    ("http://other.com/example.com", "api.example.com", false),
    ("://,example.com", "api.example.com", true), ("a.com:x,example.com", "api.example.com", true),
    ("10.0.0.0/33,10.1.2.3", "10.1.2.3", true), ("10.0.0.0/33", "10.1.2.3", false),
  ]

  @Test(arguments: exceptions)
  func `An exception goes around the proxy`(
    exception: (list: String, host: String, isExcepted: Bool)
  ) throws {
    for name in ["NO_PROXY", "no_proxy"] {
      let proxy = try proxy(
        ["HTTPS_PROXY": "http://p:1", name: exception.list], for: "https://\(exception.host)/x")
      #expect((proxy == nil) == exception.isExcepted, "\(exception)")
    }
  }

  @Test(arguments: [
    "htp://u:s3cret@proxy:3128", "https://u:s3cret@proxy:3128", "socks5://u:s3cret@proxy:1080",
    "http:/u:s3cret@proxy:3128", "http//u:s3cret@proxy", "http://u:s3cret@proxy:31280000",
    "http://u:s3cret@proxy:0",
    "http://u:s3cret@", "http://u:s3cret@proxy:3128/path", "http://proxy:3128?s3cret",
    "http://proxy#s3cret",
    "http://u:s3#cret@proxy:3128", "proxy:s3cret",
    "http://pro xy:3128/s3cret",
    "http://u:s3cret@pröxy:3128", "://s3cret",
  ])
  func `A slip is told without its value`(value: String) throws {
    for name in ["HTTPS_PROXY", "https_proxy"] {
      let lines = try load(environment: [name: value]).lines
      #expect(lines.count == 1, "\(value)")
      #expect(lines.first?.hasPrefix("\(name): must be the address of an http proxy") == true)
      #expect(!lines.joined().contains("cret"))
    }
  }

  /// The variable is the whole box's, so that no slip in it stops the door.
  @Test(arguments: [
    ("s3cret.com:x", 1), ("s3cret.com:0", 1), ("10.0.0.0/33", 1), ("a.com,10.0.0.0/s3cret", 2),
    (".", 1), ("a,:443", 2), ("http://", 1), ("https://:443/s3cret", 1), ("/s3cret", 1),
  ])
  func `What nobody can read is left out`(value: String, number: Int) throws {
    let outcome = try load(environment: ["HTTPS_PROXY": "p:1", "no_proxy": value])
    guard case .loaded(let loaded) = outcome else {
      Issue.record("\(outcome.lines)")
      return
    }
    #expect(loaded.settings.fourvenues.proxy?.host == "p")
    #expect(loaded.warnings.count == 1)
    let line = loaded.warnings.first?.description ?? ""
    #expect(line.hasPrefix("no_proxy: entry \(number) "), "\(line)")
    #expect(line.hasSuffix("left out") && !line.contains("s3cret"), "\(line)")
  }
}
