import Foundation
import Glibc
import Synchronization
import TestSupport

/// A PostgreSQL of a test's own on this machine, from Debian's packages. It and its folder are gone once
/// the process of the tests is, however that ends.
package final class PostgresServer: Sendable {
  package struct Options: Sendable {
    /// As a venue sets it up: what is committed is on the disk. Else it only outlives the server.
    package var isDurable = false
    /// Files of a certificate and its key; nil: no TLS.
    package var certificate: (file: String, key: String)?
    /// The data, but not the log of changes, has a disk of its own with so many megabytes, where one may be mounted.
    package var diskMegabytes: Int?
    package var settings: [String: String] = [:]

    package init() {}
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Of each role that connects by TCP. It holds what a URL would have to escape.
  package static let password = "correct horse/@:% ñ"
  /// Who may do all.
  package static let owner = "postgres"

  package let port: Int
  package let folder: String
  let commands: PostgresCommands
  /// Whether it has the disk of its own that was asked for: not every place lets its root mount one.
  package let hasOwnDisk: Bool
  private let databases = Mutex(0)
  /// Closing it ends the server.
  private let life: FileHandle

  private var data: String { folder + "/data" }

  // MARK: Starting

  private static let sharedServer = Task { try await PostgresServer(Options()) }

  /// One for all the tests of a process that do it no harm: each has a database of its own there.
  package static func shared() async throws -> PostgresServer { try await sharedServer.value }

  package init(_ options: Options = Options()) async throws {
    commands = try PostgresCommands()
    port = try Self.freePort()
    // A socket's path must be short.
    folder = "/tmp/pg-" + UUID().uuidString.prefix(8).lowercased()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try commands.own(folder)
    life = try commands.cleanUpAtTheEnd(of: folder)
    let data = folder + "/data"
    if let megabytes = options.diskMegabytes {
      try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
      let mount = ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", data]
      hasOwnDisk = (try? commands.run("mount", mount)) != nil
      try commands.own(data)
    } else {
      hasOwnDisk = false
    }
    let passwordFile = folder + "/password"
    try Data(Self.password.utf8).write(to: URL(fileURLWithPath: passwordFile))
    try commands.own(passwordFile)
    try commands.runAsServer(
      "initdb",
      [
        "-D", data, "-U", Self.owner, "--auth-local=trust", "--auth-host=scram-sha-256",
        "--pwfile", passwordFile, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8",
        "--waldir", folder + "/wal", "--wal-segsize=1",
      ])
    try configure(options)
    try await start()
  }

  private func configure(_ options: Options) throws {
    var settings = [
      "listen_addresses": "127.0.0.1", "port": "\(port)", "unix_socket_directories": folder,
      "max_connections": "250", "shared_buffers": "32MB", "max_wal_size": "32MB",
      "min_wal_size": "8MB", "fsync": options.isDurable ? "on" : "off",
      "log_min_messages": "warning",
    ]
    if let certificate = options.certificate {
      for (from, name) in [(certificate.file, "server.crt"), (certificate.key, "server.key")] {
        let copy = folder + "/" + name
        try FileManager.default.copyItem(atPath: from, toPath: copy)
        try commands.own(copy)
      }
      settings["ssl"] = "on"
      settings["ssl_cert_file"] = folder + "/server.crt"
      settings["ssl_key_file"] = folder + "/server.key"
    }
    settings.merge(options.settings) { $1 }
    let text = settings.sorted { $0.key < $1.key }
      .map { "\($0) = '\($1)'\n" }.joined()
    let file = data + "/postgresql.auto.conf"
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try commands.own(file)
  }

  private static func freePort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    guard isBound else { throw Failure(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  // MARK: Databases

  /// A new, empty database.
  package func newDatabase() throws -> String {
    let name = databases.withLock { count in
      count += 1
      return "night_\(count)"
    }
    try query("CREATE DATABASE \(name) TEMPLATE template0")
    return name
  }

  /// Such as `ledger.url` names it, without a password.
  package func url(
    _ database: String, user: String = owner, port: Int? = nil, _ parameters: String = ""
  ) -> String {
    "postgresql://\(user)@127.0.0.1:\(port ?? self.port)/\(database)\(parameters)"
  }

  /// Asks the server as its owner, past the network.
  /// - Returns: rows of columns.
  @discardableResult
  package func query(_ sql: String, in database: String = "postgres") throws -> [[String]] {
    let text = try commands.run(
      commands.path("psql"),
      [
        "-X", "-A", "-t", "-q", "-F", "\u{1F}", "-v", "ON_ERROR_STOP=1", "-h", folder, "-p",
        "\(port)", "-U", Self.owner, "-d", database, "-c", sql,
      ])
    return text.split(separator: "\n", omittingEmptySubsequences: true)
      .map { $0.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init) }
  }

  // MARK: Life

  /// Starts it and waits until it answers.
  package func start() async throws {
    let start = {
      try self.commands.runAsServer(
        "pg_ctl", ["-D", self.data, "-l", self.folder + "/log", "-w", "-t", "60", "start"])
    }
    // What was killed may still hold the old one's memory.
    if (try? start()) != nil { return }
    try await wait(for: "the server to start") { (try? start()) != nil }
  }

  /// As an operator stops it: connections are ended, everything is saved.
  package func stop() throws {
    try commands.runAsServer("pg_ctl", ["-D", data, "-m", "fast", "-w", "stop"])
  }

  package func restart() async throws {
    try stop()
    try await start()
  }

  /// As a power cut ends it.
  package func kill() {
    signal(SIGKILL)
  }

  /// It stands still: connections stay, nobody answers.
  package func pause() { signal(SIGSTOP) }
  package func resume() { signal(SIGCONT) }

  /// The first process is the one that starts others.
  private func signal(_ number: Int32) {
    guard let text = try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8),
      let first = text.split(separator: "\n").first, let server = pid_t(first)
    else { return }
    let children =
      (try? String(contentsOfFile: "/proc/\(server)/task/\(server)/children", encoding: .utf8))
      ?? ""
    Glibc.kill(server, number)
    for child in children.split(separator: " ").compactMap({ pid_t($0) }) {
      Glibc.kill(child, number)
    }
  }

  // MARK: Faults

  /// From the next transaction on, also on connections that stand.
  package func setReadOnly(_ isReadOnly: Bool) async throws {
    try query("ALTER SYSTEM SET default_transaction_read_only = \(isReadOnly ? "on" : "off")")
    try query("SELECT pg_reload_conf()")
    try await wait(for: "the setting") {
      try query("SHOW default_transaction_read_only") == [[isReadOnly ? "on" : "off"]]
    }
  }

  /// - Returns: how many there were.
  @discardableResult
  package func terminateConnections(to database: String) throws -> Int {
    try query(
      """
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = '\(database)' AND pid <> pg_backend_pid()
      """
    ).count
  }

  private var filler: String { data + "/filler" }

  /// Leaves no room on its disk; nothing that is not there already can be saved. A disk of its own is
  /// needed.
  package func fillDisk() throws {
    guard hasOwnDisk else { throw Failure(description: "the server has no disk of its own") }
    let file = open(filler, O_CREAT | O_WRONLY, 0o600)
    defer { close(file) }
    for size in [1 << 20, 1 << 12] {
      let bytes = [UInt8](repeating: 0, count: size)
      while write(file, bytes, size) == size {}
    }
  }

  package func emptyDisk() throws { try FileManager.default.removeItem(atPath: filler) }
}
