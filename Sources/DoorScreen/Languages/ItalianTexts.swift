import Admission
import Formatting

struct ItalianTexts: Texts {
  let admitWord = ["ENTRA", "SÌ"]
  let refuseWord = ["STOP"]
  let unverifiedWord = ["DUBBIO"]
  let scanAgainWord = ["RIPROVA"]
  let waitWord = ["ATTENDI"]
  let sameWord = ["GIÀ LETTO"]
  let readyWord = ["PRONTO"]
  let noEventWord = ["NESSUN EVENTO", "EVENTO?"]
  let whichEventWord = ["EVENTO?"]
  func reasonWord(_ refusal: Refusal) -> String {
    switch refusal {
    case .unknownPass: "NON ESISTE"
    case .unknownCode: "NON ESISTE"
    case .wrongOrganization: "NON È NOSTRO"
    case .archived: "RITIRATO"
    case .notActive: "NON ATTIVO"
    case .cancelled: "ANNULLATO"
    case .pending: "IN ATTESA"
    case .refunded: "RIMBORSATO"
    case .rejected: "RIFIUTATO"
    case .released: "LIBERATO"
    case .removed: "FUORI LISTA"
    case .otherNight: "ALTRA SERA"
    case .otherEvent: "ALTRO EVENTO"
    case .notTonight: "NON STASERA"
    case .wrongDoor: "ALTRA PORTA"
    case .tooEarly: "TROPPO PRESTO"
    case .tooLate: "TROPPO TARDI"
    case .alreadyUsed: "GIÀ USATO"
    case .venueFull: "LOCALE PIENO"
    }
  }

  let noEvent = "NESSUN EVENTO"
  func event(id: String) -> String { "evento \(id)" }
  let connecting = "connessione"
  let live = "OK"
  let slow = "LENTO"
  func answers(milliseconds: Int) -> String { "risponde in \(milliseconds) ms" }
  func failing(since time: String) -> String { "GUASTO \(from(time))" }
  func offline(since time: String) -> String { "OFFLINE \(from(time))" }
  let keyRefused = "CHIAVE RIFIUTATA"
  func failingBriefly(since time: String) -> String { "GUASTO \(time)" }
  func offlineBriefly(since time: String) -> String { "OFFLINE \(time)" }
  func stored(_ passes: Int) -> String {
    "\(passes) pass \(passes == 1 ? "salvato" : "salvati")"
  }
  func stored(_ passes: Int, age: String) -> String { "\(stored(passes)) \(age) fa" }
  func storeAge(_ age: String) -> String { "lista \(age)" }
  func admitted(_ people: Int, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let share = capacity.map { "\(people) su \($0)" } ?? "\(people)"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    let word = people == 1 ? "ammesso" : "ammessi"
    return atThisDoor
      ? ["\(share) \(word) a questa porta", "\(share) a questa porta", "\(brief) qui"]
      : ["\(share) \(word)", capacity == nil ? "\(people) amm." : brief]
  }

  func arrivals(_ people: Int) -> String { "\(people) in 15 min" }

  let orType = "o scrivi il codice e premi Invio"
  let storedPassesDecide = "Decidono i pass salvati, gli altri in giallo"
  let tryThese = "Prova questi codici:"
  let lookingUp = "Controllo in corso"
  func scan(_ number: Int, code: String) -> String { "#\(number)  \(code)" }
  func moreWaiting(_ scans: Int) -> String { "ancora \(scans) in attesa" }
  func waiting(_ scans: Int) -> String { "\(scans) in attesa" }
  let samePass = "STESSO PASS"
  let samePassCountedOnce = "STESSO PASS, CONTATO UNA VOLTA"
  func firstVerdict(_ verdict: String, at time: String) -> String {
    "Letto alle \(time): \(verdict)"
  }
  func firstVerdict(_ verdict: String, because reason: String, at time: String) -> String {
    "Letto alle \(time): \(verdict), \(reason)"
  }

  func letIn(_ people: Int) -> String { "Fai entrare \(people)" }
  func cameBefore(_ people: Int) -> String {
    people == 1 ? "1 entrato prima" : "\(people) entrati prima"
  }
  func friendsLeft(_ people: Int) -> String { "Ancora \(people): uno per lettura" }
  func tonight(_ admitted: Int, of allowed: Int, remaining: Int) -> String {
    let usage = "Stasera \(admitted) su \(allowed)"
    return switch remaining {
    case 0: usage
    case 1: "\(usage), ne manca 1"
    default: "\(usage), ne mancano \(remaining)"
    }
  }
  func nights(used: Int, of nights: Int) -> String {
    used == 1 ? "1 serata su \(nights)" : "\(used) serate su \(nights)"
  }
  func group(_ verdict: String, people: Int) -> String { "\(verdict) \(people)" }

