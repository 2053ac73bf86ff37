import Admission

/// Kinds of codes as the store's columns hold them.
extension [PassKind] {
  /// For `IN`: names of our own, and no others.
  var sqlList: String { "(\(map { "'\($0.rawValue)'" }.joined(separator: ", ")))" }

  /// As `unknown_codes.kinds` has them.
  var columnText: String { map(\.rawValue).joined(separator: " ") }

  /// One that this version does not know is left out.
  init(columnText: String) {
    self = columnText.split(separator: " ").compactMap { PassKind(rawValue: String($0)) }
  }
}

extension PassKind {
  /// - Parameter column: nil: as before there were other kinds than passes.
  init?(column: String?) {
    guard let column else {
      self = .pass
      return
    }
    self.init(rawValue: column)
  }
}
