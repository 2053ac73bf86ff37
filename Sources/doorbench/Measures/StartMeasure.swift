/// From before the program is started until a picture asks for a scan.
struct StartMeasure {
  var plan: Plan
  var sandbox: Sandbox

  /// Starts that do not count: the first ones make what the others find.
  private static let warmUp = 3

  func run() async throws -> [Row] {
    guard plan.starts > 0 else { return [] }
    let name = "starts"
    Progress.say("storing \(plan.startPasses) passes")
    try await StoredPasses.fill(
      plan, name: name, count: plan.startPasses, eventID: sandbox.eventID)
    Progress.say("\(plan.starts) starts")
    var (ready, echo): ([Double], [Double]) = ([], [])
    for start in 0..<(Self.warmUp + plan.starts) {
      let door = try Door(plan: plan, sandbox: sandbox, name: name)
      let took = door.process.started.duration(to: try door.waitUntilReady())
      door.process.end()
      let bare = try TerminalEcho.measureStart(folder: plan.folder)
      guard start >= Self.warmUp else { continue }
      ready.append(took.milliseconds)
      echo.append(bare.milliseconds)
    }
    return [
      Row(.ready, passes: plan.startPasses, Distribution(ready)),
      Row(.echoStart, Distribution(echo)),
    ]
  }
}
