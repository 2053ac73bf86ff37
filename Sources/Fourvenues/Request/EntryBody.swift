import FoundationEssentials
import NIOCore
import Synchronization

/// The body of an entry's report, which knows whether it was asked for. That happens once a
/// connection stands and the head is written: before, nothing can have reached the service.
final class EntryBody: Sendable {
  let length: Int
  private let bytes: ByteBuffer
  private let isAskedFor = Mutex(false)

  init(_ body: Data) {
    bytes = ByteBuffer(bytes: body)
    length = bytes.readableBytes
  }

  var wasSent: Bool { isAskedFor.withLock { $0 } }

  var stream: AsyncStream<ByteBuffer> {
    AsyncStream { self.next() }
  }

  private func next() -> ByteBuffer? {
    isAskedFor.withLock { isAskedFor in
      defer { isAskedFor = true }
      return isAskedFor ? nil : bytes
    }
  }
}
