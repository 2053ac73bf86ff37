import Foundation
import Testing

@testable import DoorConfiguration

/// (Contract: Several doors): TLS with `verify-full`, except to loopback or a socket.
@Suite struct LedgerURLTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var text: String
    var isLocal = false
    var shown: String

    var testDescription: String { text }
  }

  static let samples: [Sample] = [
    Sample(
      text: "postgresql://north@db.example/doorcheck",
      shown: "db.example/doorcheck as north"),
    Sample(
      text: "postgres://north@db.example:5433/doorcheck?sslrootcert=/etc/ca.crt",
      shown: "db.example:5433/doorcheck as north"),
    Sample(
      text: "postgresql://db.example/doorcheck?",
      shown: "db.example/doorcheck"),
    Sample(
      text: "postgresql://db.example/doorcheck?sslmode=verify-full", shown: "db.example/doorcheck"),
    Sample(
      text: "postgresql://a.example,b.example:5433/doorcheck?target_session_attrs=read-write",
      shown: "a.example,b.example:5433/doorcheck"),
    Sample(
      text: "postgresql://127.0.0.1,db.example/doorcheck",
      shown: "127.0.0.1,db.example/doorcheck"),
    Sample(
      text: "postgresql://localhost/doorcheck?hostaddr=192.0.2.1",
      shown: "localhost/doorcheck"),
    Sample(
      text: "postgresql://localhost.example.com/doorcheck",
      shown: "localhost.example.com/doorcheck"),
    Sample(
      text: "postgresql://n%40rth@[2001:db8::1]:5433/d",
      shown: "2001:db8::1:5433/d as n@rth"),
    Sample(text: "postgresql://localhost/doorcheck", isLocal: true, shown: "localhost/doorcheck"),
    Sample(text: "postgresql://127.1.2.3:5433/d", isLocal: true, shown: "127.1.2.3:5433/d"),
    Sample(text: "postgresql://[::1]/d", isLocal: true, shown: "::1/d"),
    Sample(
      text: "postgresql://north@127.0.0.1/doorcheck?sslmode=disable", isLocal: true,
      shown: "127.0.0.1/doorcheck as north"),
    Sample(
      text: "postgresql://db.example/doorcheck?hostaddr=127.0.0.1", isLocal: true,
      shown: "db.example/doorcheck"),
    Sample(
      text: "postgresql://north@/doorcheck?host=/run/postgresql&port=5433", isLocal: true,
      shown: "/run/postgresql:5433/doorcheck as north"),
    Sample(
      text: "postgresql://%2Frun%2Fpostgresql/doorcheck", isLocal: true,
      shown: "/run/postgresql/doorcheck"),
    Sample(
      text: "postgresql:///doorcheck", isLocal: true,
      shown: "/var/run/postgresql/doorcheck"),
    Sample(
      text: "postgresql://north@", isLocal: true,
      shown: "/var/run/postgresql/north as north"),
  ]

  @Test(arguments: samples) func `A URI says where the ledger is`(_ sample: Sample) throws {
    let url = try LedgerURL(sample.text)
    #expect(url.text == sample.text)
    #expect(url.isLocal == sample.isLocal)
    #expect(url.shown == sample.shown)
  }

  @Test(arguments: [
    ("db.example", "it does not begin with postgresql://"),
    ("https://db.example/doorcheck", "it does not begin with postgresql://"),
    ("host=db.example dbname=doorcheck", "it does not begin with postgresql://"),
    ("postgresql://db.example/door check", "it holds blanks"),
    ("postgresql://north:s3cret@db.example/d", "ledger.password takes it"),
    ("postgresql://db.example/d?user=north&password=s3cret", "ledger.password takes it"),
    ("postgresql://db.example/d?sslpassword=s3cret", "let the key of sslkey have none"),
    ("postgresql://?service=venue", "write down here where the server is"),
    ("postgresql://db.example/d?sslmode=require", "sslmode is verify-full"),
    ("postgresql://db.example/d?ssl=true", "sslmode is verify-full"),
    ("postgresql://db.example/d?sslmode=disable", "sslmode is verify-full"),
    ("postgresql://127.0.0.1,db.example/d?sslmode=disable", "sslmode is verify-full"),
    ("postgresql://127.0.0.1/d?hostaddr=192.0.2.1&sslmode=prefer", "sslmode is verify-full"),
    ("postgresql://db.example/d?sslmode=verify_full", "did you mean \"verify-full\"?"),
    ("postgresql://db.example/d?sslmod=verify-full", "did you mean \"sslmode\"?"),
    ("postgresql://db.example/d?s3cret=s3cret", "does not know"),
    ("postgresql://db.example:0/d", "there is no such port"),
    ("postgresql://db.example:99999/d", "there is no such port"),
    ("postgresql://db.example:s3cret/d", "there is no such port"),
    ("postgresql://a.example,b.example/d?port=1,2,3", "as many ports"),
    ("postgresql://[::1/d", "cannot read it"),
    ("postgresql://db.example/%zz", "cannot read it"),
  ])
  func `A slip is told with its place and without its value`(text: String, reason: String) throws {
    let line = "ledger:\n  url: '\(text)'\n"
    for (lines, place) in [
      (try load(line).lines, "doorcheck.yaml:2:8: "),
      (try load(environment: ["DOORCHECK_LEDGER_URL": text]).lines, "DOORCHECK_LEDGER_URL: "),
    ] {
      #expect(lines.count == 1, "\(lines)")
      #expect(lines.first?.hasPrefix("\(place)\"ledger.url\" must be") == true, "\(lines)")
      #expect(lines.first?.contains(reason) == true, "\(lines)")
      #expect(!lines.joined().contains("s3cret"))
    }
  }

  @Test func `Without one there is no ledger`() throws {
    #expect(try load().settings?.ledger == Settings.Ledger())
    #expect(try load(environment: ["DOORCHECK_LEDGER_URL": ""]).settings?.ledger.url == nil)
  }
}
