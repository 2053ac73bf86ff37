/// What is stored of tonight where the service says that it knows no such code.
package enum Lookalike: Sendable, Equatable {
  /// The newest complete list holds this very code: it may have been deleted since, or the service
  /// is mistaken.
  case listed
  /// A code that differs in case alone.
  case otherCase
  /// A code of which one or two characters were not read.
  case longer
}
