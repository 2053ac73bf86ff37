import Foundation

/// Many codes pasted at once: whether each gets its verdict, in order, and how long it takes.
struct BurstMeasure {
  var plan: Plan
  var door: Door

  func run() async throws -> [Figure] {
    let codes = (0..<plan.burst).map { Plan.code(plan.rounds + $0) }
    let first = door.scans + 1
    let panels = try door.paste(codes, atMost: .seconds(120))
    let seen = panels.filter { $0.panel.number >= first }
    let numbers = seen.map(\.panel.number)
    let others = Set(seen.map(\.panel.reason)).subtracting(["valid"]).sorted()
    let order =
      zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 } ? "in order" : "NOT in order"
    let note =
      "\(numbers.count) of \(plan.burst) panels seen, \(order), the last is #\(numbers.last ?? 0)"
      + " of #\(door.scans)" + (others.isEmpty ? ", all valid" : ", also \(others)")

    let bare = BareRoundTrip()
    let urls = codes.map { door.sandbox.lookUpURL($0) }
    _ = try await bare.measure(all: Array(urls.prefix(100)))
    let lookUps = try await bare.measure(all: urls)
    try await bare.end()
    return [
      Figure(.paste, seen.last?.after.milliseconds ?? .nan, "ms", note), try scan(),
      Figure(.pasteRoundTrips, lookUps.milliseconds, "ms", "16 connections, no verdicts"),
    ]
  }

  /// The same number of codes through `doorcheck scan`, whose output shows every single verdict.
  private func scan() throws -> Figure {
    let codes = (0..<plan.burst).map { Plan.code(plan.rounds + plan.burst + $0) }
    let input = "\(plan.folder)/codes.txt"
    try codes.map { "\($0)\n" }.joined().write(toFile: input, atomically: true, encoding: .utf8)
    let output = try OutputPipe()
    let process = try StartedProcess(
      plan.program, ["scan", "--format", "json", "--event", door.sandbox.eventID],
      environment: Door.environment(plan, door.sandbox, name: "scan"),
      standard: .streams(input: input, output: output.writeEnd))
    output.closeWriteEnd()
    let lines = output.all().split(separator: UInt8(ascii: "\n"))
    process.wait()
    let took = process.started.duration(to: .now)
    let verdicts = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0)) }
    let order = verdicts.map(\.code) == codes ? "every code, in order" : "NOT every code in order"
    let valid = verdicts.filter { $0.reason == "valid" }.count
    return Figure(
      .scanCommand, took.milliseconds, "ms", "\(verdicts.count) verdicts, \(order), \(valid) valid")
  }

  private struct Line: Decodable { var code, reason: String }
}
