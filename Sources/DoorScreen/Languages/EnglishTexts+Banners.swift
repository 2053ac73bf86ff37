import Formatting

/// What a banner says, the longest form first.
extension EnglishTexts {
  func unknownEvent(_ id: String) -> [String] {
    [
      "THE SERVICE KNOWS NO EVENT \(id): is it the right one?", "UNKNOWN EVENT \(id)",
      "UNKNOWN EVENT",
    ]
  }
  func otherEvent(_ name: String) -> [String] {
    [
      "3 PASSES IN A ROW ARE FOR \(name): is this door set to the right event?",
      "3 PASSES IN A ROW ARE FOR \(name)", "PASSES FOR ANOTHER EVENT",
    ]
  }
  func overSince(_ time: String) -> [String] {
    ["THE EVENT IS OVER since \(time)", "EVENT OVER since \(time)"]
  }
  func full(_ people: Int, of capacity: Int) -> [String] {
    ["FULL: \(people) of \(capacity) admitted", "FULL: \(people)/\(capacity)"]
  }
  func nearlyFull(_ people: Int, of capacity: Int) -> [String] {
    ["ALMOST FULL: \(people) of \(capacity) admitted", "ALMOST FULL: \(people)/\(capacity)"]
  }
  var clockWrong: [String] { ["THE CLOCK IS WRONG: set date and time", "THE CLOCK IS WRONG"] }
  func clockOff(by span: String, isAhead: Bool) -> [String] {
    let side = isAhead ? "AHEAD OF" : "BEHIND"
    return [
      "THIS BOX'S CLOCK IS \(span) \(side) THE SERVICE'S: hours and rates go by it",
      "CLOCK \(span) \(side) THE SERVICE'S", "CLOCK \(span) \(isAhead ? "AHEAD" : "BEHIND")",
    ]
  }
  var certificateRefused: [String] {
    [
      "THE SERVICE'S CERTIFICATE IS REFUSED: is the clock right? Wi-Fi log-in page? address?",
      "CERTIFICATE REFUSED: clock? log-in page?",
      "CERTIFICATE REFUSED",
    ]
  }
  var slowService: [String] {
    ["THE SERVICE IS SLOW: answers take over 0.7 s", "THE SERVICE IS SLOW"]
  }
  var notRecording: [String] {
    [
      "NOT RECORDING: tonight's admissions are lost if this box stops", "NOT RECORDING",
    ]
  }
  func storeSetAside(_ name: String) -> [String] {
    [
      "THE STORE WAS DAMAGED: a new one has begun, the old one is \(name)",
      "THE STORE WAS DAMAGED: a new one has begun", "STORE DAMAGED: new one begun",
    ]
  }
  func scannerWithoutEnd(lost: Int) -> [String] {
    let scanner = "THE SCANNER SENDS NO ENTER"
    return [
      "\(scanner): \(lost == 1 ? "1 scan" : "\(lost) scans") lost. Run doorcheck calibrate",
      "\(scanner): calibrate", "NO ENTER: run calibrate",
    ]
  }
  var serviceDenies: [String] {
    [
      "THE SERVICE DOES NOT KNOW PASSES THAT IT LISTED: stored passes decide",
      "SERVICE FAULT: stored passes decide", "SERVICE FAULT",
    ]
  }
  func mostNotTonight(rule: String) -> [String] {
    [
      "OVER HALF OF TONIGHT'S PASSES WOULD BE REFUSED: see \(rule)",
      "MOST PASSES WOULD BE REFUSED: see \(rule)", "MOST WOULD BE REFUSED",
    ]
  }
  func hookFailed(_ failure: HookFailure) -> [String] {
    let forms: [String] =
      switch failure {
      case .notStarted(let reason):
        ["DID NOT START: \(DisplayText.cleaned(reason))", "DID NOT START"]
      case .exited(let status): ["FAILED: exit status \(status)", "FAILED: \(status)"]
      case .killed(let signal): ["WAS KILLED: signal \(signal)", "KILLED: \(signal)"]
      case .overdue: ["TOOK OVER 5 s AND WAS STOPPED", "TOO SLOW"]
      case .behind: ["IS BEHIND: the oldest verdicts were dropped", "IS BEHIND"]
      }
    return forms.map { "hooks.verdict \($0)" }
  }
  func more(_ banners: Int) -> String { "+\(banners) more" }
}
