/// What the service is asked of a code at the door.
package struct PassQuestion: Sendable, Equatable {
  package var code: String
  /// As which it is asked for: of each kind's endpoint one request, which leave together.
  package var kinds: [PassKind]
  /// The running number of the scan, in whose order the service is asked; nil where there is none.
  package var scan: Int?
  /// Whether the code's kind is stored. Where look-ups wait for the request rate, those of known codes
  /// go first twice of three times: an unknown one costs a request for each kind.
  package var isKnown: Bool
  /// How much of the deadline an earlier question about the same scan has used up.
  package var spent: Duration

  package init(
    code: String, kinds: [PassKind] = [.pass], scan: Int? = nil, isKnown: Bool = true,
    spent: Duration = .zero
  ) {
    self.code = code
    self.kinds = kinds
    self.scan = scan
    self.isKnown = isKnown
    self.spent = spent
  }
}
