import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import SandboxVenue
import Testing

/// A running venue and a client of it, both gone when `body` returns.
func withVenue<Result: Sendable>(
  _ options: SandboxOptions = SandboxOptions(), now: Date = .now,
  _ body: (Visit) async throws -> Result
) async throws -> Result {
  let venue = try await SandboxVenue.start(options, now: now)
  let client = HTTPClient(eventLoopGroupProvider: .singleton)
  do {
    let result = try await body(Visit(venue: venue, client: client))
    try await client.shutdown()
    await venue.stop()
    return result
  } catch {
    try? await client.shutdown()
    await venue.stop()
    throw error
  }
}

/// What a test asks a venue, over real HTTP.
struct Visit: Sendable {
  let venue: RunningVenue
  let client: HTTPClient

  struct Answer: Sendable {
    var status: Int
    var headers: [String: String]
    var body: [UInt8]

    /// The answer's JSON, with the vendor's names.
    var json: JSON { get throws { try JSONDecoder().decode(JSON.self, from: Data(body)) } }
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
    try await send("GET", venue.baseURL + path, headers: headers)
  }

  func put(_ path: String, _ body: String) async throws -> Answer {
    try await send("PUT", venue.baseURL + path, body: body)
  }

  func control(_ method: String, _ path: String, _ body: String? = nil) async throws -> Answer {
    try await send(method, venue.controlURL + path, body: body)
  }

  private func send(
    _ method: String, _ url: String, headers: [String: String] = [:], body: String? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: url)
    request.method = .init(rawValue: method)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if let body { request.body = .bytes(ByteBuffer(string: body)) }
    let response = try await client.execute(request, timeout: .seconds(20))
    let bytes = try await response.body.collect(upTo: 64 << 20)
    return Answer(
      status: Int(response.status.code),
      headers: Dictionary(
        response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }),
      body: Array(buffer: bytes))
  }
}

/// Any JSON: the tests read the answers with no model of the venue's.
enum JSON: Decodable, Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let array = try? value.decode([JSON].self) {
      self = .array(array)
    } else {
      self = .object(try value.decode([String: JSON].self))
    }
  }

  /// `.null` stands for a key that is missing, too.
  subscript(key: String) -> JSON {
    if case .object(let object) = self { object[key] ?? .null } else { .null }
  }

  var string: String? { if case .string(let string) = self { string } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  var array: [JSON] { if case .array(let array) = self { array } else { [] } }
}

/// The vendor's sample as it lies in the sources.
func sample(_ name: String) throws -> [UInt8] {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  return [UInt8](try Data(contentsOf: root.appending(path: "Sources/SandboxVenue/Samples/\(name)")))
}

let tonightID = "el4gr63f00xkq01i1d8jh5ohuzaZhvoE"

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
