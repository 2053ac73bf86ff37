import Admission

/// Words of an exit, of who comes back, and of who is inside.
extension EnglishTexts {
  var exitWord: [String] { ["EXIT"] }
  var scanOnTheWayOut: String { "Scan a code on the way out" }
  var outWord: [String] { ["OUT"] }
  func left(_ people: Int) -> String { "\(people) out" }
  func stayInside(_ people: Int) -> String {
    people == 1 ? "1 stays inside" : "\(people) stay inside"
  }
  func leaveOneByOne(_ people: Int) -> String { "\(people) inside, one a scan" }
  func wouldLeave(_ people: Int) -> String {
    people == 1 ? "WOULD BE COUNTED OUT" : "WOULD BE COUNTED OUT: \(people)"
  }
  var nobodyWord: [String] { ["NOBODY IN", "NOBODY"] }
  var nobodyInside: String { "nobody inside on this code" }
  var nobodyInsideStep: String { "Let them go: nothing is counted" }
  var countsLaterStep: String { "Let them go: counted later" }
  var howManyLeftKeys: String { "↑ ↓ change how many left" }
  var howManyLeftHint: String { "↑ ↓ how many left" }
  func insideAgain(_ people: Int) -> String { "\(people) inside again" }
  func wentOut(at time: String) -> String { "counted out at \(time), taken back" }
  func out(_ people: String, at time: String) -> String { "\(people), out at \(time)" }

  func leftAt(_ time: String) -> String { "left \(time)" }
  func backIn(_ back: Int, leftAt time: String?, new: Int) -> String {
    let left = time.map(leftAt)
    guard new > 0 else {
      let text = back == 1 ? "back in" : "\(back) back in"
      return [text, left].compactMap(\.self).joined(separator: ", ")
    }
    return "\(back) back in\(left.map { " (\($0))" } ?? ""), \(new) new"
  }
  var perhapsUsed: String { "used, as far as this door knows" }
  var perhapsUsedStep: String { "May have left unseen: ask. F6 lets in" }

  func inside(_ crowd: Crowd, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let (people, all) = (crowd.inside, crowd.admitted)
    let share = capacity.map { "\(people) inside of \($0)" } ?? "\(people) inside"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    return atThisDoor
      ? ["\(share), \(all) admitted at this door", "\(share), \(all) here", share, "\(brief) in"]
      : ["\(share), \(all) admitted", share, "\(brief) in"]
  }
  func fullInside(_ people: Int, of capacity: Int) -> [String] {
    ["FULL: \(people) of \(capacity) inside", "FULL: \(people)/\(capacity)"]
  }
  func nearlyFullInside(_ people: Int, of capacity: Int) -> [String] {
    ["ALMOST FULL: \(people) of \(capacity) inside", "ALMOST FULL: \(people)/\(capacity)"]
  }

  var countedByHand: String { "Counted by hand" }
  func countedByHand(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "\(people) in by hand"
    case .out: "\(people) out by hand"
    }
  }
  func countsSoon(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "counts \(people) in, Esc clears"
    case .out: "counts \(people) out, Esc clears"
    }
  }
  func enterCounts(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Enter counts \(people) in, Esc clears"
    case .out: "Enter counts \(people) out, Esc clears"
    }
  }
  var notCounted: String { "NOT COUNTED: no event" }

  var exit: String { "exit" }
  func doorIsNow(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "THIS DOOR IS AN ENTRANCE NOW"
    case .out: "THIS DOOR IS AN EXIT NOW"
    }
  }
  func turnWord(_ direction: DoorDirection) -> [String] {
    switch direction {
    case .in: ["ENTRANCE?", "IN?"]
    case .out: ["EXIT?"]
    }
  }
  func turnQuestion(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Make this door an entrance?"
    case .out: "Make this door an exit?"
    }
  }
  var turnKeys: String { "F9 within 10 s turns it, Esc keeps" }
  var turnHelp: HelpLine { HelpLine(sign: "F9", meaning: "turns it: entrance or exit") }
  var handCountHelp: [HelpLine] {
    [
      HelpLine(sign: "+ -", meaning: "one in, one out by hand"),
      HelpLine(sign: "CARD", meaning: "again within 3 s: once"),
    ]
  }
}
