import Admission

/// Notices that the passes that come are for one event, and the door is set to another: no guest is
/// mistaken three times in a row.
struct OtherEventWatch {
  private struct Stranger {
    var code: String
    var eventIDs: [String]
  }

  /// Different passes in a row that are not for tonight's event, the newest last.
  private var strangers: [Stranger] = []
  /// What is to be learnt about events has been awaited once, for the first pass that is not for
  /// tonight's.
  var hasAwaitedEvents = false
  /// The event that was told last; nil where none is.
  var toldID: String?
  private static let enough = 3

  /// The event that they are all for; nil while there are not enough of them.
  var eventID: String? {
    guard strangers.count == Self.enough, let newest = strangers.last else { return nil }
    return newest.eventIDs.first { id in
      strangers.allSatisfy { $0.eventIDs.contains { $0.utf8.elementsEqual(id.utf8) } }
    }
  }

  /// A pass that is for other events.
  /// - Parameter eventIDs: the nearest first.
  mutating func note(stranger code: String, for eventIDs: [String]) {
    strangers.removeAll { $0.code.utf8.elementsEqual(code.utf8) }
    strangers = strangers.suffix(Self.enough - 1) + [Stranger(code: code, eventIDs: eventIDs)]
  }

  /// A pass for tonight came, or tonight is another event.
  mutating func forget() { strangers = [] }
}
