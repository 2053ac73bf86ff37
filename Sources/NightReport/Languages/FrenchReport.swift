import Admission

struct FrenchReport: ReportTexts {
  let decimalMark = ","
  func percent(_ share: String) -> String { "\(share) %" }
  let weekdays = ["dim", "lun", "mar", "mer", "jeu", "ven", "sam"]
  func clocksGo(back: Bool, _ amount: String) -> String {
    back ? "l'horloge recule de \(amount)" : "l'horloge avance de \(amount)"
  }

  func came(_ people: Int, of expected: Int, share: String?, soFar: Bool) -> String {
    let share = share.map { ", \($0)" } ?? ""
    let came = "\(people) \(Self.came(people)) sur \(expected)\(share)"
    return soFar ? "Pour l'instant \(came)" : came
  }
  func came(_ people: Int, soFar: Bool) -> String {
    (soFar ? "Pour l'instant " : "") + "\(people) \(Self.came(people)), sur un nombre inconnu"
  }
  private static func came(_ people: Int) -> String { people < 2 ? "venu" : "venus" }
  func busiest(at time: String, aMinute rate: String) -> String {
    "pointe à \(time), \(rate) par minute"
  }
  func offline(minutes: String, isOne: Bool) -> String {
    "hors ligne \(minutes) \(self.minutes(isOne: isOne))"
  }
  let neverOffline = "jamais hors ligne"

  let nothingRecorded = "Rien n'est enregistré pour cet événement."
  func recorded(_ span: String) -> String { "Scans : \(span)" }
  func goesOn(asOf time: String) -> String {
    "La soirée n'est pas finie : ce sont les chiffres du \(time)."
  }
  func made(at time: String) -> String { "Chiffres du \(time), doorcheck" }
  func expectedByList(of time: String) -> String {
    "Attendus : les personnes des pass valides, liste Fourvenues \(time.contains(" ") ? "du" : "de") \(time)."
  }
  func expectedByLists(of time: String) -> String {
    "Attendus : les personnes de tous les codes valides, listes Fourvenues \(time.contains(" ") ? "du" : "de") \(time)."
  }
  let neverListed =
    "Nombre d'attendus inconnu : la liste des pass n'a jamais été reçue en entier."
  let forgotten = "Nombre d'attendus oublié : les pass sont effacés (store.keep_days)."
  func unexpected(_ people: Int) -> String {
    people == 1
      ? "1 de plus est entré sans être sur cette liste, ou en plus de ce que permet un pass."
      : "\(people) de plus sont entrés sans être sur cette liste, ou en plus de ce que permet un pass."
  }
  func elsewhere(_ people: Int) -> String {
    people == 1
      ? "1 des venus n'est pas entré ici : Fourvenues l'a compté."
      : "\(people) des venus ne sont pas entrés ici : Fourvenues les a comptés."
  }
  let ofSeveralBoxes =
    "Les personnes sont celles de toutes les portes ; scans, refus et réponses sont ceux "
    + "de ce poste seul."
  func waiting(_ entries: Int) -> String {
    entries == 1
      ? "1 entrée est comptée sans être encore enregistrée : doorcheck le fera à son démarrage."
      : "\(entries) entrées sont comptées sans être encore enregistrées : doorcheck le fera à son "
        + "démarrage."
  }
  func unreadable(_ entries: Int) -> String {
    entries == 1
      ? "1 entrée non enregistrée est illisible et n'est pas comptée."
      : "\(entries) entrées non enregistrées sont illisibles et ne sont pas comptées."
  }
  let noCapacity = "Capacité inconnue : door.capacity n'est pas réglé."
  func places(_ capacity: Int, people: Int, share: String) -> String {
    "\(people) \(people < 2 ? "entré" : "entrés") pour \(capacity) places : \(share)."
  }
  func full(_ capacity: Int, since time: String) -> String {
    "Les \(capacity) places étaient prises à \(time)."
  }
  func over(_ people: Int) -> String {
    people == 1 ? "À la fin, 1 de plus était entré." : "À la fin, \(people) de plus étaient entrés."
  }
  let leaversNotCounted = "Les départs ne sont pas décomptés."
  func placesInside(_ capacity: Int, most: Int, share: String) -> String {
    "Au plus \(most) à l'intérieur à la fois pour \(capacity) places : \(share)."
  }
  func overInside(_ people: Int) -> String {
    people == 1
      ? "Au plus, 1 de trop était à l'intérieur."
      : "Au plus, \(people) de trop étaient à l'intérieur."
  }
  func allSoFar(places: Int?) -> String {
    "tous ceux arrivés jusque-là" + (places.map { " ; en tirets : \($0) places" } ?? "")
  }
  func insideByQuarter(places: Int?) -> String {
    "le plus de monde à l'intérieur" + (places.map { "; en tirets : \($0) places" } ?? "")
  }
  func andMore(_ rows: Int, _ more: MoreRows) -> String {
    switch more {
    case .json: "et \(rows) de plus : avec --format json"
    case .page: "et \(rows) de plus : ouvrez cette page à l'écran"
    }
  }

