import Foundation

/// How long the proofs go on and where their randomness begins, as `Config/endure` says it by the
/// environment.
struct EndurancePlan: Sendable {
  /// Kills while the store can be written.
  var kills = number("KILLS", otherwise: 200)
  /// Kills around a file system that fills up.
  var fullKills = number("FULL_KILLS", otherwise: 200)
  /// Scans while the service is at fault.
  var scans = number("SCANS", otherwise: 2000)
  /// Processes that try the same passes, and how many of those there are.
  var processes = number("PROCESSES", otherwise: 8)
  var passes = number("PASSES", otherwise: 500)
  /// Nights of random faults, and the scans of each.
  var nights = number("NIGHTS", otherwise: 10)
  var nightScans = number("NIGHT_SCANS", otherwise: 1000)
  /// Random nights of several doors, and the passes of each.
  var doorSeeds = number("DOOR_NIGHTS", otherwise: 20)
  var doorPasses = number("DOOR_PASSES", otherwise: 2000)
  /// Nights of 3,000 people who go out and in again.
  var outAndInNights = number("OUT_NIGHTS", otherwise: 5)
  var seed = UInt64(number("SEED", otherwise: 20_261_121))

  static var isAsked: Bool { value("ENDURE") != nil }

  private static func value(_ name: String) -> String? {
    let value = ProcessInfo.processInfo.environment[
      name == "ENDURE" ? "DOORCHECK_ENDURE" : "DOORCHECK_ENDURE_\(name)"]
    return value?.isEmpty == false ? value : nil
  }

  private static func number(_ name: String, otherwise: Int) -> Int {
    value(name).flatMap { Int($0) } ?? otherwise
  }
}
