import Admission
import Formatting

/// What the kinds of code are called, and what is said of them: a new kind is a row in `words`.
extension ItalianTexts {
  func words(_ kind: PassKind) -> KindWords {
    switch kind {
    case .pass: KindWords("Pass", one: "un pass", many: "pass")
    case .ticket: KindWords("Biglietto", one: "un biglietto", many: "biglietti")
    case .list: KindWords("Lista", one: "un codice lista", many: "codici lista", isFeminine: true)
    case .booking:
      KindWords(
        "Prenotazione", one: "una prenotazione", many: "prenotazioni", isFeminine: true)
    }
  }

  func scanOne(of kinds: String) -> String { "Scansiona \(kinds)" }
  func storing(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "salvataggio: \(done) \(kinds) su \($0)" } ?? "salvataggio \(kinds): \(done)"
  }
  func storingBriefly(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "\(done)/\($0)" } ?? "\(kinds): \(done)"
  }
  func stored(counts: String, age: String?) -> String {
    "salvati\(age.map { " \($0) fa" } ?? ""): \(counts)"
  }
  func codes(_ count: Int) -> String { "\(count) codici" }
  func preloadForbidden(_ kinds: String) -> [String] {
    [
      "Questa chiave non può elencare \(kinds): si salva solo ciò che è già stato visto",
      "Nessun elenco di \(kinds)", "Si salvano solo i codici visti",
    ]
  }
  func notAmong(codes: Int, storedAt time: String) -> String {
    "non è tra i \(codes) codici salvati \(at(time))"
  }

  func unknownCode(_ kinds: String) -> String { "non risulta come \(kinds)" }
  func askWhether(_ kinds: String) -> String { "è \(kinds)?" }
  func state(_ state: KnownState, of kind: KindWords) -> String {
    switch state {
    case .cancelled: "annullat\(kind.isFeminine ? "a" : "o")"
    case .pending: "in attesa"
    case .refunded: "rimborsat\(kind.isFeminine ? "a" : "o")"
    case .rejected: "rifiutat\(kind.isFeminine ? "a" : "o")"
    case .released: "liberat\(kind.isFeminine ? "a" : "o")"
    case .removed: "non è più in lista"
    }
  }
  func notActive(_ kind: KindWords, state: String) -> String {
    "\(kind.name.lowercased()) non attiv\(kind.isFeminine ? "a" : "o"): \(state)"
  }
  var givesNoEntry: String { "Non dà accesso" }

  func checkAge(_ years: Int) -> String { "DOCUMENTO: \(years)+" }
  func expected(at time: String) -> String { "previsto \(time)" }
  func extras(_ labels: String) -> String { "Extra: \(labels)" }
  func privateNote(_ note: String) -> String { "Privato: \(note)" }
  func audience(_ audience: RateOption.Audience) -> String? {
    switch audience {
    case .everybody: nil
    case .women: "donne"
    case .men: "uomini"
    }
  }
  func perPerson(_ amount: String) -> String { "\(amount) a persona" }
}
