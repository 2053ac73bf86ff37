import Admission

/// Words of an exit, of who comes back, and of who is inside.
extension PortugueseTexts {
  var exitWord: [String] { ["SAÍDA"] }
  var scanOnTheWayOut: String { "Leia o código de quem sai" }
  var outWord: [String] { ["SAI"] }
  func left(_ people: Int) -> String { people == 1 ? "Sai 1" : "Saem \(people)" }
  func stayInside(_ people: Int) -> String {
    people == 1 ? "1 fica lá dentro" : "\(people) ficam lá dentro"
  }
  func leaveOneByOne(_ people: Int) -> String { "\(people) dentro, um por leitura" }
  func wouldLeave(_ people: Int) -> String {
    people == 1 ? "CONTARIA UMA SAÍDA" : "CONTARIA \(people) SAÍDAS"
  }
  var nobodyWord: [String] { ["NINGUÉM"] }
  var nobodyInside: String { "ninguém lá dentro com este código" }
  var nobodyInsideStep: String { "Deixe sair: nada é contado" }
  var countsLaterStep: String { "Deixe sair: conta-se mais tarde" }
  var howManyLeftKeys: String { "↑ ↓ corrigem quantos saíram" }
  var howManyLeftHint: String { "↑ ↓ quantos saíram" }
  func insideAgain(_ people: Int) -> String {
    people == 1 ? "1 de novo lá dentro" : "\(people) de novo lá dentro"
  }
  func wentOut(at time: String) -> String { "saída \(of(time)), anulada" }
  func out(_ people: String, at time: String) -> String { "\(people), saída \(of(time))" }

  func leftAt(_ time: String) -> String { "saída \(of(time))" }
  func backIn(_ back: Int, leftAt time: String?, new: Int) -> String {
    let left = time.map(leftAt)
    guard new > 0 else {
      let text = back == 1 ? "volta a entrar" : "\(back) voltam a entrar"
      return [text, left].compactMap(\.self).joined(separator: ", ")
    }
    let text = back == 1 ? "1 volta" : "\(back) voltam"
    return "\(text)\(time.map { " (saída \($0))" } ?? ""), \(new) \(new == 1 ? "novo" : "novos")"
  }
  var perhapsUsed: String { "já usado, que se saiba aqui" }
  var perhapsUsedStep: String { "Pode ter saído: pergunte, depois F6" }

  func inside(_ crowd: Crowd, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let (people, all) = (crowd.inside, crowd.admitted)
    let share = capacity.map { "\(people) dentro de \($0)" } ?? "\(people) dentro"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    let word = all == 1 ? "admitido" : "admitidos"
    return atThisDoor
      ? ["\(share), \(all) \(word) nesta porta", "\(share), \(all) aqui", share, "\(brief) d."]
      : ["\(share), \(all) \(word)", share, "\(brief) d."]
  }
  func fullInside(_ people: Int, of capacity: Int) -> [String] {
    ["LOTAÇÃO ESGOTADA: \(people) de \(capacity) dentro", "LOTADO: \(people)/\(capacity)"]
  }
  func nearlyFullInside(_ people: Int, of capacity: Int) -> [String] {
    ["QUASE LOTADO: \(people) de \(capacity) dentro", "QUASE LOTADO: \(people)/\(capacity)"]
  }

  var countedByHand: String { "Contado à mão" }
  func countedByHand(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Contador: +\(people)"
    case .out: "Contador: -\(people)"
    }
  }
  func countsSoon(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "conta +\(people), Esc apaga"
    case .out: "conta -\(people), Esc apaga"
    }
  }
  func enterCounts(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Enter conta +\(people), Esc apaga"
    case .out: "Enter conta -\(people), Esc apaga"
    }
  }
  var notCounted: String { "NÃO CONTADO: sem evento" }

  var exit: String { "saída" }
  func doorIsNow(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "ESTA PORTA AGORA É DE ENTRADA"
    case .out: "ESTA PORTA AGORA É DE SAÍDA"
    }
  }
  func turnWord(_ direction: DoorDirection) -> [String] {
    switch direction {
    case .in: ["ENTRADA?"]
    case .out: ["SAÍDA?"]
    }
  }
  func turnQuestion(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Passar esta porta a entrada?"
    case .out: "Passar esta porta a saída?"
    }
  }
  var turnKeys: String { "F9 antes de 10 s muda, Esc não" }
  var turnHelp: HelpLine { HelpLine(sign: "F9", meaning: "muda: entrada ou saída") }
  var handCountHelp: [HelpLine] {
    [
      HelpLine(sign: "+ -", meaning: "um entra, um sai à mão"),
      HelpLine(sign: "CARTÃO", meaning: "de novo em 3 s: conta um"),
    ]
  }
}
