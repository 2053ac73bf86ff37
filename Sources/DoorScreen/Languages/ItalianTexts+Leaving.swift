import Admission

/// Words of an exit, of who comes back, and of who is inside.
extension ItalianTexts {
  var exitWord: [String] { ["USCITA"] }
  var scanOnTheWayOut: String { "Scansiona il codice di chi esce" }
  var outWord: [String] { ["ESCE"] }
  func left(_ people: Int) -> String { people == 1 ? "Esce 1" : "Escono \(people)" }
  func stayInside(_ people: Int) -> String {
    people == 1 ? "1 resta dentro" : "\(people) restano dentro"
  }
  func leaveOneByOne(_ people: Int) -> String { "\(people) dentro, uno per lettura" }
  func wouldLeave(_ people: Int) -> String {
    people == 1 ? "CONTEREBBE UN'USCITA" : "CONTEREBBE \(people) USCITE"
  }
  var nobodyWord: [String] { ["NESSUNO"] }
  var nobodyInside: String { "nessuno dentro con questo codice" }
  var nobodyInsideStep: String { "Lascia uscire: non si conta nulla" }
  var countsLaterStep: String { "Lascia uscire: si conta più tardi" }
  var howManyLeftKeys: String { "↑ ↓ correggono quanti sono usciti" }
  var howManyLeftHint: String { "↑ ↓ quanti sono usciti" }
  func insideAgain(_ people: Int) -> String {
    people == 1 ? "1 di nuovo dentro" : "\(people) di nuovo dentro"
  }
  func wentOut(at time: String) -> String { "uscita delle \(time), annullata" }
  func out(_ people: String, at time: String) -> String { "\(people), uscita delle \(time)" }

  func leftAt(_ time: String) -> String { "uscita alle \(time)" }
  func backIn(_ back: Int, leftAt time: String?, new: Int) -> String {
    let left = time.map(leftAt)
    guard new > 0 else {
      let text = back == 1 ? "rientra" : "rientrano in \(back)"
      return [text, left].compactMap(\.self).joined(separator: ", ")
    }
    let text = back == 1 ? "1 rientra" : "\(back) rientrano"
    return "\(text)\(time.map { " (uscita \($0))" } ?? ""), \(new) \(new == 1 ? "nuovo" : "nuovi")"
  }
  var perhapsUsed: String { "già usato, per quanto si sa qui" }
  var perhapsUsedStep: String { "Forse è uscito: chiedi, poi F6" }

  func inside(_ crowd: Crowd, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let (people, all) = (crowd.inside, crowd.admitted)
    let share = capacity.map { "\(people) dentro su \($0)" } ?? "\(people) dentro"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    let word = all == 1 ? "ammesso" : "ammessi"
    return atThisDoor
      ? ["\(share), \(all) \(word) a questa porta", "\(share), \(all) qui", share, "\(brief) d."]
      : ["\(share), \(all) \(word)", share, "\(brief) d."]
  }
  func fullInside(_ people: Int, of capacity: Int) -> [String] {
    ["PIENO: \(people) dentro su \(capacity)", "PIENO: \(people)/\(capacity)"]
  }
  func nearlyFullInside(_ people: Int, of capacity: Int) -> [String] {
    ["QUASI PIENO: \(people) dentro su \(capacity)", "QUASI PIENO: \(people)/\(capacity)"]
  }

  var countedByHand: String { "Contato a mano" }
  func countedByHand(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Conta: +\(people)"
    case .out: "Conta: -\(people)"
    }
  }
  func countsSoon(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "conta +\(people), Esc cancella"
    case .out: "conta -\(people), Esc cancella"
    }
  }
  func enterCounts(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Invio conta +\(people), Esc cancella"
    case .out: "Invio conta -\(people), Esc cancella"
    }
  }
  var notCounted: String { "NON CONTATO: nessun evento" }

  var exit: String { "uscita" }
  func doorIsNow(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "QUESTA PORTA ORA È UN INGRESSO"
    case .out: "QUESTA PORTA ORA È UN'USCITA"
    }
  }
  func turnWord(_ direction: DoorDirection) -> [String] {
    switch direction {
    case .in: ["INGRESSO?"]
    case .out: ["USCITA?"]
    }
  }
  func turnQuestion(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Questa porta diventa un ingresso?"
    case .out: "Questa porta diventa un'uscita?"
    }
  }
  var turnKeys: String { "F9 entro 10 s cambia, Esc lascia" }
  var turnHelp: HelpLine { HelpLine(sign: "F9", meaning: "cambia: ingresso o uscita") }
  var handCountHelp: [HelpLine] {
    [
      HelpLine(sign: "+ -", meaning: "uno entra, uno esce a mano"),
      HelpLine(sign: "TESSERA", meaning: "riletta entro 3 s: una volta"),
    ]
  }
}
