/// What two admissions have in common when they are on the same pass: its `_id`, or its code.
package struct PassIdentity: Sendable, Hashable {
  /// As bytes are compared.
  package let text: String

  /// An empty `_id` is nobody's.
  package static func id(_ id: String) -> PassIdentity? {
    id.isEmpty ? nil : PassIdentity(text: "id " + id)
  }

  /// The case of ASCII letters does not matter, as it does not to the service.
  package static func code(_ code: String) -> PassIdentity? {
    let folded = code.utf8.map(lowercasedASCII)
    return folded.isEmpty
      ? nil : PassIdentity(text: "code " + String(decoding: folded, as: UTF8.self))
  }
}
