import Foundation
import SharedLedger
import Testing

@Suite("Where the ledger is") struct LedgerAddressTests {
  @Test(
    "What is no URI is refused, without a word of it",
    arguments: [
      "postgresql://door@db.example/night?pasword=s3cret", "postgresql://door:s3cret@[db.example/",
      "postgresql://door:s3%zzcret@db.example/night", "host=db.example password=s3cret",
      "mysql://door:s3cret@db.example/night", "", "postgresql://db.example/s3cret\0",
    ])
  func refused(url: String) {
    let error = #expect(throws: LedgerAddressError.self) { try LedgerAddress(url: url) }
    #expect(error?.message.hasPrefix("ledger.url ") == true)
    #expect(error?.message.contains("s3cret") == false)
  }

  @Test(
    "No weaker encryption counts than checking the certificate, but to this machine",
    arguments: [
      "postgresql://db.example/night?sslmode=require", "postgresql://db.example/night",
      "postgresql://db.example/night?sslmode=verify-ca", "postgresql://192.0.2.1/night",
      "postgresql://db.example/night?sslmode=disable", "postgresql://127.0.0.1,db.example/night",
      "postgresql://127.0.0.1,db.example/night?sslmode=prefer",
      "postgresql://localhost/night?hostaddr=192.0.2.1&sslmode=prefer",
      "postgresql://128.0.0.1/night?sslmode=allow", "postgresql://[::2]/night?sslmode=allow",
      "postgresql://127.0.0.1.example/night?sslmode=allow",
      "postgresql://localhost.example/night?sslmode=allow",
    ])
  func elsewhere(url: String) throws {
    let address = try LedgerAddress(url: url, home: "/nowhere")
    #expect(address.encryption == "verify-full")
    #expect(address.authorities == "/etc/ssl/certs/ca-certificates.crt")
  }

  @Test(
    "To this machine what is asked for counts",
    arguments: [
      ("postgresql://127.0.0.1/night", "prefer"), ("postgresql://LocalHost/night", "prefer"),
      ("postgresql://[::1]/night", "prefer"), ("postgresql:///night", "prefer"),
      ("postgresql://%2Frun%2Fpostgresql/night", "prefer"),
      ("postgresql://127.9.9.9/night?sslmode=disable", "disable"),
      ("postgresql://db.example/night?hostaddr=127.0.0.1&sslmode=require", "require"),
    ])
  func here(url: String, mode: String) throws {
    let address = try LedgerAddress(url: url, home: "/nowhere")
    #expect(address.encryption == mode)
    #expect(address.authorities == nil)
  }

  @Test("Authorities of one's own go before those of the system")
  func ownAuthorities() throws {
    let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let folder = home.appending(path: ".postgresql")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: home) }
    let file = folder.appending(path: "root.crt").path
    #expect(FileManager.default.createFile(atPath: file, contents: nil))
    let url = "postgresql://db.example/night"
    #expect(try LedgerAddress(url: url, home: home.path).authorities == file)
    let given = try LedgerAddress(url: url + "?sslrootcert=/a.pem", home: home.path)
    #expect(given.authorities == "/a.pem")
  }

  @Test("No way to print an address shows its password")
  func noPasswordInPrint() throws {
    let address = try LedgerAddress(
      url: "postgresql://door:s3cret@db.example/night", password: "s3cret")
    var dumped = ""
    dump(address, to: &dumped)
    let printed = ["\(address)", String(reflecting: address), dumped, "\([address])"]
    #expect(printed.allSatisfy { !$0.contains("s3cret") })
    #expect("\(address)" == "door@db.example:5432/night")
  }
}
