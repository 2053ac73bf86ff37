import Admission

/// Words of an exit, of who comes back, and of who is inside.
extension SpanishTexts {
  var exitWord: [String] { ["SALIDA"] }
  var scanOnTheWayOut: String { "Escanea el código de quien sale" }
  var outWord: [String] { ["SALE"] }
  func left(_ people: Int) -> String { people == 1 ? "Sale 1" : "Salen \(people)" }
  func stayInside(_ people: Int) -> String {
    people == 1 ? "1 sigue dentro" : "\(people) siguen dentro"
  }
  func leaveOneByOne(_ people: Int) -> String { "\(people) dentro, uno por lectura" }
  func wouldLeave(_ people: Int) -> String {
    people == 1 ? "CONTARÍA UNA SALIDA" : "CONTARÍA \(people) SALIDAS"
  }
  var nobodyWord: [String] { ["NADIE DENTRO", "NADIE"] }
  var nobodyInside: String { "nadie dentro con este código" }
  var nobodyInsideStep: String { "Deja salir: no se cuenta nada" }
  var countsLaterStep: String { "Deja salir: se contará más tarde" }
  var howManyLeftKeys: String { "↑ ↓ corrigen cuántos han salido" }
  var howManyLeftHint: String { "↑ ↓ cuántos han salido" }
  func insideAgain(_ people: Int) -> String {
    people == 1 ? "1 vuelve a estar dentro" : "\(people) vuelven a estar dentro"
  }
  func wentOut(at time: String) -> String { "salida \(of(time)), anulada" }
  func out(_ people: String, at time: String) -> String { "\(people), salida \(of(time))" }

  func leftAt(_ time: String) -> String { "salida \(of(time))" }
  func backIn(_ back: Int, leftAt time: String?, new: Int) -> String {
    let left = time.map(leftAt)
    guard new > 0 else {
      let text = back == 1 ? "vuelve a entrar" : "\(back) vuelven"
      return [text, left].compactMap(\.self).joined(separator: ", ")
    }
    let text = back == 1 ? "1 vuelve" : "\(back) vuelven"
    return "\(text)\(time.map { " (salida \($0))" } ?? ""), \(new) \(new == 1 ? "nuevo" : "nuevos")"
  }
  var perhapsUsed: String { "ya usado, que se sepa aquí" }
  var perhapsUsedStep: String { "Quizá salió: pregunta, luego F6" }

  func inside(_ crowd: Crowd, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let (people, all) = (crowd.inside, crowd.admitted)
    let share = capacity.map { "\(people) dentro de \($0)" } ?? "\(people) dentro"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    let word = all == 1 ? "admitido" : "admitidos"
    return atThisDoor
      ? ["\(share), \(all) \(word) en esta puerta", "\(share), \(all) aquí", share, "\(brief) d."]
      : ["\(share), \(all) \(word)", share, "\(brief) d."]
  }
  func fullInside(_ people: Int, of capacity: Int) -> [String] {
    ["AFORO COMPLETO: \(people) de \(capacity) dentro", "COMPLETO: \(people)/\(capacity)"]
  }
  func nearlyFullInside(_ people: Int, of capacity: Int) -> [String] {
    [
      "AFORO CASI COMPLETO: \(people) de \(capacity) dentro", "CASI LLENO: \(people)/\(capacity)",
    ]
  }

  var countedByHand: String { "Contado a mano" }
  func countedByHand(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Contador: +\(people)"
    case .out: "Contador: -\(people)"
    }
  }
  func countsSoon(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "cuenta +\(people), Esc borra"
    case .out: "cuenta -\(people), Esc borra"
    }
  }
  func enterCounts(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Intro cuenta +\(people), Esc borra"
    case .out: "Intro cuenta -\(people), Esc borra"
    }
  }
  var notCounted: String { "NO SE HA CONTADO: sin evento" }

  var exit: String { "salida" }
  func doorIsNow(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "ESTA PUERTA AHORA ES DE ENTRADA"
    case .out: "ESTA PUERTA AHORA ES DE SALIDA"
    }
  }
  func turnWord(_ direction: DoorDirection) -> [String] {
    switch direction {
    case .in: ["¿ENTRADA?", "ENTRADA?"]
    case .out: ["¿SALIDA?", "SALIDA?"]
    }
  }
  func turnQuestion(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "¿Hacer de esta puerta una entrada?"
    case .out: "¿Hacer de esta puerta una salida?"
    }
  }
  var turnKeys: String { "F9 antes de 10 s cambia, Esc no" }
  var turnHelp: HelpLine { HelpLine(sign: "F9", meaning: "cambia: entrada o salida") }
  var handCountHelp: [HelpLine] {
    [
      HelpLine(sign: "+ -", meaning: "uno entra, uno sale a mano"),
      HelpLine(sign: "TARJETA", meaning: "otra vez en 3 s: cuenta una"),
    ]
  }
}
