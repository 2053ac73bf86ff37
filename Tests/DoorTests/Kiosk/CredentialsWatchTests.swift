import Admission
import Foundation
import Testing

@testable import Door

@Suite struct CredentialsWatchTests {
  private let environment = ["NOTIFY_SOCKET": "@x", "CREDENTIALS_DIRECTORY": "/run/credentials/x"]

  private func moment(_ uptime: TimeInterval) -> Moment {
    Moment(wall: Date(timeIntervalSince1970: 1_800_000_000), uptime: uptime)
  }

  @Test func `It asks once the folder has changed, and after a minute`() throws {
    let folder = NSTemporaryDirectory() + "doorcheck-credentials-\(UUID().uuidString)"
    let watch = { (folder: String) in
      CredentialsWatch(environment: self.environment, folder: folder, at: self.moment(100))
    }
    #expect(watch(folder)?.asksForRestart(at: moment(101)) == false)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Nobody can tell two changes within a tick of the kernel's clock.
    let past = Date(timeIntervalSince1970: 1_700_000_000)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: folder)
    let watched = try #require(watch(folder))
    #expect(!watched.asksForRestart(at: moment(102)))
    #expect(!watched.asksForRestart(at: moment(159)))
    #expect(watched.asksForRestart(at: moment(160)))
    try Data("key".utf8).write(to: URL(fileURLWithPath: "\(folder)/fourvenues.api_key"))
    #expect(watched.asksForRestart(at: moment(103)))
  }

  @Test func `Without a service manager that hands them over there is nothing to wait for`() {
    for key in environment.keys {
      var environment = environment
      environment[key] = nil
      #expect(CredentialsWatch(environment: environment, folder: "/", at: moment(1)) == nil)
    }
  }
}
