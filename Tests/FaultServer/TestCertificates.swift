import Foundation
package import NIOSSL

/// Certificates that the openssl program makes for a test, in a folder of their own: by an authority
/// that nobody trusts unless a test does.
package struct TestCertificates {
  package enum Kind: String, Sendable, CaseIterable {
    /// For localhost, and in date; good where the authority is trusted.
    case good
    case expired
    /// Not valid yet.
    case early
    /// For another host.
    case other
    /// Signed by itself.
    case selfSigned = "self"
  }

  package struct NotMade: Error {}

  private let folder: URL

  package init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "certificates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", Self.script]
    shell.currentDirectoryURL = folder
    shell.standardOutput = FileHandle.nullDevice
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    guard shell.terminationStatus == 0 else { throw NotMade() }
  }

  package func remove() {
    try? FileManager.default.removeItem(at: folder)
  }

  package var authority: NIOSSLCertificate {
    get throws { try NIOSSLCertificate(file: path("ca.pem"), format: .pem) }
  }

  package func context(_ kind: Kind) throws -> NIOSSLContext {
    let chain = try NIOSSLCertificate.fromPEMFile(path("\(kind.rawValue).pem"))
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: path("leaf.key"), format: .pem))))
  }

  /// The files, as servers take them that are no part of this process.
  package var authorityFile: String { path("ca.pem") }
  package var keyFile: String { path("leaf.key") }
  package func certificateFile(_ kind: Kind) -> String { path("\(kind.rawValue).pem") }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private static let script = """
    set -e
    for name in ca leaf; do openssl ecparam -name prime256v1 -genkey -noout -out $name.key; done
    openssl req -x509 -new -key ca.key -out ca.pem -days 30 -subj /CN=test-authority
    printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=index\\nserial=serial\\nnew_certs_dir=.\\n' > ca.cnf
    printf 'default_md=sha256\\npolicy=p\\nunique_subject=no\\n[p]\\ncommonName=supplied\\n' >> ca.cnf
    : > index; echo 01 > serial
    sign() {
      openssl req -new -key leaf.key -out $1.csr -subj /CN=$2
      echo subjectAltName=DNS:$2 > $1.ext
      openssl ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca.key \\
        -in $1.csr -out $1.pem -extfile $1.ext -startdate $3 -enddate $4
    }
    sign good localhost 20240101000000Z 20400101000000Z
    sign expired localhost 20240101000000Z 20240201000000Z
    sign early localhost 20390101000000Z 20400101000000Z
    sign other elsewhere.example 20240101000000Z 20400101000000Z
    openssl req -x509 -new -key leaf.key -out self.pem -days 30 -subj /CN=localhost \\
      -addext subjectAltName=DNS:localhost
    """
}
