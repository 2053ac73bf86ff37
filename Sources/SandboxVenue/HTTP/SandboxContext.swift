import Hummingbird
import NIOCore

/// A request's surroundings, with the connection, so that a fault can end it.
struct SandboxContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }

  /// Ends the connection for good.
  /// - Parameter abruptly: with a reset, where otherwise it is closed in order.
  func hangUp(abruptly: Bool) async {
    // Both fail only where the client has gone already, and then nothing is left to be done.
    if abruptly, let socket = channel as? any SocketOptionProvider {
      // The system's `struct linger` is two C ints: on, and 0 seconds. Its own name would need an
      // import of a module that is private to NIO.
      let linger = SIMD2<CInt>(1, 0)
      try? await socket.unsafeSetSocketOption(level: .socket, name: .so_linger, value: linger).get()
    }
    try? await channel.close().get()
  }
}

/// Ends the handling of a request whose connection has been hung up.
struct HungUp: Error {}
