import Admission
import DoorConfiguration
import Foundation

/// When a program that lacks credentials should ask to be started anew: the service manager copies
/// them for it (systemd.exec(5), "Credentials") when it starts it, and never again.
package struct CredentialsWatch {
  /// Seconds; a file that was written in place shows nowhere, and the screen is dark for one of them.
  static let patience: TimeInterval = 60

  private let folder: String
  private let before: Date?
  /// Seconds, monotonic.
  private let began: TimeInterval

  /// - Parameter folder: what the service manager copies from; it lets nobody see what is in it, but
  ///   everybody when that has changed.
  /// - Returns: nil where no service manager starts the program, or hands credentials over.
  init?(
    environment: [String: String], folder: String = SystemFiles(directory: "/etc").credentials,
    at now: Moment
  ) {
    guard environment["NOTIFY_SOCKET"] != nil, environment["CREDENTIALS_DIRECTORY"] != nil else {
      return nil
    }
    self.folder = folder
    before = Self.change(of: folder)
    began = now.uptime
  }

  func asksForRestart(at now: Moment) -> Bool {
    Self.change(of: folder) != before || now.uptime - began >= Self.patience
  }

  private static func change(of folder: String) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder)
    return attributes?[.modificationDate] as? Date
  }
}
