import Admission
import Formatting

/// What is said of the doors that share a ledger, by F7 and where one pass came in at two of them. It
/// stands here in all languages, one below the other.
struct DoorWords: Sendable, Equatable {
  /// The fullest first.
  var title: [String]
  /// Above the columns.
  var door: String
  var people: String
  var scans: String
  var seen: String
  var state: String
  var remarks: String
  /// How a door is, in the order of `DoorOnLedger.State`, and where nobody knows.
  var connected: String
  var alone: String
  var silent: String
  var ended: String
  var notKnown: String
  var thisDoor: String
  var sameName: String
  var otherEvent: String
  var otherRules: String
  /// Before how far it is off.
  var clock: String
  /// No door is known yet.
  var none: String
  var doubleEntry: String
  /// What to do about one.
  var doubleEntryStep: String

  func state(_ state: DoorOnLedger.State?) -> String {
    switch state {
    case .connected: connected
    case .alone: alone
    case .silent: silent
    case .ended: ended
    case nil: notKnown
    }
  }
}

extension Texts {
  func remark(_ remark: DoorRemark) -> String {
    switch remark {
    case .sameName: doorWords.sameName
    case .otherEvent: doorWords.otherEvent
    case .otherRules(let names):
      doorWords.otherRules + colon + names.map(DisplayText.cleaned).joined(separator: ", ")
    case .clock(let seconds):
      clock(by: AgeText.rounded(seconds: abs(seconds), self), isAhead: seconds > 0)
    }
  }

  /// The same for a column.
  func briefly(_ remark: DoorRemark) -> String {
    switch remark {
    case .sameName, .otherEvent: self.remark(remark)
    case .otherRules: doorWords.otherRules
    case .clock(let seconds):
      "\(doorWords.clock) \(seconds > 0 ? "+" : "-")"
        + AgeText.rounded(seconds: abs(seconds), self)
    }
  }
}

extension EnglishTexts {
  func doors(_ doors: Int, silent: Int) -> [String] {
    let all = doors == 1 ? "1 door" : "\(doors) doors"
    return silent == 0 ? [all] : ["\(all), \(silent) silent", "\(doors - silent)/\(all)"]
  }
  var alone: String { "ALONE" }
  func aloneSince(_ time: String) -> [String] {
    let alone = "THIS DOOR ALONE since \(time)"
    return ["\(alone): it does not see who comes in at the others", alone]
  }
  var doorWords: DoorWords {
    DoorWords(
      title: ["DOORS TONIGHT", "DOORS"], door: "Door", people: "People", scans: "Scans",
      seen: "Seen", state: "State", remarks: "Note", connected: "connected", alone: "ALONE",
      silent: "SILENT", ended: "ended", notKnown: "not known", thisDoor: "this door",
      sameName: "name used twice", otherEvent: "another event", otherRules: "other rules",
      clock: "clock",
      none: "The other doors are not known yet", doubleEntry: "DOUBLE ENTRY",
      doubleEntryStep: "Ask the guest. The report lists it")
  }
  func scans(_ scans: Int) -> String { scans == 1 ? "1 scan" : "\(scans) scans" }
  func clock(by span: String, isAhead: Bool) -> String {
    "clock \(span) \(isAhead ? "ahead" : "behind")"
  }
  func tooMany(_ people: Int) -> String { "\(people) too many" }
  var doorsHelp: HelpLine { HelpLine(sign: "F7", meaning: "tonight's doors") }
}

extension SpanishTexts {
  func doors(_ doors: Int, silent: Int) -> [String] {
    let all = doors == 1 ? "1 puerta" : "\(doors) puertas"
    return silent == 0 ? [all] : ["\(all), \(silent) sin señal", "\(doors - silent)/\(all)"]
  }
  var alone: String { "AISLADA" }
  func aloneSince(_ time: String) -> [String] {
    [
      "ESTA PUERTA ESTÁ AISLADA \(from(time)): no ve quién entra por las otras",
      "PUERTA AISLADA \(from(time))",
    ]
  }
  var doorWords: DoorWords {
    DoorWords(
      title: ["PUERTAS DE ESTA NOCHE", "PUERTAS"], door: "Puerta", people: "Pers.",
      scans: "Lecturas", seen: "Vista", state: "Estado", remarks: "Nota",
      connected: "conectada", alone: "AISLADA", silent: "SIN SEÑAL", ended: "cerrada",
      notKnown: "no se sabe", thisDoor: "esta puerta", sameName: "nombre repetido",
      otherEvent: "otro evento", otherRules: "otras reglas", clock: "reloj",
      none: "Aún no se conocen las otras puertas", doubleEntry: "DOBLE ENTRADA",
      doubleEntryStep: "Pregunta al cliente. Está en el informe")
  }
  func scans(_ scans: Int) -> String { scans == 1 ? "1 lectura" : "\(scans) lecturas" }
  func clock(by span: String, isAhead: Bool) -> String {
    "reloj \(isAhead ? "adelantado" : "atrasado") \(span)"
  }
  func tooMany(_ people: Int) -> String { "\(people) de más" }
  var doorsHelp: HelpLine { HelpLine(sign: "F7", meaning: "las puertas de esta noche") }
}

