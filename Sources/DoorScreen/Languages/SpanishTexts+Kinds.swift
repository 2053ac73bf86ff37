import Admission
import Formatting

/// What the kinds of code are called, and what is said of them: a new kind is a row in `words`.
extension SpanishTexts {
  func words(_ kind: PassKind) -> KindWords {
    switch kind {
    case .pass: KindWords("Pase", one: "un pase", many: "pases")
    case .ticket: KindWords("Entrada", one: "una entrada", many: "entradas", isFeminine: true)
    case .list:
      KindWords("Lista", one: "un código de lista", many: "códigos de lista", isFeminine: true)
    case .booking: KindWords("Reserva", one: "una reserva", many: "reservas", isFeminine: true)
    }
  }

  func scanOne(of kinds: String) -> String { "Escanea \(kinds)" }
  func storing(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "guardando \(done) de \($0) \(kinds)" } ?? "guardando \(kinds): \(done)"
  }
  func storingBriefly(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "\(done)/\($0)" } ?? "\(kinds): \(done)"
  }
  func stored(counts: String, age: String?) -> String {
    "guardado\(age.map { " hace \($0)" } ?? ""): \(counts)"
  }
  func codes(_ count: Int) -> String { "\(count) códigos" }
  func preloadForbidden(_ kinds: String) -> [String] {
    [
      "La clave no puede listar \(kinds): solo se guarda lo ya visto",
      "Sin lista de \(kinds)", "Solo se guarda lo ya visto",
    ]
  }
  func notAmong(codes: Int, storedAt time: String) -> String {
    "no está entre los \(codes) códigos guardados \(at(time))"
  }

  func unknownCode(_ kinds: String) -> String { "no consta como \(kinds)" }
  func askWhether(_ kinds: String) -> String { "¿es \(kinds)?" }
  func state(_ state: KnownState, of kind: KindWords) -> String {
    switch state {
    case .cancelled: "cancelad\(kind.isFeminine ? "a" : "o")"
    case .pending: "pendiente"
    case .refunded: "reembolsad\(kind.isFeminine ? "a" : "o")"
    case .rejected: "rechazad\(kind.isFeminine ? "a" : "o")"
    case .released: "liberad\(kind.isFeminine ? "a" : "o")"
    case .removed: "ya no está en la lista"
    }
  }
  func notActive(_ kind: KindWords, state: String) -> String {
    "\(kind.name.lowercased()) no activ\(kind.isFeminine ? "a" : "o"): \(state)"
  }
  var givesNoEntry: String { "No da acceso" }

  func checkAge(_ years: Int) -> String { "DNI: \(years)+" }
  func expected(at time: String) -> String { "previsto \(time)" }
  func extras(_ labels: String) -> String { "Extras: \(labels)" }
  func privateNote(_ note: String) -> String { "Privado: \(note)" }
  func audience(_ audience: RateOption.Audience) -> String? {
    switch audience {
    case .everybody: nil
    case .women: "mujeres"
    case .men: "hombres"
    }
  }
  func perPerson(_ amount: String) -> String { "\(amount) por persona" }
}