  let valid = "valido"
  let findByName = "Cerca per nome (F4)"
  let unreadable = "SCANSIONA DI NUOVO"
  func unreadable(_ cause: UnreadableCause) -> String {
    switch cause {
    case .notACode: "il codice non è leggibile"
    case .patternTooCostly, .extractTooCostly: "controllo troppo lento: vedi impostazioni"
    case .tooLong: "troppo lungo per un codice"
    case .document: "è un documento, non un pass"
    case .partMissing: "potrebbe mancarne una parte"
    case .capsLock: "Bloc Maiusc attivo?"
    case .cutShort: "codice tagliato?"
    case .numLockOff: "frecce e non cifre: premi Bloc Num"
    case .altCodes: "codici Alt: esegui calibrate"
    case .staffCard: "tessera dello staff non valida qui"
    }
  }
  let eventNotChosen = "evento non ancora scelto"
  let eventNotChosenStep = "Attendi qualche secondo e riprova"
  let noneTonight = "nessun evento stasera"
  let noneTonightStep = "F5 interroga di nuovo il servizio"
  let severalEvents = "più eventi stasera"
  let severalEventsStep = "Scegline uno con ↑ ↓ e Invio"
  let whichEvent = "Qual è l'evento di stasera?"
  let pickKeys = "↑ ↓ spostano, Invio sceglie"
  let pickCards = "Tessere: uno in più / uno in meno, poi scegli"
  let eventUnknown = "il servizio non conosce questo evento"
  let eventUnknownStep = "È l'evento giusto? Chiedi al responsabile"
  let eventUnreachable = "impossibile caricare l'evento"
  let keyRefusedStep = "La rete funziona. La chiave va rinnovata"
  let eventUnreachableStep = "F5 per riprovare"
  let eventEnded = "l'evento è finito"
  func ended(_ event: String, at time: String) -> String { "\(event), finito alle \(time)" }
  let eventEndedStep = "F5 interroga di nuovo il servizio"
  let unauthorized = "il servizio rifiuta la chiave"
  let rateLimited = "il servizio è sovraccarico"
  let rateLimitedStep = "Riprova tra qualche secondo"
  let serviceError = "risposta del servizio non valida"
  let claimedElsewhere = "sta entrando da un'altra parte"
  let offline = "il servizio non risponde"
  func notAmong(_ passes: Int, storedAt time: String) -> String {
    "non è tra i \(passes) pass salvati \(at(time))"
  }
  let notVerifiedStep = "Chiedi al responsabile"
  func call(_ help: String) -> String { "Chiama \(help)" }
  let unknownPass = "questo pass non esiste"
  let wrongOrganization = "pass di un altro organizzatore"
  let wrongOrganizationStep = "Qui non vale"
  let archived = "pass ritirato"
  let archivedStep = "Non vale più: chiedi all'organizzatore"
  let notActiveStep = "Questo pass non dà accesso"
  let notTonight = "non è per stasera"
  let notTonightStep = "È per altre sere: chiedi quali"
  func night(_ name: String?, on day: String?) -> String {
    "per " + [name, day].compactMap(\.self).joined(separator: ", ")
  }
  func anotherTonight(_ name: String?) -> String {
    "un altro evento stasera" + (name.map { "\(colon)\($0)" } ?? "")
  }
  let forNoNight = "per nessuna serata"
  let wrongDoor = "porta sbagliata"
  let wrongDoorStep = "Questo tipo entra da un'altra porta"
  let tooEarly = "troppo presto"
  let comeBackThen = "torni a quell'ora"
  let tooEarlyStep = "Non vale ancora: torni più tardi"
  func from(_ time: String) -> String {
    isBare(time) ? "da \(time)" : joined("da", time)
  }
  let tooLate = "troppo tardi"
  let tooLateStep: String? = nil
  func until(_ time: String) -> String {
    isBare(time) ? "fino a \(time)" : "fino \(joined("a", time))"
  }
  let alreadyUsed = "già usato"
  func ago(_ age: String) -> String { "\(age) fa" }
  func entry(at time: String) -> String { "\(at(time))" }
  func tries(_ count: Int) -> String { "tentativo n. \(count) di stasera" }
  let wristband = "chiedi il braccialetto"
  let alreadyUsedStep = "Già dentro: chiedi il braccialetto"
  let venueFull = "il locale è pieno"
  let venueFullStep = "Nessun altro: chiedi al responsabile"
  func freePlaces(_ places: Int) -> String {
    "\(places == 1 ? "resta solo 1 posto" : "restano solo \(places) posti")"
  }
  let groupDoesNotFit = "F6 fa entrare chi ci sta"

