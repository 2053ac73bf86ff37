import NIOCore
import NIOPosix

/// Writes `bytes` as they are and reads until the venue closes, or until `isEnough`.
func exchange(
  port: Int, _ bytes: [UInt8], isEnough: @Sendable ([UInt8]) -> Bool = { _ in false }
) async throws -> [UInt8] {
  let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
    .connect(host: "127.0.0.1", port: port) { channel in
      channel.eventLoop.makeCompletedFuture {
        try NIOAsyncChannel(
          wrappingChannelSynchronously: channel,
          configuration: .init(inboundType: ByteBuffer.self, outboundType: ByteBuffer.self))
      }
    }
  return try await channel.executeThenClose { inbound, outbound in
    try await outbound.write(ByteBuffer(bytes: bytes))
    var received: [UInt8] = []
    for try await buffer in inbound {
      received += Array(buffer: buffer)
      if isEnough(received) { break }
    }
    return received
  }
}
