import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import ScreenReader

/// The stand-in venue, a process of its own.
final class Sandbox {
  let process: StartedProcess
  /// In milliseconds, before every answer.
  let latency: Int
  let baseURL: String
  let eventID: String
  /// Codes of its guest list of which nobody is left to come in.
  let usedCodes: [String]
  private let output: OutputPipe

  /// - Throws: `BenchmarkFailure` when its first line is not as expected (Contract: Commands).
  init(program: String, latency: Int, passes: Int, tickets: Int = 0) throws {
    self.latency = latency
    output = try OutputPipe()
    process = try StartedProcess(
      program,
      [
        "sandbox", "--port", "0", "--format", "json", "--guests", "--latency-ms", "\(latency)",
        "--passes", "\(passes)", "--tickets", "\(tickets)",
      ],
      environment: Door.commonEnvironment,
      streams: .files(input: "/dev/null", output: output.writeEnd))
    output.closeWriteEnd()
    guard let first = output.line(), let place = try? JSONDecoder().decode(Place.self, from: first)
    else { throw BenchmarkFailure("the sandbox did not say where it is") }
    (baseURL, eventID) = (place.baseURL, place.eventID)
    var used: [String] = []
    while used.count < 2, let line = output.line() {
      let guest = try JSONDecoder().decode(Guest.self, from: line)
      if guest.reason == "already_used" { used.append(guest.code) }
    }
    guard used.count == 2 else { throw BenchmarkFailure("the sandbox has no two used passes") }
    usedCodes = used
  }

  /// From now on it takes requests and answers none.
  func fallSilent() async throws {
    var request = HTTPClientRequest(url: "\(baseURL)/sandbox/faults")
    request.method = .PUT
    request.body = .bytes(ByteBuffer(string: #"{"hang": 1}"#))
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
    guard response.status == .ok else {
      throw BenchmarkFailure("the sandbox answered \(response.status.code)")
    }
  }

  func lookUpURL(_ code: String) -> String { "\(baseURL)/v2/passes/by-code/\(code)" }

  private struct Place: Decodable {
    var baseURL, eventID: String

    private enum CodingKeys: String, CodingKey {
      case baseURL = "base_url"
      case eventID = "event_id"
    }
  }

  private struct Guest: Decodable { var code, reason: String }
}
