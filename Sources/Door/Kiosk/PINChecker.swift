import Admission
import DoorConfiguration
import Foundation
import LinuxBox

/// Checks supervisors' PINs away from the loop that draws, and remembers wrong ones over a restart in
/// a small file.
package actor PINChecker {
  enum Answer: Equatable {
    case right
    /// - wait: seconds until the next try.
    case wrong(wait: TimeInterval)
  }

  private let hash: PINHash
  /// Nil: in memory only.
  private let file: String?
  /// Why wrong PINs are forgotten when the program ends; nil where the file can be read.
  nonisolated let fault: String?
  private let now: @Sendable () -> Date
  private var tries: WrongTries
  /// From the monotonic clock, in seconds.
  private let uptime: @Sendable () -> TimeInterval
  /// Until when nobody may try, by that clock: one that is set neither shortens a wait nor begins it
  /// anew.
  private var lockedUntil: TimeInterval

  init(
    hash: PINHash, file: String?, now: @escaping @Sendable () -> Date = { Date() },
    uptime: @escaping @Sendable () -> TimeInterval = { monotonicSeconds() }
  ) {
    self.uptime = uptime
    self.hash = hash
    self.file = file
    self.now = now
    var tries: WrongTries?
    var fault: String?
    if let file {
      do throws(FileContents.Failure) {
        let bytes = try FileContents.read(file, limit: 100).bytes
        tries = WrongTries(text: String(decoding: bytes, as: UTF8.self))
      } catch {
        switch error {
        case .missing, .tooLarge: break
        case .unreadable(let words): fault = "\(file) cannot be read: \(words)"
        }
      }
    }
    self.fault = fault
    let known = tries ?? WrongTries()
    self.tries = known
    lockedUntil = uptime() + known.wait(at: now())
  }

  /// Seconds until a PIN may be tried.
  var wait: TimeInterval { max(0, lockedUntil - uptime()) }

  func check(_ pin: PIN) async -> Answer {
    guard wait <= 0 else { return .wrong(wait: wait) }
    // Written down beforehand: whoever pulls the plug meanwhile has had a try.
    tries.add(at: now())
    lockedUntil = uptime() + WrongTries.delay(after: tries.count)
    save()
    guard await matches(pin) else { return .wrong(wait: wait) }
    tries = WrongTries()
    lockedUntil = uptime()
    if let file { unlink(file) }
    return .right
  }

  /// On a thread of its own: hashing takes longer than the loop may wait for one of the few that it
  /// shares.
  private func matches(_ pin: PIN) async -> Bool {
    let hash = hash
    return await withCheckedContinuation { answer in
      Thread.detachNewThread { answer.resume(returning: hash.matches(pin)) }
    }
  }

  /// Where it cannot be written, what is in memory still counts.
  private func save() {
    guard let file else { return }
    try? WholeFile.write(tries.text, to: file, permissions: 0o600)
  }
}
