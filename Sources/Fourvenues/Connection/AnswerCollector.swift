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
  }

  private let state: Mutex<State>

  init(into body: Body) {
    state = Mutex(State(body: body))
  }

  /// As far as it has come.
  var soFar: (head: Head?, body: Body) { state.withLock { ($0.head, $0.body) } }

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
      return task.eventLoop.makeCompletedFuture(Result { try consume(buffer) })
    }
    // No look-up waits until a list is read.
    let consumed = task.eventLoop.makePromise(of: Void.self)
    longBodies.async { consumed.completeWith(Result { try self.consume(buffer) }) }
    return consumed.futureResult
  }

  private func consume(_ buffer: ByteBuffer) throws {
    try state.withLock { try $0.body.consume(buffer.readableBytesView) }
  }

  func didFinishRequest(
    task: HTTPClient.Task<WholeAnswer<Body>>
  ) throws -> WholeAnswer<Body> {
    let (head, body) = soFar
    guard let head else { throw Problem("no head") }
    return WholeAnswer(head: head, body: body)
  }
}

private let longBodies = DispatchQueue(
  label: "fourvenues.lists", qos: .utility, attributes: .concurrent)
