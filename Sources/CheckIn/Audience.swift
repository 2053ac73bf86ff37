import Synchronization

/// Who is shown the verdicts: how far they have been, and whether they are gone.
package final class Audience: Sendable {
  private let lastShown = Atomic(0)
  private let hasLeft = Atomic(false)

  package init() {}

  /// The verdicts were shown up to that of the scan with this number.
  package func noteShown(_ number: Int) {
    _ = lastShown.max(number, ordering: .releasing)
  }

  /// Nobody is shown a verdict from now on, so nobody may be let in any more.
  package func leave() { hasLeft.store(true, ordering: .releasing) }

  package var isGone: Bool { hasLeft.load(ordering: .acquiring) }

  /// Whether the verdict of the scan with this number was shown.
  package func hasSeen(_ number: Int) -> Bool { number <= lastShown.load(ordering: .acquiring) }
}
