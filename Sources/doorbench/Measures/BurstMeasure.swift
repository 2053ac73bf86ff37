import Foundation
import ScreenReader

/// Many codes pasted at once: whether each gets its verdict, in order, and how long it takes.
struct BurstMeasure {
  var plan: Plan
  var door: Door

  func run() async throws -> [Figure] {
    let codes = codes(from: plan.rounds)
    let panels = try door.paste(codes, atMost: .seconds(120))
    // The screen shows the newest of a flood; the journal holds every verdict.
    let journal = try await DoorStore(plan, name: door.name).newestVerdicts(plan.burst)
    let missing = zip(codes, journal).count { $0 != $1.code || !$1.isAdmitted }
    let note = "\(panels.count) panels seen, the last is #\(panels.last?.panel.number ?? 0)"

    let bare = BareRoundTrip()
    let urls = codes.map { door.sandbox.lookUpURL($0) }
    _ = try await bare.measure(all: Array(urls.prefix(100)))
    let lookUps = try await bare.measure(all: urls)
    try await bare.end()
    return [
      Figure(.paste, panels.last?.after.milliseconds ?? .nan, "ms", note),
      Figure(
        .pasteMissing, Double(missing + plan.burst - journal.count), "codes",
        "of \(plan.burst), by the journal"),
    ] + (try scan()) + [
      Figure(.pasteRoundTrips, lookUps.milliseconds, "ms", "16 connections, no verdicts")
    ]
  }

  /// The same number of codes through `doorcheck scan`, whose output shows every single verdict.
  private func scan() throws -> [Figure] {
    let codes = codes(from: plan.rounds + plan.burst)
    let input = "\(plan.folder)/codes.txt"
    try codes.map { "\($0)\n" }.joined().write(toFile: input, atomically: true, encoding: .utf8)
    let output = try OutputPipe()
    let process = try StartedProcess(
      plan.program, ["scan", "--format", "json", "--event", door.sandbox.eventID],
      environment: Door.environment(plan, door.sandbox, name: "scan"),
      streams: .files(input: input, output: output.writeEnd))
    output.closeWriteEnd()
    let lines = output.all().split(separator: UInt8(ascii: "\n"))
    process.wait()
    let took = process.started.duration(to: .now)
    let verdicts = try lines.map { try JSONDecoder().decode(VerdictLine.self, from: Data($0)) }
    let missing = zip(codes, verdicts).count { $0 != $1.code || $1.reason != "valid" }
    return [
      Figure(.scanCommand, took.milliseconds, "ms", "\(verdicts.count) verdicts"),
      Figure(
        .scanMissing, Double(missing + abs(codes.count - verdicts.count)), "codes",
        "of \(plan.burst), by its output"),
    ]
  }

  private func codes(from first: Int) -> [String] {
    (0..<plan.burst).map { Plan.code(first + $0) }
  }

  private struct VerdictLine: Decodable { var code, reason: String }
}
