/// From before the program is started until a picture asks for a scan.
struct StartMeasure {
  var plan: Plan
  var sandbox: Sandbox

  func run() throws -> [Row] {
    guard plan.starts > 0 else { return [] }
    var (ready, echo): ([Double], [Double]) = ([], [])
    let warmUp = 3
    for start in 0..<(warmUp + plan.starts) {
      // One folder for all: the first start makes what the others find.
      let door = try Door(plan: plan, sandbox: sandbox, name: "starts")
      let took = door.process.started.duration(to: try door.waitUntilReady())
      door.process.end()
      let bare = try TerminalEcho.measureStart(folder: plan.folder)
      guard start >= warmUp else { continue }
      ready.append(took.milliseconds)
      echo.append(bare.milliseconds)
    }
    return [Row(.ready, Distribution(ready)), Row(.echoStart, Distribution(echo))]
  }
}