  func title(_ section: ReportSection) -> String {
    switch section {
    case .attendance: "Attendus et venus, par type de pass"
    case .passTypes: "Par type de pass"
    case .attendanceByKind: "Attendus et venus, par catégorie et type"
    case .kindsAndTypes: "Par catégorie et type"
    case .kinds: "Par catégorie"
    case .night: "La soirée"
    case .quarters: "Personnes par quart d'heure"
    case .doorHours: "Personnes par porte et par heure"
    case .byHand: "Entrées manuelles"
    case .takenBack: "Entrées annulées"
    case .retried: "Codes refusés à plusieurs reprises"
    case .doubleEntries: "Entrés par plusieurs portes, plus que le pass ne permet"
    case .verdicts: "Scans par résultat et motif"
    case .toCorrect: "À corriger à la main dans Fourvenues"
    case .refused: "Refusées par le service"
    case .waiting: "Encore à déclarer au service"
    }
  }
  func head(_ column: ReportHead) -> String {
    switch column {
    case .passType: "type de pass"
    case .kindAndType: "catégorie et type"
    case .kind: "catégorie"
    case .expected: "attendus"
    case .came: "venus"
    case .missing: "absents"
    case .notYet: "à venir"
    case .share: "part"
    case .day: "jour"
    case .from: "dès"
    case .people: "personnes"
    case .inAll: "en tout"
    case .inside: "à l'intérieur"
    case .ofPlaces: "des places"
    case .door: "porte"
    case .time: "heure"
    case .code: "code"
    case .pass: "pass"
    case .reason: "l'écran disait"
    case .lastReason: "dernier motif"
    case .backAt: "annulée"
    case .refusals: "refus"
    case .span: "de – à"
    case .doors: "portes"
    case .peopleIn: "entrés"
    case .allowed: "permis"
    case .verdict: "résultat"
    case .scans: "scans"
    case .whatHappened: "ce qui s'est passé"
    }
  }
  func label(_ figure: ReportLabel) -> String {
    switch figure {
    case .admitted: "Entrés"
    case .onStoredAnswers: "données enregistrées"
    case .byHand: "à la main"
    case .takenBack: "Annulées"
    case .unreported: "Non déclarés au service"
    case .peak: "Pointe de 5 minutes"
    case .offline: "Hors ligne"
    case .scans: "Scans"
    case .repeats: "Relus"
    case .looks: "Vérifiés"
    case .exitScans: "aux sorties"
    case .back: "De retour"
    case .left: "Sortis"
    case .leftUnseen: "entrés sans être vus"
    case .countedIn: "sans code, entrés"
    case .countedOut: "sans code, sortis"
    case .inside: "À l'intérieur à la fin"
    case .insideNow: "À l'intérieur"
    case .mostInside: "Le plus de monde"
    case .nearlyFull: "Pleine à 95 % ou plus"
    }
  }

  func people(_ people: Int, inEntries entries: Int) -> String {
    "\(people < 2 ? "personne" : "personnes") en \(entries) \(entries < 2 ? "entrée" : "entrées")"
  }
  func peak(from time: String, aMinute rate: String) -> String {
    "personnes dès \(time), \(rate) par minute"
  }
  func minutes(isOne: Bool) -> String { isOne ? "minute" : "minutes" }
  func sinceWhen(_ time: String) -> String { "personnes dès \(time)" }
  func nearlyFull(from start: String, until end: String, isOne: Bool) -> String {
    "\(minutes(isOne: isOne)) d'affilée, de \(start) à \(end)"
  }
  let countedOnce = "par le lecteur, comptés une fois"
  let withoutAdmitting = "sans laisser entrer"
  let unknownKind = "(catégorie inconnue)"
  let unknownType = "(type inconnu)"
  let total = "total"

  func word(_ kind: PassKind) -> String {
    switch kind {
    case .pass: "Pass"
    case .ticket: "Billet"
    case .list: "Liste"
    case .booking: "Réservation"
    }
  }
  func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .admit: "vert, entrés"
    case .refuse: "rouge, refusés"
    case .unverified: "orange, non vérifiés"
    case .out: "sortie"
    }
  }
  func word(_ reason: Reason) -> String {
    switch reason {
    case .unreadableCode: "scan illisible"
    case .noEvent: "pas d'événement choisi"
    case .unauthorized: "clé refusée"
    case .rateLimited: "service saturé"
    case .serviceError: "panne du service"
    case .offline: "pas de réponse"
    case .unknownPass: "inconnu"
    case .wrongOrganization: "autre lieu"
    case .archived: "archivé"
    case .notActive: "pas actif"
    case .notTonight: "autre soirée"
    case .wrongDoor: "mauvaise porte"
    case .tooEarly: "trop tôt"
    case .tooLate: "trop tard"
    case .alreadyUsed: "déjà utilisé"
    case .venueFull: "complet"
    case .valid: "valable"
    case .left: "sorti"
    case .nobodyInside: "personne à l'intérieur"
    }
  }
  func word(_ trouble: SendingTrouble) -> String {
    switch trouble {
    case .notSentYet: "pas encore envoyée"
    case .noAnswerYet: "envoyée, pas encore de réponse"
    case .noAnswer: "aucune réponse"
    case .noAnswerAndNotAgain: "aucune réponse : le service la compte peut-être"
    case .keyMayNot: "la clé n'a pas le droit de déclarer d'entrées"
    case .cannotNow: "le service ne peut pas la prendre maintenant"
    case .notReached: "le service n'a pas été joint"
    case .passWithoutID: "le pass n'a pas d'identifiant"
    }
  }
  func refused(because reason: String) -> String { "refusée : \(reason)" }
  let undoneAfterReport = "déclarée puis annulée : personne n'est entré"
  let undonePerhapsReported = "annulée ; le service l'a peut-être comptée : à vérifier"
  func changed(reported: Int, people: Int) -> String {
    "\(reported) déclarés, \(people) \(people < 2 ? "entré" : "entrés")"
  }
  func lookUp(_ reason: String) -> String { "\(reason) ; à vérifier" }
}
