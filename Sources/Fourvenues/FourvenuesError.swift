package import Admission

/// Why an event, a list of events or a list of rates could not be had.
package enum FourvenuesError: Error, Sendable, Equatable {
  /// The service answered, and knows no such thing.
  case notFound
  case failed(LookUpFailure)
}
