import Foundation
import Testing

@testable import DoorConfiguration

/// A secret stands in no error, whatever is wrong around it, and settings do not show theirs.
@Suite struct SecrecyTests {
  static let secret = "sk_live_51Hx"

  static let files = [
    "fourvenues:\n  api_key: \(secret)\n  api_key: \(secret)\n",
    "fourvenues:\n  api_key: \(secret)\nfourvenues:\n  api_key: \(secret)\n",
    "fourvenues:\n  api_key: \(secret)\n  api_kee: \(secret)\n",
    "fourvenues:\n  api_key: \(secret) \(secret)\n",
    "fourvenues:\n  api_key: \"\(secret)\\n\"\n",
    "fourvenues:\n  api_key: [\(secret)]\n",
    "fourvenues:\n  api_key: {\(secret): x}\n",
    "fourvenues:\n  api_key: {x: \(secret)}\n",
    "fourvenues:\n  api_key: !!binary \(secret)\n",
    "fourvenues:\n  api_key: &a \(secret)\n",
    "fourvenues:\n  api_key:\(secret)\n",
    "fourvenues:\n  api_key:\(secret)\n  secret: x\n",
    "fourvenues: {api_key:\(secret)}\n",
    "fourvenues: {\(secret)}\n",
    "fourvenues: \(secret)\n",
    "fourvenues: [\(secret)]\n",
    "fourvenues:\n  secret: \(secret)\n",
    "fourvenues:\n  api_key: '\(secret)\n",
    "fourvenues:\n  api_key: @\(secret)\n",
    "fourvenues:\n  api_key: *\(secret)\n",
    "fourvenues:\n\tapi_key: \(secret)\n",
    "fourvenues:\n  api_key: \(secret)\u{7}\n",
    "fourvenues:\n  api_key: \(secret)\n---\nfourvenues:\n  api_key: \(secret)\n",
    "fourvenues:\n  base_url: https://u:\(secret)@example.com\n",
    "fourvenue:\n  apikey: \(secret)\n",
    "api_key: \(secret)\n",
    "fourvenues.api_key: \(secret)\n",
    "door:\n  api_key: \(secret)\n",
    "ledger:\n  url: postgresql://north:\(secret)@db.example/doorcheck\n",
    "ledger:\n  url: postgresql://north:\(secret)@db.example/doorcheck?sslmod=verify-full\n",
    "ledger:\n  url: postgresql://north@db.example/doorcheck?password=\(secret)\n",
    "ledger:\n  url: postgresql://north@db.example/doorcheck?sslpassword=\(secret)\n",
    "ledger:\n  url: postgresql://north@db.example/doorcheck?\(secret)\n",
    "ledger:\n  url: postgresql://north@db.example/doorcheck?\(secret)=\(secret)\n",
    "ledger:\n  url: postgresql://north@db.example:\(secret)/doorcheck\n",
    "ledger:\n  url: postgresql://north:\(secret)%zz@db.example/doorcheck\n",
    "ledger:\n  url: postgresql://north:\(secret)%00@db.example/doorcheck\n",
    "ledger:\n  url: postgresql://[north:\(secret)@db.example/doorcheck\n",
    "ledger:\n  url: 'host=db.example password=\(secret)'\n",
    "ledger:\n  url: north:\(secret)@db.example\n",
    "ledger:\n  url: [\(secret)]\n",
    "ledger:\n  password: \"\(secret)\\n\"\n",
    "ledger:\n  password: [\(secret)]\n",
    "ledger:\n  pasword: \(secret)\n",
    "\(secret)\n",
    "- \(secret)\n",
  ]

  @Test(arguments: files) func `No error holds it`(_ yaml: String) throws {
    let outcome = try load(yaml)
    #expect(!outcome.lines.isEmpty)
    #expect(!outcome.lines.joined().contains(Self.secret))
  }

  @Test(arguments: [
    "DOORCHECK_FOURVENUES_API_KEY", "DOORCHECK_FOURVENUES_APIKEY", "DOORCHECK_API_KEY",
    "DOORCHECK_FOURVENUES_SECRET", "DOORCHECK_LEDGER_URL", "DOORCHECK_LEDGER_PASWORD",
  ])
  func `No error of the environment holds it`(_ variable: String) throws {
    let outcome = try load(environment: [variable: "\(Self.secret) "])
    #expect(!outcome.lines.isEmpty)
    #expect(!outcome.lines.joined().contains(Self.secret))
  }

  @Test func `Settings do not show it`() throws {
    let yaml = "fourvenues: {api_key: \(Self.secret), integration_id: \(Self.secret), secret: "
    let outcome = try load("\(yaml)\(Self.secret)}\n")
    let settings = try #require(outcome.settings)
    var dumped = ""
    dump(outcome, to: &dumped)
    dump(settings, to: &dumped)
    let shown = [dumped, "\(settings)", String(reflecting: settings), String(describing: outcome)]
    for text in shown {
      #expect(!text.contains(Self.secret))
      #expect(text.contains("fourvenues"))
    }
    #expect("\(Secret(Self.secret))" == "<secret>")
    #expect(Mirror(reflecting: Secret(Self.secret)).children.isEmpty)
    #expect(settings.fourvenues.apiKey?.revealed == Self.secret)
  }
}
