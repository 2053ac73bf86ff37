import Foundation

/// The variables that the program was started with.
package enum ProgramEnvironment {
  package static var variables: [String: String] { ProcessInfo.processInfo.environment }
}
