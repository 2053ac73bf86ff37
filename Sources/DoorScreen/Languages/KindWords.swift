import Admission

/// What one kind of code is called. A kind is a row of these in each language.
struct KindWords: Sendable, Equatable {
  /// Beside its type, with a capital.
  var name: String
  /// One of them, with its article.
  var one: String
  /// Several of them.
  var many: String
  /// The language's adjectives that go with it are feminine.
  var isFeminine = false

  init(_ name: String, one: String, many: String, isFeminine: Bool = false) {
    self.name = name
    self.one = one
    self.many = many
    self.isFeminine = isFeminine
  }
}

extension Texts {
  /// "passes, tickets"
  func many(_ kinds: [PassKind]) -> String {
    kinds.map { words($0).many }.joined(separator: ", ")
  }

  /// "a pass, a ticket or a booking"
  func oneOf(_ kinds: [PassKind]) -> String {
    let all = kinds.map { words($0).one }
    guard all.count > 1, let last = all.last else { return all.first ?? "" }
    return "\(all.dropLast().joined(separator: ", ")) \(or) \(last)"
  }

  /// "426 passes, 1500 tickets"
  func counted(_ counts: [(kind: PassKind, count: Int)]) -> String {
    counts.map { "\($0.count) \(words($0.kind).many)" }.joined(separator: ", ")
  }
}
