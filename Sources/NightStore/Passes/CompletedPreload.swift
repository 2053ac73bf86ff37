package import FoundationEssentials

/// A list of all passes of an event that was fetched to its end.
package struct CompletedPreload: Sendable, Equatable {
  package var finishedAt: Date
  package var passes: Int

  package init(finishedAt: Date, passes: Int) {
    self.finishedAt = finishedAt
    self.passes = passes
  }
}
