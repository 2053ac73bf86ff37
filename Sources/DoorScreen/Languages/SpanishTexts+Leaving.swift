/// Words of an exit, and of who is inside.
extension SpanishTexts {
  var outWord: [String] { ["SALIDA"] }
  func left(_ people: Int) -> String { people == 1 ? "sale 1" : "salen \(people)" }
  var nobodyInside: String { "nadie dentro con este código" }
}
