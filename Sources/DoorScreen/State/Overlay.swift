/// A page over the panel. Scans go on beneath it, and the next one closes it.
enum Overlay: Sendable, Equatable {
  /// - first: the line at the top.
  case help(first: Int)
  /// Tonight's price list.
  /// - selected: index into `PriceList.entries`.
  case rates(selected: Int)
  /// Tonight's doors, where several share a ledger.
  /// - selected: index into `SharedDoors.doors`.
  case doors(selected: Int)
  /// Search among the stored passes.
  case find(Finder)
  /// The question for the supervisor's PIN.
  case pin(PINPrompt)
}