  func stored(_ age: String, because failure: String) -> String {
    "dato salvato \(age) fa (\(failure))"
  }
  func storedBriefly(_ age: String) -> String { "salvato \(age) fa" }
  func storedMayNotAdmit(_ age: String) -> String { "dato salvato \(age) fa: non fa entrare" }
  func age(seconds: Int) -> String { "\(seconds) s" }
  func age(minutes: Int) -> String { "\(minutes) min" }
  func age(hours: Int) -> String { "\(hours) h" }
  let failureUnauthorized = "chiave rifiutata"
  let failureRateLimited = "servizio saturo"
  let failureServiceError = "servizio guasto"
  let failureOffline = "offline"
  let failureSlow = "servizio lento"
  func beforeHours(from time: String?) -> String {
    time.map { "Attenzione: l'evento inizia alle \($0)" } ?? "Attenzione: prima dell'orario"
  }
  func afterHours(until time: String?) -> String {
    time.map { "Attenzione: evento finito alle \($0)" } ?? "Attenzione: dopo l'orario"
  }

  func rate(_ text: String, asOf time: String?) -> String {
    "\(time.map { "Tariffa \(joined("de", $0))" } ?? "Tariffa"): \(text)"
  }
  func rateEnded(_ time: String) -> String { "finita \(at(time))" }
  let noValidPrice = "nessun prezzo valido"
  let ratesUnknown = "tariffe sconosciute"
  func collect(_ amount: String, unlessPaid: Bool) -> String {
    unlessPaid ? "INCASSA \(amount) se dovuto" : "INCASSA \(amount)"
  }
  let nothingToCollect = "niente da incassare"
  let collectUnknown = "INCASSA: importo sconosciuto, chiedi"
  let or = "o"
  let always = "sempre"
  func fromTo(_ from: String, _ until: String) -> String { "da \(from) a \(until)" }
  let faulty = "errata"
  let neverValid = "errata, mai valida"
  let ratesTitle = ["TARIFFE DI STASERA", "TARIFFE"]
  func ratesAsOf(_ time: String) -> String { joined("de", time) }
  func ratesNotRenewed(for age: String) -> String { "NON AGGIORNATE da \(age)" }
  func nextRateChange(at time: String, in span: String) -> String {
    "cambio \(at(time)), tra \(span)"
  }
  let noRates = "Nessuna tariffa per stasera"
  let ratesNotAsked = "Tariffe non ancora richieste"
  func people(_ people: Int) -> String { people == 1 ? "1 persona" : "\(people) persone" }
  let rateColumns = RateColumns(
    rate: "Tariffa", people: "Pers.", option: "Opzione", price: "Prezzo", window: "Quando",
    information: "Informazioni")
  let months = [
    "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic",
  ]

  let lookWord = ["VEDI"]
  let byHandWord = ["MANUALE"]
  let undoneWord = ["TOLTO"]
  let nextScanLooks = "Prossima lettura: non entra nessuno"
  func lookEnds(in seconds: Int) -> String { "Scansiona per vedere: \(seconds) s, F3 esce" }
  func lookBar(seconds: Int) -> String { "VEDI: il prossimo non entra (\(seconds) s)" }
  func wouldBeAdmitted(_ people: Int) -> String {
    people > 1 ? "ENTREREBBERO \(people) persone" : "ENTREREBBE"
  }
  let wouldBeRefused = "NON ENTREREBBE"
  let couldNotBeVerified = "NON VERIFICABILE"
  let howManyKeys = "↑ ↓ correggono quanti sono entrati"
  let saving = "salvataggio"
  let recordedLate = "registrazione in ritardo"
  let letInByHand = "INGRESSO MANUALE"
  func cameInByHand(_ people: Int) -> String {
    people == 1 ? "1 persona, contata" : "\(people) persone, contate"
  }
  func takenBack(_ people: Int) -> String {
    people == 1 ? "1 persona tolta dal conto" : "\(people) persone tolte dal conto"
  }
  func cameIn(at time: String) -> String { "ingresso delle \(time), non conta più" }
  let nothingWord = ["NIENTE"]
  let nothingToUndo = "NIENTE DA ANNULLARE"
  let tooOldToUndo = "Più di 10 minuti fa: non si toglie"
  let undoQuestionWord = ["TOGLIERE?"]
  let undoQuestion = "Togliere un altro ingresso?"
  let undoKeys = "F8 entro 10 s toglie, Esc lascia"
  func admitted(_ people: String, at time: String) -> String { "\(people), ingresso delle \(time)" }
  func afterAll(_ verdict: String) -> String { "CORREZIONE: \(verdict)" }

