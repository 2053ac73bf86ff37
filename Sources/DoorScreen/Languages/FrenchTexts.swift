import Admission
import Formatting

struct FrenchTexts: Texts {
  let colon = " : "

  let admitWord = ["ENTREZ", "OUI"]
  let refuseWord = ["STOP"]
  let unverifiedWord = ["DOUTE"]
  let scanAgainWord = ["RESCAN"]
  let waitWord = ["ATTENTE"]
  let sameWord = ["DÉJÀ LU"]
  let readyWord = ["PRÊT"]
  let noEventWord = ["PAS DE SOIRÉE", "SOIRÉE ?"]
  let whichEventWord = ["SOIRÉE ?"]
  func reasonWord(_ refusal: Refusal) -> String {
    switch refusal {
    case .unknownPass: "INCONNU"
    case .unknownCode: "INCONNU"
    case .wrongOrganization: "PAS CHEZ NOUS"
    case .archived: "RETIRÉ"
    case .notActive: "NON ACTIF"
    case .cancelled: "ANNULÉ"
    case .pending: "EN ATTENTE"
    case .refunded: "REMBOURSÉ"
    case .rejected: "REFUSÉ"
    case .released: "LIBÉRÉ"
    case .removed: "HORS LISTE"
    case .otherNight: "AUTRE SOIR"
    case .otherEvent: "AUTRE SOIRÉE"
    case .notTonight: "PAS CE SOIR"
    case .wrongDoor: "AUTRE PORTE"
    case .tooEarly: "TROP TÔT"
    case .tooLate: "TROP TARD"
    case .alreadyUsed: "DÉJÀ UTILISÉ"
    case .venueFull: "COMPLET"
    }
  }

  let noEvent = "PAS DE SOIRÉE"
  func event(id: String) -> String { "soirée \(id)" }
  let connecting = "connexion"
  let live = "OK"
  let slow = "LENT"
  func answers(milliseconds: Int) -> String { "répond en \(milliseconds) ms" }
  func failing(since time: String) -> String { "EN PANNE depuis \(time)" }
  func offline(since time: String) -> String { "HORS LIGNE depuis \(time)" }
  let keyRefused = "CLÉ REFUSÉE"
  func failingBriefly(since time: String) -> String { "PANNE \(time)" }
  func offlineBriefly(since time: String) -> String { "HORS LIGNE \(time)" }
  func stored(_ passes: Int) -> String {
    passes <= 1 ? "\(passes) pass enregistré" : "\(passes) pass enregistrés"
  }
  func stored(_ passes: Int, age: String) -> String { "\(stored(passes)) il y a \(age)" }
  func storeAge(_ age: String) -> String { "liste \(age)" }
  func admitted(_ people: Int, of capacity: Int?, atThisDoor: Bool) -> [String] {
    let share = capacity.map { "\(people) sur \($0)" } ?? "\(people)"
    let brief = capacity.map { "\(people)/\($0)" } ?? "\(people)"
    return atThisDoor
      ? ["\(share) admis à cette porte", "\(share) à cette porte", "\(brief) ici"]
      : ["\(share) admis", capacity == nil ? "\(people) adm." : brief]
  }

  func arrivals(_ people: Int) -> String { "\(people) en 15 min" }

  let orType = "ou tapez son code puis Entrée"
  let storedPassesDecide = "Les pass enregistrés décident, le reste en orange"
  let tryThese = "Essayez ces codes :"
  let lookingUp = "Recherche"
  func scan(_ number: Int, code: String) -> String { "#\(number)  \(code)" }
  func moreWaiting(_ scans: Int) -> String { "encore \(scans) en attente" }
  func waiting(_ scans: Int) -> String { "\(scans) en attente" }
  let samePass = "MÊME PASS"
  let samePassCountedOnce = "MÊME PASS, COMPTÉ UNE FOIS"
  func firstVerdict(_ verdict: String, at time: String) -> String {
    "Lu à \(time) : \(verdict)"
  }
  func firstVerdict(_ verdict: String, because reason: String, at time: String) -> String {
    "Lu à \(time) : \(verdict), \(reason)"
  }