extension FrenchTexts {
  func doors(_ doors: Int, silent: Int) -> [String] {
    let all = doors == 1 ? "1 porte" : "\(doors) portes"
    return silent == 0 ? [all] : ["\(all), \(silent) sans signal", "\(doors - silent)/\(all)"]
  }
  var alone: String { "ISOLÉE" }
  func aloneSince(_ time: String) -> [String] {
    [
      "CETTE PORTE EST ISOLÉE depuis \(time) : elle ne voit pas les entrées des autres",
      "PORTE ISOLÉE depuis \(time)",
    ]
  }
  var doorWords: DoorWords {
    DoorWords(
      title: ["PORTES DE CE SOIR", "PORTES"], door: "Porte", people: "Pers.", scans: "Scans",
      seen: "Vue", state: "État", remarks: "Remarque", connected: "connectée", alone: "ISOLÉE",
      silent: "SANS SIGNAL", ended: "fermée", notKnown: "inconnu", thisDoor: "cette porte",
      sameName: "nom en double", otherEvent: "autre soirée", otherRules: "autres règles",
      clock: "horloge",
      none: "Autres portes pas encore connues", doubleEntry: "DOUBLE ENTRÉE",
      doubleEntryStep: "Demandez au client. Le rapport l'indique")
  }
  func scans(_ scans: Int) -> String { scans <= 1 ? "\(scans) scan" : "\(scans) scans" }
  func clock(by span: String, isAhead: Bool) -> String {
    "horloge en \(isAhead ? "avance" : "retard") de \(span)"
  }
  func tooMany(_ people: Int) -> String { "\(people) de trop" }
  var doorsHelp: HelpLine { HelpLine(sign: "F7", meaning: "portes de ce soir") }
}

extension ItalianTexts {
  func doors(_ doors: Int, silent: Int) -> [String] {
    let all = doors == 1 ? "1 porta" : "\(doors) porte"
    let absent = silent == 1 ? "1 assente" : "\(silent) assenti"
    return silent == 0 ? [all] : ["\(all), \(absent)", "\(doors - silent)/\(all)"]
  }
  var alone: String { "ISOLATA" }
  func aloneSince(_ time: String) -> [String] {
    [
      "QUESTA PORTA È ISOLATA \(from(time)): non vede chi entra dalle altre",
      "PORTA ISOLATA \(from(time))",
    ]
  }
  var doorWords: DoorWords {
    DoorWords(
      title: ["PORTE DI STASERA", "PORTE"], door: "Porta", people: "Pers.", scans: "Letture",
      seen: "Vista", state: "Stato", remarks: "Nota", connected: "collegata", alone: "ISOLATA",
      silent: "ASSENTE", ended: "chiusa", notKnown: "non si sa", thisDoor: "questa porta",
      sameName: "nome doppio", otherEvent: "altro evento", otherRules: "altre regole",
      clock: "orologio",
      none: "Le altre porte non si conoscono ancora", doubleEntry: "DOPPIO INGRESSO",
      doubleEntryStep: "Chiedi al cliente. È nel rapporto")
  }
  func scans(_ scans: Int) -> String { scans == 1 ? "1 lettura" : "\(scans) letture" }
  func clock(by span: String, isAhead: Bool) -> String {
    "orologio \(isAhead ? "avanti" : "indietro") di \(span)"
  }
  func tooMany(_ people: Int) -> String { "\(people) di troppo" }
  var doorsHelp: HelpLine { HelpLine(sign: "F7", meaning: "le porte di stasera") }
}

extension PortugueseTexts {
  func doors(_ doors: Int, silent: Int) -> [String] {
    let all = doors == 1 ? "1 porta" : "\(doors) portas"
    return silent == 0 ? [all] : ["\(all), \(silent) sem sinal", "\(doors - silent)/\(all)"]
  }
  var alone: String { "ISOLADA" }
  func aloneSince(_ time: String) -> [String] {
    [
      "ESTA PORTA ESTÁ ISOLADA desde \(the(time)): não vê quem entra pelas outras",
      "PORTA ISOLADA desde \(the(time))",
    ]
  }
  var doorWords: DoorWords {
    DoorWords(
      title: ["PORTAS DESTA NOITE", "PORTAS"], door: "Porta", people: "Pess.", scans: "Leituras",
      seen: "Vista", state: "Estado", remarks: "Nota", connected: "ligada", alone: "ISOLADA",
      silent: "SEM SINAL", ended: "fechada", notKnown: "não se sabe", thisDoor: "esta porta",
      sameName: "nome repetido", otherEvent: "outro evento", otherRules: "outras regras",
      clock: "relógio",
      none: "As outras portas ainda não se conhecem", doubleEntry: "ENTRADA DUPLA",
      doubleEntryStep: "Pergunte ao cliente. Está no relatório")
  }
  func scans(_ scans: Int) -> String { scans == 1 ? "1 leitura" : "\(scans) leituras" }
  func clock(by span: String, isAhead: Bool) -> String {
    "relógio \(isAhead ? "adiantado" : "atrasado") \(span)"
  }
  func tooMany(_ people: Int) -> String { "\(people) a mais" }
  var doorsHelp: HelpLine { HelpLine(sign: "F7", meaning: "as portas desta noite") }
}