  let cardWithoutEffect = "TESSERA: NIENTE DA CAMBIARE"
  let cardAgain = "STESSA TESSERA, CONTATA UNA VOLTA"
  let cardsTitle = "Tessere dello staff"
  let cardsNote = "Solo per lo staff: chi ne ha una può usarla."
  func card(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "Una persona in meno"
    case .more: "Una persona in più"
    case .undo: "Annulla"
    case .look: "Vedi, non entra nessuno"
    case .byHand: "Ingresso manuale"
    case .choose: "Scegli"
    case .countIn: "Uno entra, a mano"
    case .countOut: "Uno esce, a mano"
    case .turn: "Cambiare la porta: ingresso o uscita"
    }
  }

  let cards = "Tessere"
  func cardHint(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "uno in meno"
    case .more: "uno in più"
    case .undo: "annulla"
    case .look: "vedi"
    case .byHand: "manuale"
    case .choose: "scegli"
    case .countIn: "entra uno"
    case .countOut: "esce uno"
    case .turn: "cambia"
    }
  }

  let find = "CERCA"
  let typeToFind = "Scrivi parte del nome o del codice"
  let searching = "Ricerca"
  let nobodyFound = "Nessun risultato"
  let findKeys = "↑ ↓, Invio scansiona, Esc chiude"
  let findLeave = "Esc chiude"
  func isItThis(_ offer: String) -> String { "\(offer)?" }

  let pinWord = ["PIN"]
  func pin(for action: GuardedAction) -> String {
    switch action {
    case .leave: "PIN per uscire"
    case .byHand: "PIN per l'ingresso manuale"
    case .undo: "PIN per annullare"
    case .look: "PIN per vedere"
    case .turn: "PIN per cambiare la porta"
    }
  }
  let pinChecking = "Controllo"
  let pinWrong = "PIN SBAGLIATO"
  func pinWait(_ span: String) -> String { "Attendi \(span)" }
  let pinMalformed = "Un PIN ha da 4 a 12 cifre"
  let pinKeys = "Invio controlla, Esc chiude"
  let noPIN = "Nessun PIN: non si esce da tastiera"
  let mayBePIN = "Un PIN? Premi prima il suo tasto F"

  let notReadyWord = ["NON PRONTO", "GUASTO"]
  func fault(_ kind: SetupFault.Kind) -> String {
    switch kind {
    case .configuration: "La configurazione è errata"
    case .credentials: "Manca la chiave del servizio"
    case .store: "Il registro non si apre"
    }
  }
  let callWhoSetUp = "Chiama chi ha installato il terminale"
  let faultRetry = "Qui non si controllano pass. Nuovo tentativo."

  let askingAgain = "Nuova richiesta al servizio"
  let enterAndEscape = "Invio controlla, Esc cancella"
  func dropped(_ code: String) -> String { "\(code) scartato: c'è una scansione" }
  func droppedWithoutEnter(_ code: String) -> String { "\(code) scartato: senza Invio" }
  let help = "AIUTO"

  /// A time of day or a date with its article and a preposition (a, da, de): "alle 23:41",
  /// "dal 7 mar 23:00", "dell'8 mar 23:00".
  private func joined(_ preposition: String, _ time: String) -> String {
    guard time.contains(" ") else { return "\(preposition)lle \(time)" }
    let isElided = time.hasPrefix("8 ") || time.hasPrefix("11 ")
    return isElided ? "\(preposition)ll'\(time)" : "\(preposition)l \(time)"
  }

  /// When something happens: "alle 23:41", "il 7 mar 23:00".
  func at(_ time: String) -> String {
    guard time.contains(" ") else { return "alle \(time)" }
    return time.hasPrefix("8 ") || time.hasPrefix("11 ") ? "l'\(time)" : "il \(time)"
  }

  /// An offset from the event's start takes no article.
  private func isBare(_ time: String) -> Bool { time.hasPrefix("+") || time.hasPrefix("-") }
}
