import AsyncHTTPClient
import Dispatch
import NIOCore
import NIOHTTP1
import Synchronization

/// An answer that came to its end.
struct WholeAnswer<Body: BodyReader>: Sendable {
  var head: Head
  var body: Body
}

/// Takes an answer in where it arrives, on the connection's own thread, so that a look-up's answer
/// crosses to another one only once, when it is whole and understood.
final class AnswerCollector<Body: BodyReader>: HTTPClientResponseDelegate {
  private struct State {
    var head: Head?
    var body: Body
    /// Come, and not read yet.
    var unread = ByteBuffer()

    mutating func read() throws {
      let bytes = unread
      unread = ByteBuffer()
      try body.consume(bytes.readableBytesView)
    }
  }

  private let state: Mutex<State>
  /// So much of a long body is read at a time.
  private static var longPart: Int { 64 << 10 }

  init(into body: Body) {
    state = Mutex(State(body: body))
  }

  /// As far as it has come.
  var soFar: (head: Head?, body: Body) {
    state.withLock { state in
      // Why it cannot be read has been said where it came.
      try? state.read()
      return (state.head, state.body)
    }
  }

  func didReceiveHead(
    task: HTTPClient.Task<WholeAnswer<Body>>, _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    let head = Head(status: head.status, headers: head.headers)
    state.withLock { $0.head = head }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(
    task: HTTPClient.Task<WholeAnswer<Body>>, _ buffer: ByteBuffer
  ) -> EventLoopFuture<Void> {
    guard Body.isLong else {
      return task.eventLoop.makeCompletedFuture(
        Result { try state.withLock { try $0.body.consume(buffer.readableBytesView) } })
    }
    let waiting = state.withLock { state in
      state.unread.writeImmutableBuffer(buffer)
      return state.unread.readableBytes
    }
    guard waiting >= Self.longPart else { return task.eventLoop.makeSucceededVoidFuture() }
    // No look-up waits until a list is read.
    let isRead = task.eventLoop.makePromise(of: Void.self)
    longBodies.async { isRead.completeWith(Result { try self.read() }) }
    return isRead.futureResult
  }

  private func read() throws {
    try state.withLock { try $0.read() }
  }

  func didFinishRequest(
    task: HTTPClient.Task<WholeAnswer<Body>>
  ) throws -> WholeAnswer<Body> {
    try read()
    let (head, body) = soFar
    guard let head else { throw Problem("no head") }
    return WholeAnswer(head: head, body: body)
  }
}

private let longBodies = DispatchQueue(
  label: "fourvenues.lists", qos: .utility, attributes: .concurrent)
