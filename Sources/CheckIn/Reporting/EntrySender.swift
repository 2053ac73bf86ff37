package import Admission

/// Tells the service of an entry. The Fourvenues client is one.
package protocol EntrySender: Sendable {
  /// Sends it once, after whatever a guest waits for, and always ends well within
  /// `EntryReporter.Setup.lease`: at once when the task is cancelled.
  func send(_ report: EntryReport) async -> EntryDelivery
}

/// What became of telling the service of an entry.
package enum EntryDelivery: Sendable, Equatable {
  /// The service has counted it.
  case delivered
  /// The service will never take it. A few words for staff; no names.
  case refused(reason: String)
  /// The service does not let this key report (401, 403).
  case keyRefused
  /// The service cannot take it now.
  /// - Parameters:
  ///   - after: how long it asks to be left alone; nil where it does not say.
  ///   - mayHaveArrived: false where it said so before it looked at the entry (408, 429).
  case tryLater(after: Duration?, mayHaveArrived: Bool)
  /// Nothing of it reached the service.
  case notSent
  /// It was sent, and no answer came.
  case mayHaveArrived
}
