import Formatting
import Foundation
import Logging

/// One line an entry: for the journal with its priority, elsewhere with time and level.
package struct LineLogHandler: LogHandler {
  enum Form {
    case journal
    case dated
  }

  var logLevel: Logger.Level = .info
  var metadata: Logger.Metadata = [:]
  private let form: Form
  private let write: @Sendable (String) -> Void

  /// Longer than any line of ours; what a stranger wrote into one ends here.
  private static let longestLine = 1000

  init(form: Form, write: @escaping @Sendable (String) -> Void) {
    self.form = form
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }
    let words = ([event.message.description] + details).joined(separator: " ")
    let line = ShownText.clean(words, limit: Self.longestLine)
    switch form {
    case .journal: write("<\(event.level.priority)>\(line)")
    case .dated: write("\(Date().ISO8601Format()) \(event.level.rawValue) \(line)")
    }
  }
}

extension Logger.Level {
  /// As in syslog(3).
  var priority: Int {
    switch self {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}
