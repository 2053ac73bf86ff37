import Admission
import Formatting

/// What the kinds of code are called, and what is said of them: a new kind is a row in `words`.
extension FrenchTexts {
  func words(_ kind: PassKind) -> KindWords {
    switch kind {
    case .pass: KindWords("Pass", one: "un pass", many: "pass")
    case .ticket: KindWords("Billet", one: "un billet", many: "billets")
    case .list:
      KindWords("Liste", one: "un code de liste", many: "codes de liste", isFeminine: true)
    case .booking:
      KindWords("Réservation", one: "une réservation", many: "réservations", isFeminine: true)
    }
  }

  func scanOne(of kinds: String) -> String { "Scannez \(kinds)" }
  func storing(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "chargement : \(done) \(kinds) sur \($0)" } ?? "chargement des \(kinds) : \(done)"
  }
  func storingBriefly(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "\(done)/\($0)" } ?? "\(kinds) : \(done)"
  }
  func stored(counts: String, age: String?) -> String {
    "enregistré\(age.map { " il y a \($0)" } ?? "") : \(counts)"
  }
  func codes(_ count: Int) -> String { "\(count) codes" }
  func preloadForbidden(_ kinds: String) -> [String] {
    [
      "Cette clé ne peut pas lister les \(kinds) : seul ce qui a été vu est gardé",
      "Pas de liste des \(kinds)", "Seuls les codes vus sont gardés",
    ]
  }
  func notAmong(codes: Int, storedAt time: String) -> String {
    "absent des \(codes) codes enregistrés \(at(time))"
  }

  func unknownCode(_ kinds: String) -> String { "inconnu comme \(kinds)" }
  func askWhether(_ kinds: String) -> String { "est-ce \(kinds) ?" }
  func state(_ state: KnownState, of kind: KindWords) -> String {
    switch state {
    case .cancelled: "annulé\(kind.isFeminine ? "e" : "")"
    case .pending: "en attente"
    case .refunded: "remboursé\(kind.isFeminine ? "e" : "")"
    case .rejected: "refusé\(kind.isFeminine ? "e" : "")"
    case .released: "libéré\(kind.isFeminine ? "e" : "")"
    case .removed: "n'est plus sur la liste"
    }
  }
  func notActive(_ kind: KindWords, state: String) -> String {
    "\(kind.name.lowercased()) non acti\(kind.isFeminine ? "ve" : "f") : \(state)"
  }
  var givesNoEntry: String { "Ne donne pas accès" }

  func checkAge(_ years: Int) -> String { "PIÈCE D'IDENTITÉ : \(years)+" }
  func expected(at time: String) -> String { "prévu \(time)" }
  func extras(_ labels: String) -> String { "Extras : \(labels)" }
  func privateNote(_ note: String) -> String { "Privé : \(note)" }
  func audience(_ audience: RateOption.Audience) -> String? {
    switch audience {
    case .everybody: nil
    case .women: "femmes"
    case .men: "hommes"
    }
  }
  func perPerson(_ amount: String) -> String { "\(amount) par personne" }
}
