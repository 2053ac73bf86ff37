import NIOCore
import NIOHTTP1
import Synchronization

/// Knows of each kept connection how old it is and when the service was last heard on it, so that one
/// which leads nowhere any more (the network changed, a router forgot it) is told from a service that
/// is slow.
final class ConnectionWatch: Sendable {
  typealias Instant = ContinuousClock.Instant
  /// Of one request on a kept connection.
  typealias Ticket = Int

  /// Tells which request comes by on which connection. It never leaves the box.
  static let header = "doorcheck-ticket"

  static let connectTimeout: TimeAmount = .seconds(3)

  private struct Connection {
    let channel: any Channel
    let openedAt: Instant
    /// How many silences had been noticed when it was opened.
    let generation: Int
    var heardAt: Instant?
  }

  private struct Asked {
    let at: Instant
    /// Nil while it waits for one.
    var connection: Int?
    var isHeard = false
  }

  private struct State {
    var connections: [Int: Connection] = [:]
    var asked: [Ticket: Asked] = [:]
    var nextID = 0
    var silences = 0
    /// When a request last gave up waiting for a connection, which goes on being opened.
    var gaveUpAt: Instant?

    /// A request that waits gets the first connection that is free, and that may be one which an
    /// earlier request gave up on; or all are taken.
    func mayWaitInVain(at now: Instant) -> Bool {
      connections.count >= Connections.maximumKept
        || gaveUpAt.map { now - $0 < Duration(ConnectionWatch.connectTimeout) } ?? false
    }
  }

  private let state = Mutex(State())

  /// For each kept connection, once it stands.
  var initializer: @Sendable (any Channel) -> EventLoopFuture<Void> {
    { channel in
      channel.eventLoop.makeCompletedFuture {
        let sync = channel.pipeline.syncOperations
        let decoder = try sync.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        let id = self.opened(channel)
        try sync.addHandler(ConnectionListener(id: id, watch: self), position: .after(decoder))
      }
    }
  }

  /// A request begins. `end` must be called for it.
  func begin() -> Ticket {
    state.withLock { state in
      state.nextID += 1
      state.asked[state.nextID] = Asked(at: .now)
      return state.nextID
    }
  }

  func end(_ ticket: Ticket) {
    state.withLock { state in
      let asked = state.asked.removeValue(forKey: ticket)
      if let asked, asked.connection == nil { state.gaveUpAt = .now }
    }
  }

  /// Whether anything came back for a request.
  func isHeard(_ ticket: Ticket) -> Bool {
    state.withLock { $0.asked[ticket]?.isHeard ?? false }
  }

  /// Whether a request hears nothing where that is no sign of a slow service: on a connection older
  /// than itself, or waiting for one, while no other connection of that age was answered.
  func isSilent(_ ticket: Ticket) -> Bool {
    state.withLock { state in
      guard let asked = state.asked[ticket], !asked.isHeard else { return false }
      guard let id = asked.connection else { return state.mayWaitInVain(at: .now) }
      guard let own = state.connections[id], own.openedAt < asked.at else { return false }
      return !state.connections.contains { other, connection in
        // A connection made after a silence says nothing of those from before it.
        other != id && connection.generation <= own.generation && connection.openedAt < asked.at
          && connection.heardAt.map { $0 >= asked.at } ?? false
      }
    }
  }

  /// Closes every idle connection that is as old as the request which heard nothing.
  func dropIdle(because ticket: Ticket) {
    let channels = state.withLock { state -> [any Channel] in
      state.silences += 1
      guard let asked = state.asked[ticket] else { return [] }
      return state.connections.values.filter { $0.openedAt < asked.at }.map(\.channel)
    }
    close(channels)
  }

  /// Closes every idle connection.
  func dropIdle() {
    close(
      state.withLock { state in
        state.silences += 1
        return state.connections.values.map(\.channel)
      })
  }

  private func close(_ channels: [any Channel]) {
    for channel in channels {
      // Handled where requests start, so that it is still idle when it is closed.
      channel.pipeline.fireUserInboundEventTriggered(ConnectionListener.CloseIfIdle())
    }
  }

  private func opened(_ channel: any Channel) -> Int {
    state.withLock { state in
      state.nextID += 1
      state.connections[state.nextID] = Connection(
        channel: channel, openedAt: .now, generation: state.silences)
      return state.nextID
    }
  }

  fileprivate func starts(_ ticket: Ticket?, on id: Int) {
    guard let ticket else { return }
    state.withLock { $0.asked[ticket]?.connection = id }
  }

  fileprivate func heard(_ ticket: Ticket?, on id: Int) {
    state.withLock { state in
      state.connections[id]?.heardAt = .now
      if let ticket { state.asked[ticket]?.isHeard = true }
    }
  }

  fileprivate func closed(_ id: Int) {
    state.withLock { _ = $0.connections.removeValue(forKey: id) }
  }
}

/// Stands between a connection's HTTP and whoever asks on it.
private final class ConnectionListener: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart

  struct CloseIfIdle {}

  private let id: Int
  private let watch: ConnectionWatch
  private var ticket: ConnectionWatch.Ticket?
  private var isIdle = true

  init(id: Int, watch: ConnectionWatch) {
    self.id = id
    self.watch = watch
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .head(var head) = unwrapOutboundIn(data) else {
      return context.write(data, promise: promise)
    }
    isIdle = false
    ticket = head.headers.first(name: ConnectionWatch.header).flatMap(ConnectionWatch.Ticket.init)
    head.headers.remove(name: ConnectionWatch.header)
    watch.starts(ticket, on: id)
    context.write(wrapOutboundOut(.head(head)), promise: promise)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    watch.heard(ticket, on: id)
    if case .end = unwrapInboundIn(data) { isIdle = true }
    context.fireChannelRead(data)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is CloseIfIdle else { return context.fireUserInboundEventTriggered(event) }
    if isIdle { context.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    watch.closed(id)
    context.fireChannelInactive()
  }
}
