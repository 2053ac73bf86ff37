import Foundation

/// The machine that the program runs on.
enum Box {
  static var environment: [String: String] { ProcessInfo.processInfo.environment }
}
