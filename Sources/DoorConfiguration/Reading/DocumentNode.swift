/// A part of a YAML document, with its place, and without YAML's own idea of types: `0123` and `no`
/// are what is written.
struct DocumentNode: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    /// Nothing, `~`, `null` or an empty text: not given.
    case empty
    case text(String)
    case list([DocumentNode])
    case mapping([Entry])
    /// A part of YAML that has no business here: "an alias".
    case unusable(String)
  }

  struct Entry: Sendable, Equatable {
    var key: DocumentNode
    var value: DocumentNode
  }

  /// From 1.
  var line: Int
  /// From 1, in Unicode scalars.
  var column: Int
  var content: Content
}
