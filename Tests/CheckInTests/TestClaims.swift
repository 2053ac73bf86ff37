import Admission
import CheckIn
import Synchronization

/// The claims of several processes, in one.
final class TestClaims: Sendable {
  private let owners = Mutex<[PassIdentity: (process: Int, times: Int)]>([:])
  fileprivate let processes = Mutex(0)

  /// Another one of them.
  func process() -> any PassClaims {
    Process(
      all: self,
      number: processes.withLock {
        $0 += 1
        return $0
      })
  }

  /// Nobody has any.
  var isFree: Bool { owners.withLock { $0.isEmpty } }

  private struct Process: PassClaims {
    let all: TestClaims
    let number: Int

    var isAlone: Bool { all.processes.withLock { $0 == 1 } }

    func claim(_ identities: [PassIdentity]) -> Bool {
      all.owners.withLock { owners in
        guard identities.allSatisfy({ owners[$0].map { $0.process == number } ?? true }) else {
          return false
        }
        for identity in identities { owners[identity, default: (number, 0)].times += 1 }
        return true
      }
    }

    func release(_ identities: [PassIdentity]) {
      all.owners.withLock { owners in
        for identity in identities {
          owners[identity]?.times -= 1
          if owners[identity]?.times == 0 { owners[identity] = nil }
        }
      }
    }
  }
}