  func letIn(_ people: Int) -> String { "Faire entrer \(people)" }
  func cameBefore(_ people: Int) -> String {
    people == 1 ? "1 entrée avant" : "\(people) entrées avant"
  }
  func friendsLeft(_ people: Int) -> String { "Encore \(people) : un scan par personne" }
  func tonight(_ admitted: Int, of allowed: Int, remaining: Int) -> String {
    let usage = "Ce soir : \(admitted) sur \(allowed)"
    return switch remaining {
    case 0: usage
    case 1: "\(usage), encore 1 à venir"
    default: "\(usage), encore \(remaining) à venir"
    }
  }
  func nights(used: Int, of nights: Int) -> String {
    used <= 1 ? "\(used) soirée sur \(nights)" : "\(used) soirées sur \(nights)"
  }
  func group(_ verdict: String, people: Int) -> String { "\(verdict) \(people)" }

  let valid = "valable"
  let findByName = "Chercher par nom (F4)"
  let unreadable = "SCANNEZ À NOUVEAU"
  func unreadable(_ cause: UnreadableCause) -> String {
    switch cause {
    case .notACode: "le code n'a pas pu être lu"
    case .patternTooCostly, .extractTooCostly: "contrôle trop long : réglage à revoir"
    case .tooLong: "trop long pour un code de pass"
    case .document: "un document, pas un pass"
    case .partMissing: "il en manque peut-être une partie"
    case .capsLock: "Verr. Maj. activé ?"
    case .cutShort: "code coupé ?"
    case .numLockOff: "flèches reçues : tapez Verr. Num."
    case .altCodes: "codes Alt : lancez calibrate"
    case .staffCard: "carte du personnel non valable ici"
    }
  }
  let eventNotChosen = "pas encore de soirée choisie"
  let eventNotChosenStep = "Attendez quelques secondes, rescannez"
  let noneTonight = "pas de soirée aujourd'hui"
  let noneTonightStep = "F5 interroge à nouveau le service"
  let severalEvents = "plusieurs soirées aujourd'hui"
  let severalEventsStep = "Choisissez avec ↑ ↓ et Entrée"
  let whichEvent = "Quelle est la soirée de ce soir ?"
  let pickKeys = "↑ ↓ déplacent, Entrée choisit"
  let pickCards = "Cartes : un de plus / un de moins, puis choisir"
  let eventUnknown = "le service ne connaît pas cette soirée"
  let eventUnknownStep = "Est-ce la bonne soirée ? Demandez au responsable"
  let eventUnreachable = "impossible de charger la soirée"
  let keyRefusedStep = "Le réseau marche. La clé doit être renouvelée"
  let eventUnreachableStep = "F5 pour réessayer"
  let eventEnded = "la soirée est finie"
  func ended(_ event: String, at time: String) -> String { "\(event) a pris fin à \(time)" }
  let eventEndedStep = "F5 interroge à nouveau le service"
  let unauthorized = "le service refuse notre clé"
  let rateLimited = "le service est saturé"
  let rateLimitedStep = "Rescannez dans quelques secondes"
  let serviceError = "réponse du service inexploitable"
  let claimedElsewhere = "en train d'entrer ailleurs"
  let offline = "le service ne répond pas"
  func notAmong(_ passes: Int, storedAt time: String) -> String {
    "absent des \(passes) pass enregistrés \(at(time))"
  }
  let notVerifiedStep = "Demandez au responsable"
  func call(_ help: String) -> String { "Appelez \(help)" }
  let unknownPass = "ce pass n'existe pas"
  let wrongOrganization = "pass d'un autre organisateur"
  let wrongOrganizationStep = "Pas valable ici"
  let archived = "pass retiré"
  let archivedStep = "Plus valable : voyez l'organisateur"
  let notActiveStep = "Ce pass ne donne pas accès"
  let notTonight = "pas pour ce soir"
  let notTonightStep = "Valable d'autres soirs : demandez"
  func night(_ name: String?, on day: String?) -> String {
    "pour " + [name, day].compactMap(\.self).joined(separator: ", ")
  }
  func anotherTonight(_ name: String?) -> String {
    "une autre soirée ce soir" + (name.map { "\(colon)\($0)" } ?? "")
  }
  let forNoNight = "pour aucune soirée"
  let wrongDoor = "mauvaise porte"
  let wrongDoorStep = "Ce type entre par une autre porte"
  let tooEarly = "trop tôt"
  let comeBackThen = "revenez à cette heure-là"
  let tooEarlyStep = "Pas encore valable : revenez plus tard"
  func from(_ time: String) -> String {
    isDated(time) ? "à partir du \(time)" : "à partir de \(time)"
  }
  let tooLate = "trop tard"
  let tooLateStep: String? = nil
  func until(_ time: String) -> String {
    isDated(time) ? "jusqu'au \(time)" : "jusqu'à \(time)"
  }
  let alreadyUsed = "déjà utilisé"
  func ago(_ age: String) -> String { "il y a \(age)" }
  func entry(at time: String) -> String { "\(at(time))" }
  func tries(_ count: Int) -> String { "\(count)e essai ce soir" }
  let wristband = "demandez le bracelet"
  let alreadyUsedStep = "Déjà entré : demandez le bracelet"
  let venueFull = "la salle est pleine"
  let venueFullStep = "Plus personne : voyez le responsable"
  func freePlaces(_ places: Int) -> String {
    "plus que \(places == 1 ? "1 place" : "\(places) places")"
  }
  let groupDoesNotFit = "F6 en fait entrer une partie"

