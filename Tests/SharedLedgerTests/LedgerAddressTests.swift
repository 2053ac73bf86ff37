import SharedLedger
import Testing

@Suite("Where the ledger is") struct LedgerAddressTests {
  @Test(
    "What cannot be used is refused, without the secret",
    arguments: [
      ("postgresql://door:s3cret@db.example/night", LedgerAddressError.passwordInURL),
      ("postgresql://door@db.example/night?password=s3cret", .passwordInURL),
      ("postgres://door@db.example/night?sslpassword=s3cret", .passwordInURL),
      ("postgresql://door@db.example/night?pasword=s3cret", .unknownParameter("pasword")),
      ("postgresql://door:s3cret@db.example:port:1/night?", .passwordInURL),
      ("postgresql://door:s3cret@[db.example/night", .notAURI),
      ("postgresql://door:s3%zzcret@db.example/night", .notAURI),
      ("host=db.example password=s3cret", .notAURI),
      ("mysql://door:s3cret@db.example/night", .notAURI),
      ("", .notAURI),
      ("postgresql://door@/night?service=s3cret", .unusable(parameter: "service")),
      ("postgresql://db.example/night?sslmode=require", .weakEncryption(mode: "require")),
      ("postgresql://db.example/night?sslmode=verify-ca", .weakEncryption(mode: "verify-ca")),
      ("postgresql://db.example/night?sslmode=disable", .weakEncryption(mode: "disable")),
      ("postgresql://127.0.0.1,db.example/night?sslmode=prefer", .weakEncryption(mode: "prefer")),
      (
        "postgresql://localhost/night?hostaddr=192.0.2.1&sslmode=prefer",
        .weakEncryption(mode: "prefer")
      ),
      ("postgresql://128.0.0.1/night?sslmode=allow", .weakEncryption(mode: "allow")),
      ("postgresql://127.0.0.1.example/night?sslmode=allow", .weakEncryption(mode: "allow")),
    ])
  func refused(url: String, error: LedgerAddressError) {
    let found = #expect(throws: LedgerAddressError.self) { try LedgerAddress(url: url) }
    #expect(found == error)
    #expect(error.message.contains("ledger.url"))
    #expect(found?.message.contains("s3cret") == false)
    #expect(found.map { "\($0)".contains("s3cret") } == false)
  }

  @Test(
    "To this machine anything goes; else the certificate is checked",
    arguments: [
      ("postgresql://127.0.0.1/night", "prefer"), ("postgresql://localhost/night", "prefer"),
      ("postgresql://[::1]/night", "prefer"), ("postgresql:///night", "prefer"),
      ("postgresql://%2Frun%2Fpostgresql/night", "prefer"),
      ("postgresql://127.9.9.9/night?sslmode=disable", "disable"),
      ("postgresql://db.example/night", "verify-full"),
      ("postgresql://192.0.2.1/night", "verify-full"),
      ("postgresql://127.0.0.1,db.example/night", "verify-full"),
      ("postgresql://db.example/night?sslmode=verify-full", "verify-full"),
    ])
  func encryption(url: String, mode: String) throws {
    let address = try LedgerAddress(url: url, home: "/nowhere")
    #expect(address.encryption == mode)
    #expect(
      address.authorities == (mode == "verify-full" ? "/etc/ssl/certs/ca-certificates.crt" : nil))
  }

  @Test("No way to print an address shows its password")
  func noPasswordInPrint() throws {
    let address = try LedgerAddress(url: "postgresql://door@db.example/night", password: "s3cret")
    var dumped = ""
    dump(address, to: &dumped)
    let printed = ["\(address)", String(reflecting: address), dumped, "\([address])"]
    #expect(printed.allSatisfy { !$0.contains("s3cret") })
    #expect("\(address)" == "door@db.example:5432/night")
  }
}
