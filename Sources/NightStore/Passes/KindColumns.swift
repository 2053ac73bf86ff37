import Admission

/// Kinds of codes as the store's columns hold them.
extension [PassKind] {
  /// For `IN`: names of our own, and no others.
  var sqlList: String { "(\(map { "'\($0.rawValue)'" }.joined(separator: ", ")))" }
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
