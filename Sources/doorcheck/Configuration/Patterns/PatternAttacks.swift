/// Texts on which a regular expression would be slow if it can be: what one of its repeated parts
/// likes, over and over, behind what has to come first, and at the end something that it refuses.
struct PatternAttacks {
  private struct Seed: Hashable {
    var prefix: String
    var pump: String
  }

  private let seeds: [Seed]
  private let tails: [String]

  private static let mostSeeds = 48
  /// Every character that a code, or the text around one, is likely to have.
  private static let likely: [Unicode.Scalar] = ["a", "A", "0", "-", "_", " ", "/"]

  init(pattern: String) {
    var reader = PatternReader(pattern: pattern)
    let whole = reader.readAll()
    var found: [Seed] = []
    Self.collect(from: whole, prefix: "", isRepeated: false, into: &found)
    let prefixes = Self.distinct([""] + found.map(\.prefix)).prefix(4)
    let scalars = Self.distinct(reader.named + Self.likely).prefix(24)
    for prefix in prefixes {
      found += scalars.map { Seed(prefix: prefix, pump: String($0)) }
    }
    seeds = Array(Self.distinct(found).prefix(Self.mostSeeds))
    let refused = reader.refused.prefix(4).map { String($0) }.joined()
    // Without a tail, for patterns that need something more; a class that takes it all is rare.
    tails = [refused + "\n\u{1}!", ""]
  }

  /// For each way of attack its texts, of about so many scalars each, the likeliest first.
  func series(lengths: [Int]) -> [[String]] {
    seeds.enumerated().flatMap { rank, seed in
      // Long ones are dear even for sound patterns.
      let lengths = rank < 12 ? lengths : lengths.filter { $0 <= 64 }
      return tails.map { tail in lengths.map { text(seed, tail: tail, length: $0) } }
    }
  }

  private func text(_ seed: Seed, tail: String, length: Int) -> String {
    let room = max(1, length - seed.prefix.unicodeScalars.count)
    let count = max(1, room / seed.pump.unicodeScalars.count)
    return seed.prefix + String(repeating: seed.pump, count: count) + tail
  }

  private static func collect(
    from piece: PatternPiece, prefix: String, isRepeated: Bool, into seeds: inout [Seed]
  ) {
    switch piece {
    case .literal, .anyOf: break
    case .group(let alternatives):
      for alternative in alternatives {
        var prefix = prefix
        for piece in alternative {
          collect(from: piece, prefix: prefix, isRepeated: isRepeated, into: &seeds)
          prefix = String((prefix + piece.lean).unicodeScalars.prefix(256))
        }
      }
    case .repeated(let body, _, let isOpen):
      if isOpen || isRepeated {
        for pump in distinct(body.pumps).prefix(8) where !pump.isEmpty {
          seeds.append(Seed(prefix: prefix, pump: pump))
        }
      }
      collect(from: body, prefix: prefix, isRepeated: isRepeated || isOpen, into: &seeds)
    }
  }

  private static func distinct<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
