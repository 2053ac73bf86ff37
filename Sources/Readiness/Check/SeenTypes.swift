import Admission

/// The types of tonight's passes, tickets, guest list entries and bookings, and how many each has.
struct SeenTypes: Sendable {
  /// A service may make up a type for each pass.
  private static let mostTypes = 500

  private struct Name: Hashable {
    let id: String?
    let name: String?
  }

  private var counts: [Name: Int] = [:]
  private(set) var passes = 0

  mutating func add(_ pass: Pass) {
    passes += 1
    let name = Name(id: pass.typeID, name: pass.typeName)
    if counts[name] != nil || counts.count < Self.mostTypes { counts[name, default: 0] += 1 }
  }

  /// How many are of one of those types, each given by its id or name.
  func count(of types: [String]) -> Int {
    counts.reduce(0) { sum, type in
      let pass = Pass(
        id: "", code: "", typeID: type.key.id, typeName: type.key.name, state: "", usages: [])
      return pass.isOfType(types) ? sum + type.value : sum
    }
  }

  /// The most frequent first.
  var names: [String] {
    counts.sorted { ($1.value, $0.key.name ?? "") < ($0.value, $1.key.name ?? "") }
      .compactMap(\.key.name)
  }
}
