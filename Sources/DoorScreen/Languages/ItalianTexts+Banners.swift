import Formatting

/// What a banner says, the longest form first.
extension ItalianTexts {
  func unknownEvent(_ id: String) -> [String] {
    [
      "IL SERVIZIO NON CONOSCE L'EVENTO \(id): è quello giusto?", "EVENTO SCONOSCIUTO \(id)",
      "EVENTO SCONOSCIUTO",
    ]
  }
  func otherEvent(_ name: String) -> [String] {
    [
      "3 PASS DI FILA SONO PER \(name): è l'evento giusto?", "3 PASS DI FILA SONO PER \(name)",
      "PASS PER UN ALTRO EVENTO",
    ]
  }
  func overSince(_ time: String) -> [String] {
    ["L'EVENTO È FINITO alle \(time)", "FINITO alle \(time)"]
  }
  func full(_ people: Int, of capacity: Int) -> [String] {
    ["PIENO: \(people) ammessi su \(capacity)", "PIENO: \(people)/\(capacity)"]
  }
  func nearlyFull(_ people: Int, of capacity: Int) -> [String] {
    ["QUASI PIENO: \(people) ammessi su \(capacity)", "QUASI PIENO: \(people)/\(capacity)"]
  }
  var clockWrong: [String] { ["OROLOGIO SBAGLIATO: imposta data e ora", "OROLOGIO SBAGLIATO"] }
  func clockOff(by span: String, isAhead: Bool) -> [String] {
    let side = isAhead ? "AVANTI" : "INDIETRO"
    return [
      "L'OROLOGIO È \(side) DI \(span) sul servizio: ne dipendono orari e tariffe",
      "OROLOGIO \(side) DI \(span)",
    ]
  }
  var certificateRefused: [String] {
    [
      "IL CERTIFICATO DEL SERVIZIO È RIFIUTATO: orologio? pagina di accesso del Wi-Fi? indirizzo?",
      "CERTIFICATO RIFIUTATO: orologio? Wi-Fi?",
      "CERTIFICATO RIFIUTATO",
    ]
  }
  var slowService: [String] {
    ["IL SERVIZIO È LENTO: risponde in più di 0,7 s", "IL SERVIZIO È LENTO"]
  }
  var notRecording: [String] {
    [
      "NON SI REGISTRA: se questo computer si ferma, si perdono gli ingressi", "NON SI REGISTRA",
    ]
  }
  func storeSetAside(_ name: String) -> [String] {
    [
      "L'ARCHIVIO ERA DANNEGGIATO: ce n'è uno nuovo, il vecchio è \(name)",
      "L'ARCHIVIO ERA DANNEGGIATO: ce n'è uno nuovo", "ARCHIVIO DANNEGGIATO: rifatto",
    ]
  }
  func scannerWithoutEnd(lost: Int) -> [String] {
    let scanner = "IL LETTORE NON MANDA INVIO"
    return [
      "\(scanner): \(lost == 1 ? "1 scansione persa" : "\(lost) scansioni perse"). Usa doorcheck calibrate",
      "\(scanner): calibrate", "SENZA INVIO: usa calibrate",
    ]
  }
  var serviceDenies: [String] {
    [
      "IL SERVIZIO NON CONOSCE PASS CHE HA ELENCATO: decidono quelli salvati",
      "SERVIZIO GUASTO: decidono i salvati", "SERVIZIO GUASTO",
    ]
  }
  func mostNotTonight(rule: String) -> [String] {
    [
      "PIÙ DELLA METÀ DEI PASS SAREBBE RIFIUTATA: vedi \(rule)",
      "LA MAGGIOR PARTE SAREBBE RIFIUTATA: vedi \(rule)", "LA MAGGIORANZA SAREBBE RIFIUTATA",
    ]
  }
  func hookFailed(_ failure: HookFailure) -> [String] {
    let forms: [String] =
      switch failure {
      case .notStarted(let reason): ["NON PARTE: \(DisplayText.cleaned(reason))", "NON PARTE"]
      case .exited(let status): ["NON È RIUSCITO: codice di uscita \(status)", "ERRORE: \(status)"]
      case .killed(let signal): ["È STATO TERMINATO: segnale \(signal)", "TERMINATO: \(signal)"]
      case .overdue: ["OLTRE 5 s, È STATO FERMATO", "TROPPO LENTO"]
      case .behind: ["È IN RITARDO: saltati gli esiti più vecchi", "IN RITARDO"]
      }
    return forms.map { "hooks.verdict \($0)" }
  }
  func more(_ banners: Int) -> String { "+\(banners)" }
}
