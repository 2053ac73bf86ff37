/// Who leaves by one scan at an exit (Contract: Out and in again).
package struct Departure: Sendable, Equatable {
  /// People who leave. 0: nobody was known to be inside.
  package var people: Int
  /// The most who may have left by the scan; nil: all who were inside.
  package var most: Int?
  /// People who were inside before it, as far as this door knew.
  package var inside: Int
  /// Of these, those whom no door saw come in: the service alone had counted them.
  package var unseenInside: Int

  /// Of those who leave, those whom no door saw come in: whoever was seen leaves first.
  package var unseen: Int { max(0, people - max(0, inside - unseenInside)) }

  /// People who stay inside.
  package var remaining: Int { max(0, inside - people) }

  package init(people: Int, most: Int? = nil, inside: Int, unseenInside: Int = 0) {
    self.people = people
    self.most = most
    self.inside = inside
    self.unseenInside = unseenInside
  }

  /// As it is recorded.
  /// - Parameter unseen: of those who leave.
  package init(people: Int, unseen: Int, most: Int? = nil, inside: Int) {
    self.init(
      people: people, most: most, inside: inside,
      unseenInside: unseen > 0 ? max(0, inside - (people - unseen)) : 0)
  }

  /// The same after staff said how many left, from 1 to all who were inside.
  package func correcting(_ people: Int) -> Departure {
    var departure = self
    departure.people = min(max(1, people), max(1, inside))
    departure.most = departure.people
    return departure
  }
}

/// Judges a scan at an exit: all who are inside on it leave, or one. Nobody is refused
/// (Contract: Out and in again).
/// - Parameters:
///   - counted: people whom the service had counted in by the answer that decides; 0 where there is none.
///   - before: who came in and left, by all doors.
///   - allowed: people whom the pass may bring; nil where that is not known.
package func decideExit(
  counted: Int, before: EarlierAdmissions, rules: Rules, allowed: Int? = nil
) -> Decision {
  let ever = max(0, counted).addingClamped(before.missing(from: max(0, counted)))
  // Where the pass is not known, nor is whom the service counted in: some of them may have left, and those
  // who came back were seen.
  let inside = max(0, ever.addingClamped(-before.outside), before.seenInside)
  let people = rules.groupEntry == .one ? min(1, inside) : inside
  var decision = Decision(reason: people > 0 ? .left : .nobodyInside)
  decision.departure = Departure(
    people: people, most: rules.groupEntry == .one ? 1 : nil, inside: inside,
    unseenInside: max(0, inside - max(0, before.seenInside)))
  decision.leftAt = before.lastLeft?.at
  decision.othersMayLeave = rules.groupEntry == .one && ever < allowed ?? .max
  return decision
}
