import Formatting

/// What a banner says, the longest form first.
extension FrenchTexts {
  func unknownEvent(_ id: String) -> [String] {
    [
      "LE SERVICE NE CONNAÎT PAS LA SOIRÉE \(id) : est-ce la bonne ?", "SOIRÉE INCONNUE \(id)",
      "SOIRÉE INCONNUE",
    ]
  }
  func otherEvent(_ name: String) -> [String] {
    [
      "3 PASS DE SUITE SONT POUR \(name) : est-ce la bonne soirée ?",
      "3 PASS DE SUITE SONT POUR \(name)", "PASS POUR UNE AUTRE SOIRÉE",
    ]
  }
  func overSince(_ time: String) -> [String] {
    ["LA SOIRÉE EST FINIE depuis \(time)", "FINIE depuis \(time)"]
  }
  func full(_ people: Int, of capacity: Int) -> [String] {
    ["COMPLET : \(people) entrées sur \(capacity)", "COMPLET : \(people)/\(capacity)"]
  }
  func nearlyFull(_ people: Int, of capacity: Int) -> [String] {
    [
      "PRESQUE COMPLET : \(people) entrées sur \(capacity)",
      "PRESQUE PLEIN : \(people)/\(capacity)",
    ]
  }
  var clockWrong: [String] { ["L'HORLOGE EST FAUSSE : réglez-la", "L'HORLOGE EST FAUSSE"] }
  func clockOff(by span: String, isAhead: Bool) -> [String] {
    let verb = isAhead ? "AVANCE" : "RETARDE"
    return [
      "L'HORLOGE \(verb) DE \(span) sur le service : horaires et tarifs en dépendent",
      "L'HORLOGE \(verb) DE \(span)",
    ]
  }
  var certificateRefused: [String] {
    [
      "LE CERTIFICAT DU SERVICE EST REFUSÉ : horloge ? page de connexion du Wi-Fi ? adresse ?",
      "CERTIFICAT REFUSÉ : horloge ? Wi-Fi ?",
      "CERTIFICAT REFUSÉ",
    ]
  }
  var slowService: [String] {
    ["LE SERVICE EST LENT : réponses en plus de 0,7 s", "LE SERVICE EST LENT"]
  }
  var notRecording: [String] {
    [
      "RIEN N'EST ENREGISTRÉ : les entrées sont perdues si ce poste s'arrête",
      "RIEN N'EST ENREGISTRÉ",
    ]
  }
  func storeSetAside(_ name: String) -> [String] {
    [
      "LA BASE ÉTAIT ENDOMMAGÉE : une nouvelle est créée, l'ancienne est \(name)",
      "LA BASE ÉTAIT ENDOMMAGÉE : une nouvelle est créée", "BASE ENDOMMAGÉE : recréée",
    ]
  }
  func scannerWithoutEnd(lost: Int) -> [String] {
    let scanner = "LE LECTEUR N'ENVOIE PAS ENTRÉE"
    return [
      "\(scanner) : \(lost == 1 ? "1 scan perdu" : "\(lost) scans perdus"). Lancez doorcheck calibrate",
      "\(scanner) : calibrate", "PAS D'ENTRÉE : voir calibrate",
    ]
  }
  var serviceDenies: [String] {
    [
      "LE SERVICE NE CONNAÎT PLUS DES PASS DE SA LISTE : ceux enregistrés décident",
      "PANNE : les pass enregistrés décident", "SERVICE EN PANNE",
    ]
  }
  func mostNotTonight(rule: String) -> [String] {
    [
      "PLUS DE LA MOITIÉ DES PASS SERAIENT REFUSÉS : voir \(rule)",
      "LA PLUPART SERAIENT REFUSÉS : voir \(rule)", "LA PLUPART SERAIENT REFUSÉS",
    ]
  }
  func hookFailed(_ failure: HookFailure) -> [String] {
    let forms: [String] =
      switch failure {
      case .notStarted(let reason):
        ["NE DÉMARRE PAS : \(DisplayText.cleaned(reason))", "NE DÉMARRE PAS"]
      case .exited(let status): ["A ÉCHOUÉ : code de sortie \(status)", "ÉCHEC : \(status)"]
      case .killed(let signal): ["ARRÊTÉ : signal \(signal)", "ARRÊTÉ : \(signal)"]
      case .overdue: ["A DÉPASSÉ 5 s ET A ÉTÉ ARRÊTÉ", "TROP LENT"]
      case .behind: ["EST EN RETARD : les résultats les plus anciens sont omis", "EN RETARD"]
      }
    return forms.map { "hooks.verdict \($0)" }
  }
  func more(_ banners: Int) -> String { "+\(banners)" }
}