  func stored(_ age: String, because failure: String) -> String {
    "donnée enregistrée il y a \(age) (\(failure))"
  }
  func storedBriefly(_ age: String) -> String { "enregistrée il y a \(age)" }
  func storedMayNotAdmit(_ age: String) -> String {
    "donnée enregistrée il y a \(age) : pas d'entrée"
  }
  func age(seconds: Int) -> String { "\(seconds) s" }
  func age(minutes: Int) -> String { "\(minutes) min" }
  func age(hours: Int) -> String { "\(hours) h" }
  let failureUnauthorized = "clé refusée"
  let failureRateLimited = "service saturé"
  let failureServiceError = "service en panne"
  let failureOffline = "hors ligne"
  let failureSlow = "service lent"
  func beforeHours(from time: String?) -> String {
    time.map { "Attention : la soirée débute à \($0)" } ?? "Attention : avant l'horaire"
  }
  func afterHours(until time: String?) -> String {
    time.map { "Attention : soirée finie à \($0)" } ?? "Attention : après l'horaire"
  }

  func rate(_ text: String, asOf time: String?) -> String {
    "\(time.map { "Tarif \(of($0))" } ?? "Tarif") : \(text)"
  }
  func rateEnded(_ time: String) -> String { "terminé \(at(time))" }
  let noValidPrice = "aucun prix valable"
  let ratesUnknown = "tarifs inconnus"
  func collect(_ amount: String, unlessPaid: Bool) -> String {
    unlessPaid ? "ENCAISSER \(amount) si impayé" : "ENCAISSER \(amount)"
  }
  let nothingToCollect = "rien à encaisser"
  let collectUnknown = "ENCAISSER : montant inconnu, demandez"
  let or = "ou"
  let always = "toujours"
  func fromTo(_ from: String, _ until: String) -> String { "de \(from) à \(until)" }
  let faulty = "erroné"
  let neverValid = "erroné, sans effet"
  let ratesTitle = ["TARIFS DE CE SOIR", "TARIFS"]
  func ratesAsOf(_ time: String) -> String { of(time) }
  func ratesNotRenewed(for age: String) -> String { "PAS À JOUR depuis \(age)" }
  func nextRateChange(at time: String, in span: String) -> String {
    "changement \(at(time)), dans \(span)"
  }
  let noRates = "Pas de tarifs pour ce soir"
  let ratesNotAsked = "Tarifs pas encore demandés"
  func people(_ people: Int) -> String {
    people <= 1 ? "\(people) personne" : "\(people) personnes"
  }
  let rateColumns = RateColumns(
    rate: "Tarif", people: "Pers.", option: "Option", price: "Prix", window: "Quand",
    information: "Information")
  let months = [
    "janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc",
  ]

