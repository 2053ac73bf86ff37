import Hummingbird
import NIOCore

/// Brings a reply to the client, the way that the fault of its request wants it.
struct Delivery {
  private static let drippedPieces = 20

  let request: Request
  let context: SandboxContext
  let answerAboutAnother: Answer

  /// - Parameter reply: asked for only where the request gets as far as the venue.
  /// - Throws: `HungUp` where the connection has been ended, `CancellationError` at the venue's end.
  func deliver(
    _ effect: FaultPlan.Effect, _ reply: () async throws -> Reply
  ) async throws -> Response {
    switch effect {
    case .fail(let status): Answer.error(status, "Sandbox fault").response()
    case .hang(let seconds): try await stayOnTheLine(seconds: seconds)
    case .none: try await deliver(reply()) { $0.response() }
    case .lie(let lie): try await deliver(reply()) { lieAbout($0, lie) }
    case .drip(let milliseconds):
      try await deliver(reply()) { drip($0, everyMilliseconds: milliseconds) }
    case .hangUp(let hangUp): try await deliver(reply()) { try await end($0, hangUp) }
    }
  }

  private func deliver(
    _ reply: Reply, as response: (Answer) async throws -> Response
  ) async throws -> Response {
    switch reply {
    case .answer(let answer): try await response(answer)
    case .silence(let seconds): try await stayOnTheLine(seconds: seconds)
    }
  }

  /// The venue has done what was asked; only its answer is lost.
  private func end(_ answer: Answer, _ hangUp: FaultPlan.HangUp) async throws -> Response {
    guard hangUp.midway else {
      await context.hangUp(abruptly: hangUp.abrupt)
      throw HungUp()
    }
    return answer.response { [context] writer in
      try await writer.write(ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2)))
      await context.hangUp(abruptly: hangUp.abrupt)
      throw HungUp()
    }
  }

  /// Says nothing until the time is over or the client leaves; the connection ends in both cases.
  private func stayOnTheLine(seconds: Int) async throws -> Response {
    do {
      try await request.body.consumeWithCancellationOnInboundClose { _ in
        try await Task.sleep(for: .seconds(seconds))
      }
    } catch is CancellationError {
      // The client has left, or the venue closes: either way the line is ended below.
    }
    await context.hangUp(abruptly: false)
    throw HungUp()
  }

  private func drip(_ answer: Answer, everyMilliseconds milliseconds: Int) -> Response {
    answer.response { writer in
      let size = max(1, (answer.body.count + Self.drippedPieces - 1) / Self.drippedPieces)
      var rest = answer.body[...]
      while !rest.isEmpty {
        try await Task.sleep(for: .milliseconds(milliseconds))
        try await writer.write(ByteBuffer(bytes: rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      try await writer.finish(nil)
    }
  }

  private func lieAbout(_ answer: Answer, _ lie: SandboxFaults.Lie) -> Response {
    var lying = Answer(status: 200, body: [])
    switch lie {
    case .otherPass:
      lying = answerAboutAnother
    case .halfJSON:
      lying.body = Array(answer.body.prefix(answer.body.count / 2))
    case .html:
      lying.contentType = ContentType.html
      lying.body = Array("<!doctype html><title>Log in to the Wi-Fi</title>".utf8)
    case .null:
      lying.body = Array("null".utf8)
    case .wrongShape:
      lying.body = Array(
        #"{"success":true,"data":{"code":7,"state":[],"passes_usages":"none"}}"#.utf8)
    case .hugeBody:
      return hugeBody(lying)
    }
    return lying.response()
  }

  /// Written in pieces of 64 KiB with no length announced, and never held as a whole.
  private func hugeBody(_ answer: Answer) -> Response {
    Response(
      status: .ok, headers: answer.headers,
      body: ResponseBody { writer in
        try await writer.write(
          ByteBuffer(string: #"{"success":true,"data":{"customer_fullname":""#))
        let piece = ByteBuffer(repeating: UInt8(ascii: "A"), count: 1 << 16)
        for _ in 0..<512 { try await writer.write(piece) }
        try await writer.write(ByteBuffer(string: #""}}"#))
        try await writer.finish(nil)
      })
  }
}
