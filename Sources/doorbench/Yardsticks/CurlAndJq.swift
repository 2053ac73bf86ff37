import Foundation
import ScreenReader

/// The same look-up as a shell would do it, with two programs started for each code.
struct CurlAndJq {
  private static let script =
    #"curl --silent --header "x-api-key: x" "$1" | jq --raw-output .data.state"#

  func measure(_ url: String) throws -> Duration {
    let output = try OutputPipe()
    let process = try StartedProcess(
      "/bin/sh", ["-c", Self.script, "sh", url], environment: Door.commonEnvironment,
      streams: .files(input: "/dev/null", output: output.writeEnd))
    output.closeWriteEnd()
    let answer = output.all()
    process.wait()
    let end = ContinuousClock.now
    guard answer == Data("activated\n".utf8) else {
      throw BenchmarkFailure("curl and jq answered \(String(decoding: answer, as: UTF8.self))")
    }
    return process.started.duration(to: end)
  }
}
