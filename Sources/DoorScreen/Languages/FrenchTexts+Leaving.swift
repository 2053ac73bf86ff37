import Admission

/// Words of an exit, of who comes back, and of who is inside.
extension FrenchTexts {
  var exitWord: [String] { ["SORTIE"] }
  var scanOnTheWayOut: String { "Scannez le code à la sortie" }
  var outWord: [String] { ["SORT"] }
  func left(_ people: Int) -> String { people == 1 ? "1 sort" : "\(people) sortent" }
  func stayInside(_ people: Int) -> String {
    people == 1 ? "1 reste à l'intérieur" : "\(people) restent à l'intérieur"
  }
  func leaveOneByOne(_ people: Int) -> String { "\(people) dedans, un par scan" }
  func wouldLeave(_ people: Int) -> String {
    people == 1 ? "COMPTERAIT UNE SORTIE" : "COMPTERAIT \(people) SORTIES"
  }
  var nobodyWord: [String] { ["PERSONNE", "AUCUN"] }
  var nobodyInside: String { "personne dedans avec ce code" }
  var nobodyInsideStep: String { "Laissez sortir : rien n'est compté" }
  var countsLaterStep: String { "Laissez sortir : compté plus tard" }
  var howManyLeftKeys: String { "↑ ↓ corrigent le nombre de sorties" }
  var howManyLeftHint: String { "↑ ↓ combien de sorties" }
  func insideAgain(_ people: Int) -> String {
    people == 1 ? "1 de nouveau à l'intérieur" : "\(people) de nouveau à l'intérieur"
  }
  func wentOut(at time: String) -> String { "sortie de \(time), annulée" }
  func out(_ people: String, at time: String) -> String { "\(people), sortie \(of(time))" }

  func leftAt(_ time: String) -> String { "sortie à \(time)" }
  func backIn(_ back: Int, leftAt time: String?, new: Int) -> String {
    let left = time.map(leftAt)
    guard new > 0 else {
      let text = back == 1 ? "de retour" : "\(back) de retour"
      return [text, left].compactMap(\.self).joined(separator: ", ")
    }
    let others = new == 1 ? "1 nouveau" : "\(new) nouveaux"
    return "\(back) de retour\(time.map { " (sortie \($0))" } ?? ""), \(others)"
  }
  var perhapsUsed: String { "déjà utilisé, d'après cette porte" }
  var perhapsUsedStep: String { "Sortie non vue ? Demandez, puis F6" }

  func inside(_ crowd: Crowd, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let (people, all) = (crowd.inside, crowd.admitted)
    let share = capacity.map { "\(people) dedans sur \($0)" } ?? "\(people) dedans"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    return atThisDoor
      ? ["\(share), \(all) admis à cette porte", "\(share), \(all) ici", share, "\(brief) d."]
      : ["\(share), \(all) admis", share, "\(brief) d."]
  }
  func fullInside(_ people: Int, of capacity: Int) -> [String] {
    ["COMPLET : \(people) dedans sur \(capacity)", "COMPLET : \(people)/\(capacity)"]
  }
  func nearlyFullInside(_ people: Int, of capacity: Int) -> [String] {
    [
      "PRESQUE COMPLET : \(people) dedans sur \(capacity)",
      "PRESQUE PLEIN : \(people)/\(capacity)",
    ]
  }

  var countedByHand: String { "Compté à la main" }
  func countedByHand(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Compte : +\(people)"
    case .out: "Compte : -\(people)"
    }
  }
  func countsSoon(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "compte +\(people), Échap efface"
    case .out: "compte -\(people), Échap efface"
    }
  }
  func enterCounts(_ people: Int, _ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Entrée compte +\(people), Échap efface"
    case .out: "Entrée compte -\(people), Échap efface"
    }
  }
  var notCounted: String { "NON COMPTÉ : pas de soirée" }

  var exit: String { "sortie" }
  func doorIsNow(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "CETTE PORTE EST MAINTENANT UNE ENTRÉE"
    case .out: "CETTE PORTE EST MAINTENANT UNE SORTIE"
    }
  }
  func turnWord(_ direction: DoorDirection) -> [String] {
    switch direction {
    case .in: ["ENTRÉE ?"]
    case .out: ["SORTIE ?"]
    }
  }
  func turnQuestion(_ direction: DoorDirection) -> String {
    switch direction {
    case .in: "Faire de cette porte une entrée ?"
    case .out: "Faire de cette porte une sortie ?"
    }
  }
  var turnKeys: String { "F9 sous 10 s change, Échap garde" }
  var turnHelp: HelpLine { HelpLine(sign: "F9", meaning: "change : entrée ou sortie") }
  var handCountHelp: [HelpLine] {
    [
      HelpLine(sign: "+ -", meaning: "une entrée, une sortie"),
      HelpLine(sign: "CARTE", meaning: "relue sous 3 s : une fois"),
    ]
  }
}
