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
    let (ready, echo) = try measure(name)
    var rows = [
      Row(.ready, passes: plan.startPasses, Distribution(ready)),
      Row(.echoStart, Distribution(echo)),
    ]
    if plan.startAdmissions > 0 {
      let name = "starts in the night"
      Progress.say("recording \(plan.startAdmissions) admissions")
      try await StoredPasses.admit(
        plan, name: name, count: plan.startAdmissions, eventID: sandbox.eventID)
      let (ready, _) = try measure(name)
      rows.insert(
        Row(.readyAgain, admissions: plan.startAdmissions, Distribution(ready)), at: 1)
    }
    return rows
  }

  private func measure(_ name: String) throws -> (ready: [Double], echo: [Double]) {
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
    return (ready, echo)
  }
}
