/// Words of an exit, and of who is inside.
extension FrenchTexts {
  var outWord: [String] { ["SORTIE"] }
  func left(_ people: Int) -> String { people == 1 ? "1 sort" : "\(people) sortent" }
  var nobodyInside: String { "personne à l'intérieur avec ce code" }
}
