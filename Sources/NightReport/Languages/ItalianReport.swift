import Admission

struct ItalianReport: ReportTexts {
  let decimalMark = ","
  func percent(_ share: String) -> String { "\(share)%" }
  let weekdays = ["dom", "lun", "mar", "mer", "gio", "ven", "sab"]
  func clocksGo(back: Bool, _ amount: String) -> String {
    "l'orologio va \(back ? "indietro" : "avanti") di \(amount)"
  }

  func came(_ people: Int, of expected: Int, share: String?, soFar: Bool) -> String {
    let share = share.map { ", \($0)" } ?? ""
    let came = "\(people) \(Self.came(people)) su \(expected)\(share)"
    return soFar ? "Finora \(came)" : came
  }
  func came(_ people: Int, soFar: Bool) -> String {
    (soFar ? "Finora " : "") + "\(people) \(Self.came(people)), non si sa su quanti"
  }
  private static func came(_ people: Int) -> String { people == 1 ? "venuto" : "venuti" }
  func busiest(at time: String, aMinute rate: String) -> String {
    "più gente alle \(time), \(rate) al minuto"
  }
  func offline(minutes: String, isOne: Bool) -> String {
    "senza rete \(minutes) \(self.minutes(isOne: isOne))"
  }
  let neverOffline = "sempre in rete"

  let nothingRecorded = "Nulla è registrato per questo evento."
  func recorded(_ span: String) -> String { "Scansioni: \(span)" }
  func goesOn(asOf time: String) -> String {
    "La serata non è finita: sono i dati di \(time)."
  }
  func made(at time: String) -> String { "Dati di \(time), doorcheck" }
  func expectedByList(of time: String) -> String {
    "Attesi: le persone dei pass validi nella lista di Fourvenues \(time.contains(" ") ? "di" : "delle") \(time)."
  }
  func expectedByLists(of time: String) -> String {
    "Attesi: le persone di tutti i codici validi nelle liste di Fourvenues \(time.contains(" ") ? "di" : "delle") \(time)."
  }
  let neverListed = "Non si sa quanti erano attesi: la lista dei pass non è mai arrivata intera."
  let forgotten = "Non si sa più quanti erano attesi: i pass sono cancellati (store.keep_days)."
  func unexpected(_ people: Int) -> String {
    people == 1
      ? "È entrata 1 persona in più, fuori da quella lista o oltre quanto consente un pass."
      : "Sono entrate \(people) persone in più, fuori da quella lista o oltre quanto consente un pass."
  }
  func elsewhere(_ people: Int) -> String {
    people == 1
      ? "1 dei venuti non è entrato da qui: l'ha contato Fourvenues."
      : "\(people) dei venuti non sono entrati da qui: li ha contati Fourvenues."
  }
  let ofSeveralBoxes =
    "Le persone sono quelle di tutte le porte; scansioni, rifiuti e risposte sono solo "
    + "quelli di questa postazione."
  func waiting(_ entries: Int) -> String {
    entries == 1
      ? "È contato 1 ingresso che non è ancora salvato: lo registra il prossimo avvio di doorcheck."
      : "Sono contati \(entries) ingressi non ancora salvati: li registra il prossimo avvio di "
        + "doorcheck."
  }
  func unreadable(_ entries: Int) -> String {
    entries == 1
      ? "1 ingresso non salvato è illeggibile e non è contato."
      : "\(entries) ingressi non salvati sono illeggibili e non sono contati."
  }
  let noCapacity = "La capienza non è nota: manca door.capacity."
  func places(_ capacity: Int, people: Int, share: String) -> String {
    "\(people) \(people == 1 ? "entrato" : "entrati"), capienza \(capacity): \(share)."
  }
  func full(_ capacity: Int, since time: String) -> String {
    "La capienza di \(capacity) era raggiunta alle \(time)."
  }
  func over(_ people: Int) -> String {
    people == 1
      ? "Alla fine ne era entrato 1 in più." : "Alla fine ne erano entrati \(people) in più."
  }
  let leaversNotCounted = "Chi esce non viene scalato."
  func placesInside(_ capacity: Int, most: Int, share: String) -> String {
    "Al massimo \(most) dentro insieme, capienza \(capacity): \(share)."
  }
  func overInside(_ people: Int) -> String {
    people == 1
      ? "Al massimo ce n'era 1 in più." : "Al massimo ce n'erano \(people) in più."
  }
  func allSoFar(places: Int?) -> String {
    "tutti gli arrivati fino ad allora" + (places.map { "; tratteggiata: capienza \($0)" } ?? "")
  }
  func insideByQuarter(places: Int?) -> String {
    "il massimo di persone dentro"
      + (places.map { "; tratteggiata: capienza \($0)" } ?? "")
  }
  func andMore(_ rows: Int, _ more: MoreRows) -> String {
    switch more {
    case .json: "e altri \(rows): con --format json"
    case .page: "e altri \(rows): apri questa pagina su uno schermo"
    }
  }

