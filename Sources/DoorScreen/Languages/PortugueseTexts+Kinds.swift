import Admission
import Formatting

/// What the kinds of code are called, and what is said of them: a new kind is a row in `words`.
extension PortugueseTexts {
  func words(_ kind: PassKind) -> KindWords {
    switch kind {
    case .pass: KindWords("Passe", one: "um passe", many: "passes")
    case .ticket: KindWords("Bilhete", one: "um bilhete", many: "bilhetes")
    case .list:
      KindWords("Lista", one: "um código de lista", many: "códigos de lista", isFeminine: true)
    case .booking: KindWords("Reserva", one: "uma reserva", many: "reservas", isFeminine: true)
    }
  }

  func scanOne(of kinds: String) -> String { "Leia \(kinds)" }
  func storing(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "a guardar \(done) de \($0) \(kinds)" } ?? "a guardar \(kinds): \(done)"
  }
  func storingBriefly(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "\(done)/\($0)" } ?? "\(kinds): \(done)"
  }
  func stored(counts: String, age: String?) -> String {
    "guardado\(age.map { " há \($0)" } ?? ""): \(counts)"
  }
  func codes(_ count: Int) -> String { "\(count) códigos" }
  func preloadForbidden(_ kinds: String) -> [String] {
    [
      "Esta chave não pode listar \(kinds): só se guarda o que já foi visto",
      "Sem lista de \(kinds)", "Só se guarda o que foi visto",
    ]
  }
  func notAmong(codes: Int, storedAt time: String) -> String {
    "não está entre os \(codes) códigos guardados \(at(time))"
  }

  func unknownCode(_ kinds: String) -> String { "não consta como \(kinds)" }
  func askWhether(_ kinds: String) -> String { "é \(kinds)?" }
  func state(_ state: KnownState, of kind: KindWords) -> String {
    switch state {
    case .cancelled: "cancelad\(kind.isFeminine ? "a" : "o")"
    case .pending: "pendente"
    case .refunded: "reembolsad\(kind.isFeminine ? "a" : "o")"
    case .rejected: "rejeitad\(kind.isFeminine ? "a" : "o")"
    case .released: "libertad\(kind.isFeminine ? "a" : "o")"
    case .removed: "já não está na lista"
    }
  }
  func notActive(_ kind: KindWords, state: String) -> String {
    "\(kind.name.lowercased()) não ativ\(kind.isFeminine ? "a" : "o"): \(state)"
  }
  var givesNoEntry: String { "Não dá acesso" }

  func checkAge(_ years: Int) -> String { "DOCUMENTO: \(years)+" }
  func expected(at time: String) -> String { "previsto \(time)" }
  func extras(_ labels: String) -> String { "Extras: \(labels)" }
  func privateNote(_ note: String) -> String { "Privado: \(note)" }
  func audience(_ audience: RateOption.Audience) -> String? {
    switch audience {
    case .everybody: nil
    case .women: "mulheres"
    case .men: "homens"
    }
  }
  func perPerson(_ amount: String) -> String { "\(amount) por pessoa" }
}
