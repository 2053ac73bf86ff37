import Admission
import CheckIn
import FoundationEssentials
import Synchronization
import Waiting

/// The claims of several processes, in one.
final class TestClaims: Sendable {
  private let owners = Mutex<[PassIdentity: (process: Int, times: Int)]>([:])
  fileprivate let processes = Mutex(0)
  /// Those that have, or have had, the store open.
  fileprivate let withStore = Mutex<Set<Int>>([])

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

    var othersHaveStore: Bool { all.withStore.withLock { $0.contains { $0 != number } } }
    func announceStore() { all.withStore.withLock { _ = $0.insert(number) } }

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

/// What ended programs kept beside the store.
struct TestKept: KeptAdmissions {
  private static let never = Promise<Void>()

  var codes: Set<String> = []
  /// It is never read to its end.
  var hangs = false

  init(_ codes: Set<String> = [], hangs: Bool = false) {
    self.codes = codes
    self.hangs = hangs
  }

  func earlier(of pass: PassAtEvent) async -> EarlierAdmissions {
    if hangs { await Self.never.value() }
    guard codes.contains(pass.code) else { return EarlierAdmissions() }
    return EarlierAdmissions(
      people: 1, first: Entry(at: Date(timeIntervalSince1970: 0), door: "North"))
  }
}

/// Knows nothing of who is about to admit whom: no claim can be had or asked for.
struct NoClaims: PassClaims {
  struct Unusable: Error {}

  var isAlone: Bool { false }
  var othersHaveStore: Bool { false }
  func announceStore() {}
  func claim(_ identities: [PassIdentity]) throws -> Bool { throw Unusable() }
  func release(_ identities: [PassIdentity]) {}
}
