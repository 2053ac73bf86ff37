/// Words of an exit, and of who is inside.
extension ItalianTexts {
  var outWord: [String] { ["USCITA"] }
  func left(_ people: Int) -> String { people == 1 ? "esce 1" : "escono \(people)" }
  var nobodyInside: String { "nessuno dentro con questo codice" }
}
