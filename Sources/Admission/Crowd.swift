/// How many people came to an event, and how many are there.
package struct Crowd: Sendable, Equatable {
  /// People who came in, each once however often they came back.
  package var admitted: Int
  /// People who are inside now.
  package var inside: Int
  /// Somebody was counted out, so that the two may differ.
  package var hasLeavers: Bool

  package init(admitted: Int = 0, inside: Int = 0, hasLeavers: Bool = false) {
    self.admitted = admitted
    self.inside = inside
    self.hasLeavers = hasLeavers
  }

  /// Counts what an admission or a departure is, too.
  package mutating func add(_ change: EarlierAdmissions) {
    admitted += change.people
    inside += change.seenInside
    if change.lastLeft != nil { hasLeavers = true }
  }

  package mutating func subtract(_ change: EarlierAdmissions) {
    admitted -= change.people
    inside -= change.seenInside
  }

  package func adding(_ other: Crowd) -> Crowd {
    Crowd(
      admitted: admitted + other.admitted, inside: inside + other.inside,
      hasLeavers: hasLeavers || other.hasLeavers)
  }
}
