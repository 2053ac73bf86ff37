import FoundationEssentials

/// Who left by which scan, once more is known than the exit knew: a door that was cut off counts out whom
/// it knows of, and two may count out the same people. Each door changes its own departures alone, by what
/// all doors did with one pass, and comes to what the others expect of it.
struct DepartureFold {
  /// An admission or a departure that stands.
  struct Movement: Equatable {
    /// In the order in which this store came to know them.
    var number: Int64
    /// What it is called at every door.
    var entryID: String
    /// Seconds since 1970 by the ledger's clock, which nobody at a door sets; by this box's where it is
    /// not known how the two go together.
    var at: Double
    var isOwn: Bool
    /// False: the clock of its door is not known to go with this one's.
    var isTimeKnown = true
    /// People who came in by it, first or again; nil for a departure.
    var came: Int?
    var gone = 0
    /// Of those who left, whom no door saw come in.
    var unseen = 0
    /// Nil: all who were inside.
    var most: Int?
    /// People who were inside before it as far as its door knew.
    var inside = 0
  }

  /// What a departure has become.
  struct Change: Equatable {
    var number: Int64
    var gone: Int
    var unseen: Int
  }

  private let movements: [Movement]

  init(_ movements: [Movement]) {
    self.movements = movements.sorted { ($0.at, $0.entryID) < ($1.at, $1.entryID) }
  }

  /// This store's own departures that are to be another number of people than they are.
  var changes: [Change] {
    var corrected = movements
    // Those who came and left before, as it has turned out.
    var before = (came: 0, left: 0)
    for index in movements.indices {
      if let came = movements[index].came {
        before.came += came
        continue
      }
      takeOffTwiceUnseen(&corrected[index], after: corrected[..<index])
      if !takeOffExcess(&corrected[index], left: before.left) {
        addUnknown(
          &corrected[index], seen: before.came - before.left,
          inside: fewestInside(from: index, after: corrected[..<index]))
      }
      before.left += corrected[index].seenGone
    }
    // Others may think otherwise of theirs: what they say of them counts.
    for index in movements.indices where !movements[index].isOwn {
      corrected[index] = movements[index]
    }
    takeOffNewest(&corrected)
    return zip(movements, corrected).compactMap { was, now in
      was == now ? nil : Change(number: now.number, gone: now.gone, unseen: now.unseen)
    }
  }

  private static func inside(_ movements: some Sequence<Movement>) -> Int {
    movements.reduce(0) { $0 + ($1.came ?? 0) - $1.seenGone }
  }

  /// The fewest who are inside at any time from a departure on, as others have told: whoever came after it
  /// did not leave by it, and where others left in their stead nobody else did.
  private func fewestInside(from index: Int, after corrected: ArraySlice<Movement>) -> Int {
    let later = movements[index...]
    // Of whom it is not known when they came, they may have come before.
    var inside =
      Self.inside(corrected) + later.reduce(0) { $0 + ($1.isTimeKnown ? 0 : $1.came ?? 0) }
    return later.reduce(.max) { fewest, movement in
      inside += (movement.isTimeKnown ? movement.came ?? 0 : 0) - movement.seenGone
      return min(fewest, inside)
    }
  }

  /// Whom the service alone knew of have left once, where two doors counted them out.
  private func takeOffTwiceUnseen(
    _ departure: inout Movement, after earlier: ArraySlice<Movement>
  ) {
    guard departure.isOwn, departure.unseen > 0 else { return }
    let most = departure.inside - departure.seenGone
    let others = earlier.filter { !$0.isOwn && $0.number > departure.number }
    let twice = departure.unseen - max(0, most - others.reduce(0) { $0 + $1.unseen })
    guard twice > 0 else { return }
    departure.unseen -= twice
    departure.gone -= twice
  }

  /// Others had left with them. Whoever was known to have come had come before, whatever the clocks said:
  /// this door knows of whom it had heard, and of another one that it may have, within what clocks tell.
  private func takeOffExcess(_ departure: inout Movement, left: Int) -> Bool {
    let (number, isOwn) = (departure.number, departure.isOwn)
    let latest = isOwn ? departure.at : departure.at + ClockShift.least
    let came = movements.reduce(0) { sum, other in
      let isBefore =
        other.at <= latest || !other.isTimeKnown || isOwn && other.number < number
      return isBefore ? sum + (other.came ?? 0) : sum
    }
    let excess = departure.seenGone - max(0, came - left)
    if excess > 0 { departure.gone -= excess }
    return excess > 0
  }

  /// Somebody was inside of whom its door had not heard, or only from the service.
  private func addUnknown(_ departure: inout Movement, seen: Int, inside: Int) {
    let wanted = min(departure.most ?? .max, max(0, seen))
    let news = min(wanted - departure.seenGone, max(0, inside))
    guard news > 0 else { return }
    let known = min(news, departure.unseen)
    departure.unseen -= known
    departure.gone += news - known
  }

  /// No more leave than came: the last ones did not.
  private func takeOffNewest(_ corrected: inout [Movement]) {
    var excess = -Self.inside(corrected)
    for index in corrected.indices.reversed() where excess > 0 && corrected[index].came == nil {
      let off = min(excess, corrected[index].seenGone)
      excess -= off
      if corrected[index].isOwn { corrected[index].gone -= off }
    }
  }
}

extension DepartureFold.Movement {
  /// Those who left and whom a door had seen come in.
  fileprivate var seenGone: Int { gone - unseen }
}