  func title(_ section: ReportSection) -> String {
    switch section {
    case .attendance: "Attesi e venuti, per tipo di pass"
    case .passTypes: "Per tipo di pass"
    case .attendanceByKind: "Attesi e venuti, per categoria e tipo"
    case .kindsAndTypes: "Per categoria e tipo"
    case .kinds: "Per categoria"
    case .night: "La serata"
    case .quarters: "Persone per quarto d'ora"
    case .doorHours: "Persone per porta e ora"
    case .byHand: "Ingressi manuali"
    case .takenBack: "Ingressi tolti"
    case .retried: "Codici rifiutati più volte"
    case .doubleEntries: "Entrati da più porte, più di quanto consente il pass"
    case .verdicts: "Scansioni per esito e motivo"
    case .toCorrect: "Da correggere a mano in Fourvenues"
    case .refused: "Rifiutati dal servizio"
    case .waiting: "Ancora da comunicare al servizio"
    }
  }
  func head(_ column: ReportHead) -> String {
    switch column {
    case .passType: "tipo di pass"
    case .kindAndType: "categoria e tipo"
    case .kind: "categoria"
    case .expected: "attesi"
    case .came: "venuti"
    case .missing: "assenti"
    case .notYet: "da venire"
    case .share: "quota"
    case .day: "giorno"
    case .from: "dalle"
    case .people: "persone"
    case .inAll: "in tutto"
    case .inside: "all'interno"
    case .ofPlaces: "capienza"
    case .door: "porta"
    case .time: "ora"
    case .code: "codice"
    case .pass: "pass"
    case .reason: "lo schermo diceva"
    case .lastReason: "ultimo motivo"
    case .backAt: "tolto"
    case .refusals: "rifiuti"
    case .span: "da – a"
    case .doors: "porte"
    case .peopleIn: "dentro"
    case .allowed: "consentiti"
    case .verdict: "esito"
    case .scans: "scansioni"
    case .whatHappened: "che cosa è successo"
    }
  }
  func label(_ figure: ReportLabel) -> String {
    switch figure {
    case .admitted: "Entrati"
    case .onStoredAnswers: "con dati salvati"
    case .byHand: "manuali"
    case .takenBack: "Tolti"
    case .unreported: "Non comunicati"
    case .peak: "I 5 minuti più pieni"
    case .offline: "Senza rete"
    case .scans: "Scansioni"
    case .repeats: "Letti di nuovo"
    case .looks: "Consultati"
    case .exitScans: "alle uscite"
    case .back: "Rientrati"
    case .left: "Usciti"
    case .leftUnseen: "non visti entrare"
    case .countedIn: "senza codice, entrati"
    case .countedOut: "senza codice, usciti"
    case .inside: "Dentro alla fine"
    case .insideNow: "Dentro adesso"
    case .mostInside: "Massimo dentro"
    case .nearlyFull: "Al 95 % o più"
    }
  }

  func people(_ people: Int, inEntries entries: Int) -> String {
    "\(people == 1 ? "persona" : "persone") in \(entries) \(entries == 1 ? "ingresso" : "ingressi")"
  }
  func peak(from time: String, aMinute rate: String) -> String {
    "persone dalle \(time), \(rate) al minuto"
  }
  func minutes(isOne: Bool) -> String { isOne ? "minuto" : "minuti" }
  func sinceWhen(_ time: String) -> String { "persone dalle \(time)" }
  func nearlyFull(from start: String, until end: String, isOne: Bool) -> String {
    "\(minutes(isOne: isOne)) di fila, dalle \(start) alle \(end)"
  }
  let countedOnce = "dal lettore, contati una volta"
  let withoutAdmitting = "senza far entrare"
  let unknownKind = "(categoria non nota)"
  let unknownType = "(tipo non noto)"
  let total = "totale"

  func word(_ kind: PassKind) -> String {
    switch kind {
    case .pass: "Pass"
    case .ticket: "Biglietto"
    case .list: "Lista"
    case .booking: "Prenotazione"
    }
  }
  func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .admit: "verde, entrati"
    case .refuse: "rosso, rifiutati"
    case .unverified: "giallo, non verificati"
    case .out: "uscita"
    }
  }
  func word(_ reason: Reason) -> String {
    switch reason {
    case .unreadableCode: "scansione illeggibile"
    case .noEvent: "nessun evento scelto"
    case .unauthorized: "chiave rifiutata"
    case .rateLimited: "servizio sovraccarico"
    case .serviceError: "guasto del servizio"
    case .offline: "nessuna risposta"
    case .unknownPass: "non esiste"
    case .wrongOrganization: "altro locale"
    case .archived: "archiviato"
    case .notActive: "non attivo"
    case .notTonight: "altra sera"
    case .wrongDoor: "porta sbagliata"
    case .tooEarly: "troppo presto"
    case .tooLate: "troppo tardi"
    case .alreadyUsed: "già usato"
    case .venueFull: "locale pieno"
    case .valid: "valido"
    case .left: "uscito"
    case .nobodyInside: "nessuno dentro"
    }
  }
  func word(_ trouble: SendingTrouble) -> String {
    switch trouble {
    case .notSentYet: "non ancora inviato"
    case .noAnswerYet: "inviato, ancora senza risposta"
    case .noAnswer: "nessuna risposta"
    case .noAnswerAndNotAgain: "nessuna risposta: forse il servizio lo conta"
    case .keyMayNot: "la chiave non può comunicare ingressi"
    case .cannotNow: "il servizio ora non può prenderlo"
    case .notReached: "servizio non raggiunto"
    case .passWithoutID: "il pass non ha identificativo"
    }
  }
  func refused(because reason: String) -> String { "rifiutato: \(reason)" }
  let undoneAfterReport = "comunicato e poi tolto: non è entrato nessuno"
  let undonePerhapsReported = "tolto; forse il servizio l'ha contato: da verificare"
  func changed(reported: Int, people: Int) -> String {
    "\(reported) comunicati, \(people) \(people == 1 ? "entrato" : "entrati")"
  }
  func lookUp(_ reason: String) -> String { "\(reason); da verificare" }
}