  let lookWord = ["VÉRIF"]
  let byHandWord = ["MANUEL"]
  let undoneWord = ["ANNULÉ"]
  let nextScanLooks = "Prochain scan : personne n'entre"
  func lookEnds(in seconds: Int) -> String { "Scannez pour vérifier : \(seconds) s, F3 arrête" }
  func lookBar(seconds: Int) -> String { "VÉRIF : le prochain n'entre pas (\(seconds) s)" }
  func wouldBeAdmitted(_ people: Int) -> String {
    people > 1 ? "ENTRERAIENT : \(people) personnes" : "ENTRERAIT"
  }
  let wouldBeRefused = "SERAIT REFUSÉ"
  let couldNotBeVerified = "VÉRIFICATION IMPOSSIBLE"
  let howManyKeys = "↑ ↓ corrigent le nombre d'entrées"
  let saving = "en cours"
  let recordedLate = "enregistrement en retard"
  let letInByHand = "ENTRÉE MANUELLE"
  func cameInByHand(_ people: Int) -> String {
    people == 1 ? "1 personne, comptée" : "\(people) personnes, comptées"
  }
  func takenBack(_ people: Int) -> String {
    people == 1 ? "1 personne retirée du compte" : "\(people) personnes retirées du compte"
  }
  func cameIn(at time: String) -> String { "entrée de \(time), annulée" }
  let nothingWord = ["RIEN"]
  let nothingToUndo = "RIEN À ANNULER"
  let tooOldToUndo = "Il y a plus de 10 min : non annulée"
  let undoQuestionWord = ["ANNULER ?"]
  let undoQuestion = "Annuler une entrée de plus ?"
  let undoKeys = "F8 sous 10 s annule, Échap garde"
  func admitted(_ people: String, at time: String) -> String { "\(people), entrée \(of(time))" }
  func afterAll(_ verdict: String) -> String { "CORRECTION : \(verdict)" }

  let cardWithoutEffect = "CARTE : RIEN À CHANGER"
  let cardAgain = "MÊME CARTE, COMPTÉE UNE FOIS"
  let cardsTitle = "Cartes du personnel"
  let cardsNote = "Réservées au personnel : qui en a une peut s'en servir."
  func card(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "Une personne de moins"
    case .more: "Une personne de plus"
    case .undo: "Annuler"
    case .look: "Vérifier, personne n'entre"
    case .byHand: "Entrée manuelle"
    case .choose: "Choisir"
    case .countIn: "Une entrée à la main"
    case .countOut: "Une sortie à la main"
    case .turn: "Changer la porte : entrée ou sortie"
    }
  }

  let cards = "Cartes"
  func cardHint(_ command: StaffCommand) -> String {
    switch command {
    case .fewer: "un de moins"
    case .more: "un de plus"
    case .undo: "annuler"
    case .look: "vérifier"
    case .byHand: "manuel"
    case .choose: "choisir"
    case .countIn: "+1 entrée"
    case .countOut: "+1 sortie"
    case .turn: "changer"
    }
  }

  let find = "CHERCHER"
  let typeToFind = "Tapez une partie du nom ou du code"
  let searching = "Recherche"
  let nobodyFound = "Aucun résultat"
  let findKeys = "↑ ↓, Entrée scanne, Échap ferme"
  let findLeave = "Échap ferme"
  func isItThis(_ offer: String) -> String { "\(offer) ?" }

  let pinWord = ["PIN"]
  func pin(for action: GuardedAction) -> String {
    switch action {
    case .leave: "PIN pour quitter"
    case .byHand: "PIN pour l'entrée manuelle"
    case .undo: "PIN pour annuler"
    case .look: "PIN pour vérifier"
    case .turn: "PIN pour changer la porte"
    }
  }
  let pinChecking = "Vérification"
  let pinWrong = "PIN INCORRECT"
  func pinWait(_ span: String) -> String { "Attendez \(span)" }
  let pinMalformed = "Un PIN a de 4 à 12 chiffres"
  let pinKeys = "Entrée vérifie, Échap ferme"
  let noPIN = "Aucun PIN : on ne quitte pas au clavier"
  let mayBePIN = "Un PIN ? D'abord sa touche F"

  let notReadyWord = ["PAS PRÊT", "PANNE"]
  func fault(_ kind: SetupFault.Kind) -> String {
    switch kind {
    case .configuration: "La configuration est erronée"
    case .credentials: "La clé du service manque"
    case .store: "Le registre ne s'ouvre pas"
    }
  }
  let callWhoSetUp = "Appelez l'installateur"
  let faultRetry = "Aucun contrôle ici. Nouvel essai automatique."

  let askingAgain = "Nouvelle demande au service"
  let enterAndEscape = "Entrée cherche, Échap efface"
  func dropped(_ code: String) -> String { "\(code) effacé : un scan est arrivé" }
  func droppedWithoutEnter(_ code: String) -> String { "\(code) effacé : pas d'Entrée reçue" }
  let help = "AIDE"

  private func isDated(_ time: String) -> Bool { time.contains(" ") }

  /// "à 23:41", "le 7 mars 23:00".
  func at(_ time: String) -> String { isDated(time) ? "le \(time)" : "à \(time)" }

  /// "de 23:41", "du 7 mars 23:00".
  func of(_ time: String) -> String { isDated(time) ? "du \(time)" : "de \(time)" }
}
