import NIOCore
import NIOPosix
import Synchronization

/// Stands between a client and a server on this machine: a router that forgets connections, or a proxy
/// that opens tunnels.
package final class Forwarder: Sendable {
  package enum Kind: Sendable {
    /// Every connection leads to the server.
    case router
    /// One leads to the server, whatever host it asks for, once it has said CONNECT.
    /// - Parameter authorization: what `proxy-authorization` must say; nil: nothing.
    case proxy(authorization: String?)
    /// Answers every CONNECT with this text.
    case refusingProxy(String)
  }

  fileprivate struct State {
    var opened = 0
    /// Connections with a lower number lead nowhere any more.
    var firstAlive = 0
    var isCut = false
    /// The heads of the CONNECT requests.
    var heads: [String] = []
  }

  private let channel: any Channel
  private let log: Log

  fileprivate final class Log: Sendable {
    let state = Mutex(Forwarder.State())
  }

  private init(channel: any Channel, log: Log) {
    self.channel = channel
    self.log = log
  }

  /// - Parameter target: the server's port.
  package static func start(_ kind: Kind, to target: Int) async throws -> Forwarder {
    let log = Log()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { child in
        let number = log.state.withLock { state in
          state.opened += 1
          return state.opened - 1
        }
        return child.eventLoop.makeCompletedFuture {
          try child.pipeline.syncOperations.addHandler(
            ForwardingHandler(number: number, kind: kind, target: target, log: log))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return Forwarder(channel: channel, log: log)
  }

  package var port: Int { channel.localAddress?.port ?? 0 }
  /// How many connections there have been.
  package var connections: Int { log.state.withLock { $0.opened } }
  package var connectHeads: [String] { log.state.withLock { $0.heads } }

  /// From now on, what stands is silent, either way; what is opened later works.
  package func forgetConnections() {
    log.state.withLock { $0.firstAlive = $0.opened }
  }

  /// From now on nothing comes through, either way, not even that somebody is gone, until `mend`.
  package func cut() {
    log.state.withLock { state in
      state.isCut = true
      state.firstAlive = .max
    }
  }

  /// What is opened from now on works; what stood stays silent.
  package func mend() {
    log.state.withLock { state in
      state.isCut = false
      state.firstAlive = state.opened
    }
  }

  package func stop() async throws { try await channel.close() }
}

/// One connection of a client's, and the one to the server behind it.
private final class ForwardingHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let number: Int
  private let kind: Forwarder.Kind
  private let target: Int
  private let log: Forwarder.Log
  private var head = ""
  private var isTunnel: Bool
  private var waiting: [ByteBuffer] = []
  private var server: (any Channel)?
  private var isConnecting = false

  init(number: Int, kind: Forwarder.Kind, target: Int, log: Forwarder.Log) {
    self.number = number
    self.kind = kind
    self.target = target
    self.log = log
    if case .router = kind { isTunnel = true } else { isTunnel = false }
  }

  private var isAlive: Bool { log.state.withLock { number >= $0.firstAlive } }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    guard isAlive else { return }
    guard isTunnel else { return connect(context, String(buffer: bytes)) }
    if let server {
      server.writeAndFlush(bytes, promise: nil)
    } else {
      waiting.append(bytes)
      open(context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if !log.state.withLock({ $0.isCut }) { server?.close(promise: nil) }
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func connect(_ context: ChannelHandlerContext, _ text: String) {
    head += text
    guard head.hasSuffix("\r\n\r\n") else { return }
    log.state.withLock { $0.heads.append(head) }
    switch kind {
    case .router: break
    case .proxy(let authorization?)
    where !head.lowercased().contains("proxy-authorization: \(authorization.lowercased())\r\n"):
      answer(context, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    case .proxy:
      isTunnel = true
      answer(context, "HTTP/1.1 200 Connection established\r\n\r\n")
      open(context)
    case .refusingProxy(let text): answer(context, text)
    }
  }

  private func answer(_ context: ChannelHandlerContext, _ text: String) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }

  private func open(_ context: ChannelHandlerContext) {
    guard !isConnecting else { return }
    isConnecting = true
    let (client, log, number) = (context.channel, log, number)
    let isAlive: @Sendable () -> Bool = { log.state.withLock { number >= $0.firstAlive } }
    ClientBootstrap(group: context.eventLoop)
      .channelInitializer { server in
        server.eventLoop.makeCompletedFuture {
          try server.pipeline.syncOperations.addHandler(
            ReturningHandler(client: client, isAlive: isAlive))
        }
      }
      .connect(host: "127.0.0.1", port: target)
      .assumeIsolated().whenComplete { result in
        switch result {
        case .success(let channel):
          self.server = channel
          for bytes in self.waiting { channel.write(bytes, promise: nil) }
          channel.flush()
          self.waiting = []
        case .failure: client.close(promise: nil)
        }
      }
  }
}

/// What the server says goes back to the client.
private final class ReturningHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let client: any Channel
  private let isAlive: @Sendable () -> Bool

  init(client: any Channel, isAlive: @escaping @Sendable () -> Bool) {
    self.client = client
    self.isAlive = isAlive
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard isAlive() else { return }
    client.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if isAlive() { client.close(promise: nil) }
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
