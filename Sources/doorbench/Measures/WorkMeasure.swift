import Foundation
import ScreenReader

/// How many hand-overs, tasks and allocations a scan costs, with all that it leaves to be done behind
/// its panel. Counting takes time, so it is done at a door of its own.
struct WorkMeasure {
  var plan: Plan
  var door: Door
  var place: WorkCounts.Place

  /// What is done behind a panel is over by then.
  private static let settling: Duration = .milliseconds(300)
  static let warmUp = 5

  /// - Parameter first: number of the first pass that is scanned.
  func run(_ kind: String, from first: Int) throws -> [Figure] {
    for number in 0..<Self.warmUp { try scan(first + number) }
    let idleSpan = Duration.seconds(5)
    let atRest = try place.read()
    _ = door.drain(for: idleSpan)
    let idle = try WorkCounts.of(1, from: atRest, to: place.read(), idle: .none)

    let (start, before) = (ContinuousClock.now, try place.read())
    door.terminal.counting = place
    var toPanels = 0.0
    for number in 0..<plan.countedScans {
      let handOvers = try place.read().handOvers
      try scan(first + Self.warmUp + number)
      toPanels += (door.countsAtPanel?.handOversBeforePanel ?? .nan) - handOvers
    }
    door.terminal.counting = nil
    let after = try place.read()
    let share = start.duration(to: .now) / idleSpan / Double(plan.countedScans)
    let scan = WorkCounts.of(plan.countedScans, from: before, to: after, idle: idle.times(share))
    func number(_ value: Double) -> String { String(format: "%.1f", value) }
    return [
      Figure(
        .handOvers, scan.handOvers, "",
        "\(kind): Swift \(number(scan.executor)), Dispatch \(number(scan.dispatch)),"
          + " woken \(number(scan.wakes))"),
      Figure(.handOversToPanel, toPanels / Double(plan.countedScans), "", kind),
      Figure(
        .handOversAfterPanel, scan.handOvers - toPanels / Double(plan.countedScans), "", kind),
      Figure(.tasks, scan.tasks, "", kind),
      Figure(.allocations, scan.allocations, "", kind),
      Figure(.allocated, scan.allocated / 1024, "KiB", kind),
    ]
  }

  private func scan(_ number: Int) throws {
    _ = try door.scan(Plan.code(number), expecting: "valid")
    _ = door.drain(for: Self.settling)
  }
}
