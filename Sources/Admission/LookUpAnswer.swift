/// What the service said of one code.
package enum LookUpAnswer: Sendable, Equatable {
  case found(Pass)
  /// The service answered, and knows no such pass.
  case notFound
  /// The answer cannot be used, or none came.
  case failed(LookUpFailure)
}
