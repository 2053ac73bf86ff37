import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// A server that does to each request exactly what a script says, byte by byte if need be. It knows
/// no more of HTTP than where a request ends.
package final class FaultServer: Sendable {
  package enum Step: Sendable {
    case send([UInt8])
    /// A byte every so many milliseconds.
    case drip([UInt8], everyMilliseconds: Int64)
    case wait(milliseconds: Int64)
    /// Ends the connection in order.
    case close
    /// Ends it with a reset.
    case reset
  }

  package struct Request: Sendable {
    /// From 0.
    package let connection: Int
    package let head: String
    /// As long as `Content-Length` says; empty without one.
    package let body: [UInt8]
    package let at: ContinuousClock.Instant

    /// As it stood on the wire.
    package var target: String { String(head.split(separator: " ")[1]) }

    package func header(_ name: String) -> String? {
      head.split(separator: "\r\n").dropFirst().first {
        $0.lowercased().hasPrefix(name.lowercased() + ":")
      }.map { String($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) }
    }
  }

  /// - Parameter number: of the request since the server began, from 0.
  package typealias Script = @Sendable (_ number: Int, _ request: Request) -> [Step]

  private let channel: any Channel
  private let log: RequestLog

  private init(channel: any Channel, log: RequestLog) {
    self.channel = channel
    self.log = log
  }

  /// - Parameters:
  ///   - tls: what it shows of itself; nil for plain HTTP.
  ///   - greeting: what it does to a connection as soon as the first bytes come, before any request.
  package static func start(
    tls: NIOSSLContext? = nil, greeting: Step? = nil, _ script: @escaping Script
  ) async throws -> FaultServer {
    let log = RequestLog()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { child in
        child.eventLoop.makeCompletedFuture {
          let sync = child.pipeline.syncOperations
          if let tls { try sync.addHandler(NIOSSLServerHandler(context: tls)) }
          try sync.addHandler(
            ScriptHandler(
              connection: log.newConnection(), log: log, greeting: greeting, script: script))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return FaultServer(channel: channel, log: log)
  }

  /// A server for the length of `body`.
  package static func serving(
    _ script: @escaping Script, _ body: (FaultServer) async throws -> Void
  ) async throws {
    let server = try await start(script)
    do {
      try await body(server)
    } catch {
      try await server.stop()
      throw error
    }
    try await server.stop()
  }

  /// A port of this machine on which nobody listens.
  package static func refusedPort() async throws -> Int {
    let server = try await start { _, _ in [] }
    let port = server.port
    try await server.stop()
    return port
  }

  package var port: Int { channel.localAddress?.port ?? 0 }
  package var url: String { "http://127.0.0.1:\(port)/integrations" }
  package var requests: [Request] { log.requests }
  package var connections: Int { log.connections }

  package func stop() async throws {
    try await channel.close()
  }
}

extension FaultServer.Step {
  /// A whole answer.
  package static func answer(
    _ status: Int = 200, _ body: some Collection<UInt8>, headers: [String] = []
  ) -> Self {
    let head =
      ["HTTP/1.1 \(status) Any", "Content-Length: \(body.count)"] + headers
    return .send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
  }

  package static func answer(_ status: Int = 200, _ body: String, headers: [String] = []) -> Self {
    answer(status, Array(body.utf8), headers: headers)
  }

  package static func text(_ text: String) -> Self { .send(Array(text.utf8)) }
}

private final class RequestLog: Sendable {
  private let state = Mutex((requests: [FaultServer.Request](), connections: 0))

  var requests: [FaultServer.Request] { state.withLock { $0.requests } }
  var connections: Int { state.withLock { $0.connections } }

  func newConnection() -> Int {
    state.withLock {
      $0.connections += 1
      return $0.connections - 1
    }
  }

  /// The request's number.
  func add(_ request: FaultServer.Request) -> Int {
    state.withLock {
      $0.requests.append(request)
      return $0.requests.count - 1
    }
  }
}

private final class ScriptHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let connection: Int
  private let log: RequestLog
  private let script: FaultServer.Script
  private var received: [UInt8] = []
  private var greeting: FaultServer.Step?

  init(
    connection: Int, log: RequestLog, greeting: FaultServer.Step?,
    script: @escaping FaultServer.Script
  ) {
    self.greeting = greeting
    self.connection = connection
    self.log = log
    self.script = script
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if let step = greeting {
      greeting = nil
      return run([step], in: context.channel)
    }
    received += unwrapInboundIn(data).readableBytesView
    guard let headEnd = received.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { return }
    let request = FaultServer.Request(
      connection: connection, head: String(decoding: received[..<headEnd], as: UTF8.self),
      body: Array(received[headEnd...]), at: .now)
    guard request.body.count >= request.header("content-length").flatMap({ Int($0) }) ?? 0 else {
      return
    }
    received = []
    run(script(log.add(request), request)[...], in: context.channel)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func run(_ steps: ArraySlice<FaultServer.Step>, in channel: any Channel) {
    guard let step = steps.first, channel.isActive else { return }
    let rest = steps.dropFirst()
    switch step {
    case .send(let bytes):
      channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
      run(rest, in: channel)
    case .drip(let bytes, let pause):
      guard let byte = bytes.first else { return run(rest, in: channel) }
      channel.writeAndFlush(ByteBuffer(bytes: [byte]), promise: nil)
      let next = FaultServer.Step.drip(Array(bytes.dropFirst()), everyMilliseconds: pause)
      channel.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(pause)) {
        self.run([next] + rest, in: channel)
      }
    case .wait(let milliseconds):
      channel.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) {
        self.run(rest, in: channel)
      }
    case .close:
      channel.close(promise: nil)
    case .reset:
      // Closing with a linger time of zero discards what is unsent and resets.
      (channel as? any SocketOptionProvider)?
        .setSoLinger(linger(l_onoff: 1, l_linger: 0))
        .assumeIsolated().whenComplete { _ in channel.close(promise: nil) }
    }
  }
}
