/// A stored pass that fits what somebody searched for.
package struct FoundPass: Sendable, Equatable {
  package var kind: PassKind
  package var code: String
  /// As `door.show_names` wants it; nil where no name may be shown or none is known.
  package var customer: String?
  package var type: String?

  package init(
    kind: PassKind = .pass, code: String, customer: String? = nil, type: String? = nil
  ) {
    self.kind = kind
    self.code = code
    self.customer = customer
    self.type = type
  }
}
