import Admission
import FoundationEssentials

/// How values go to the server, as text.
extension Statement {
  static func value(_ text: String?) -> String? { text.map(StoredText.stored) }
  static func value(_ number: Int?) -> String? { number.map { "\($0)" } }
  static func value(_ number: Int64) -> String { "\(number)" }
  static func value(_ flag: Bool) -> String { flag ? "t" : "f" }
  static func value(_ seconds: TimeInterval?) -> String? { seconds.map { "\($0)" } }

  /// Microseconds since 1970, which is what the server keeps of a time.
  static func value(_ date: Date?) -> String? {
    date.map { "\(Int64(clamped: ($0.timeIntervalSince1970 * 1_000_000).rounded()))" }
  }

  /// An array of texts that need no quotes.
  static func value(_ ids: [AdmissionID]) -> String {
    "{" + ids.map(\.rawValue).joined(separator: ",") + "}"
  }
}

extension Int64 {
  /// Within the years that the server knows.
  fileprivate init(clamped microseconds: Double) {
    let most = 200_000_000_000_000_000.0
    self =
      microseconds.isNaN
      ? 0 : Int64(Swift.min(most, Swift.max(-60_000_000_000_000_000, microseconds)))
  }
}

/// The columns of a row, one after the other.
struct ColumnReader {
  private let values: [String?]
  private var index = 0

  init(_ values: [String?]) { self.values = values }

  private mutating func next() -> String? {
    defer { index += 1 }
    return index < values.count ? values[index] : nil
  }

  mutating func text() -> String? { next().map(StoredText.text) }
  mutating func number() -> Int? { next().flatMap { Int($0) } }
  mutating func flag() -> Bool { next() == "t" }
  mutating func seconds() -> TimeInterval? { next().flatMap { TimeInterval($0) } }

  /// From microseconds since 1970.
  mutating func date() -> Date? {
    next().flatMap { Int64($0) }.map { Date(timeIntervalSince1970: Double($0) / 1_000_000) }
  }
}

/// SQL for times as these values are.
enum TimeSQL {
  /// - Parameter number: of the parameter that holds microseconds.
  static func time(_ number: Int) -> String {
    "to_timestamp($\(number)::bigint::double precision / 1000000)"
  }

  static func microseconds(_ column: String) -> String {
    "(extract(epoch FROM \(column)) * 1000000)::bigint"
  }
}
