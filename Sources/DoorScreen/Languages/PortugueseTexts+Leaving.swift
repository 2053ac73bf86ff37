/// Words of an exit, and of who is inside.
extension PortugueseTexts {
  var outWord: [String] { ["SAÍDA"] }
  func left(_ people: Int) -> String { people == 1 ? "sai 1" : "saem \(people)" }
  var nobodyInside: String { "ninguém lá dentro com este código" }
}
