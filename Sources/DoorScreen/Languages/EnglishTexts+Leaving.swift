/// Words of an exit, and of who is inside.
extension EnglishTexts {
  var outWord: [String] { ["OUT"] }
  func left(_ people: Int) -> String { people == 1 ? "1 out" : "\(people) out" }
  var nobodyInside: String { "nobody inside on this code" }
}
