import SeededRandom

/// Passes that are made when they are asked for, each from its number alone: code `SAND` and six
/// digits or more, valid tonight, nobody in yet, every tenth for a group of 2 to 6.
struct GeneratedGuests: Sendable {
  let codes: NumberedCodes
  let seed: UInt64
  let passes: GuestPasses

  init(count: Int, seed: UInt64, passes: GuestPasses) {
    codes = NumberedCodes(kind: .pass, count: count)
    self.seed = seed
    self.passes = passes
  }

  var count: Int { codes.count }

  func pass(_ index: Int) -> SandboxPass {
    let (name, people) = Self.guest(index, seed: seed)
    return passes.pass(
      NumberedCodes.code(index, of: .pass), name,
      type: people == 1 ? "Pase Noche" : "Pase Grupo", people: people)
  }

  func pass(code: String) -> SandboxPass? {
    codes.index(ofCode: code).map(pass)
  }

  func pass(id: String) -> SandboxPass? {
    codes.index(ofID: id, idPrefix: GuestPasses.idPrefix).map(pass)
  }

  /// Who comes on the generated pass, ticket, list or table of a number, and with how many: every tenth
  /// is a group of 2 to 6.
  static func guest(_ index: Int, seed: UInt64) -> (name: String, people: Int) {
    var generator = SplitMix64(seed: seed, stream: UInt64(index))
    let name = name(using: &generator)
    return (name, index % 10 == 9 ? Int.random(in: 2...6, using: &generator) : 1)
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
