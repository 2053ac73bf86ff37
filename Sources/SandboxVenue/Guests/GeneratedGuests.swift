import SeededRandom

/// Passes that are made when they are asked for, each from its number alone: code `SAND` and six
/// digits or more, valid tonight, nobody in yet, every tenth for a group of 2 to 6.
struct GeneratedGuests: Sendable {
  static let maximumCount = 100_000_000
  private static let codePrefix = "SAND"
  private static let idPrefix = "PlsandboxSAND"
  private static let minimumDigits = 6

  let count: Int
  let seed: UInt64
  let passes: GuestPasses

  /// The code of the pass with this number, from 0.
  static func code(_ index: Int) -> String {
    let digits = String(index)
    return codePrefix + String(repeating: "0", count: max(0, minimumDigits - digits.count)) + digits
  }

  func pass(_ index: Int) -> SandboxPass {
    var generator = SplitMix64(seed: seed, stream: UInt64(index))
    let name = Self.name(using: &generator)
    let people = index % 10 == 9 ? Int.random(in: 2...6, using: &generator) : 1
    return passes.pass(
      Self.code(index), name, type: people == 1 ? "Pase Noche" : "Pase Grupo", people: people)
  }

  func pass(code: String) -> SandboxPass? {
    index(of: code, prefix: Self.codePrefix).map(pass)
  }

  func pass(id: String) -> SandboxPass? {
    index(of: id, prefix: Self.idPrefix).map(pass)
  }

  /// The number behind a code, if it is spelled as `code(_:)` spells it, but for the case.
  private func index(of text: String, prefix: String) -> Int? {
    let digits = text.utf8.dropFirst(prefix.utf8.count)
    guard CodeKey(String(text.utf8.prefix(prefix.utf8.count)) ?? "") == CodeKey(prefix),
      digits.count >= Self.minimumDigits, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count == Self.minimumDigits || digits.first != UInt8(ascii: "0"),
      let index = Int(Substring(digits)), index < count
    else { return nil }
    return index
  }

  private static func name(using generator: inout SplitMix64) -> String {
    let first = firstNames[Int.random(in: firstNames.indices, using: &generator)]
    let last = lastNames[Int.random(in: lastNames.indices, using: &generator)]
    let second = lastNames[Int.random(in: lastNames.indices, using: &generator)]
    return "\(first) \(last) \(second)"
  }

  private static let firstNames = [
    "Aitana", "Alejandro", "Amaia", "Beatriz", "Carlos", "Chiara", "Daniela", "Emil", "Fátima",
    "Gabriel", "Hanna", "Irene", "Jordi", "Julia", "Kerem", "Laia", "Lars", "Malena", "Mateo",
    "Nerea", "Olivia", "Pablo", "Rocío", "Samuel", "Sofía", "Tomás", "Unai", "Valeria", "Yusuf",
    "Zaira",
  ]
  private static let lastNames = [
    "Álvarez", "Arias", "Bauer", "Benítez", "Blasco", "Cano", "Delgado", "Díaz", "Esteve",
    "Ferrari", "García", "Gómez", "Herrero", "Ibáñez", "Jiménez", "Kovač", "López", "Martín",
    "Moreau", "Navarro", "Novák", "Ortiz", "Peña", "Quintana", "Rivas", "Sánchez", "Soler",
    "Tanaka", "Vega", "Zamora",
  ]
}
