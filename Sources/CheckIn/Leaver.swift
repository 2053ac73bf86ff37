import Admission
import FoundationEssentials

/// What is known of a code at an exit.
struct Leaver {
  /// As it was scanned.
  let code: String
  private(set) var pass: Pass?
  /// On which others came in by the code, where nothing is known of it otherwise.
  var admitted: PassAtEvent?
  private(set) var source: Source?
  /// Of a code of which nothing is known, no answer holds anybody.
  private(set) var askedAt: Date = .distantPast
  private(set) var asked: AnswerMoment?

  /// What is stored of the code, if anything.
  init(code: String, _ answer: StoredAnswer?) {
    self.code = code
    guard case .found(let stored) = answer else { return }
    pass = stored.pass
    source = .cache(fetchedAt: stored.fetchedAt, because: nil)
    (askedAt, asked) = (stored.fetchedAt, stored.asked)
  }

  /// What the service says of it. Whom it does not know, the store may.
  mutating func note(_ told: LookUp) {
    switch told.finding {
    case .found(let pass, let source):
      (self.pass, self.source) = (pass, source)
      (askedAt, asked) = (told.askedAt, told.asked)
    case .unknown(let source): self.source = self.source ?? source
    case .failed, .unreadable: break
    }
  }

  /// People whom the service has counted in.
  func counted(eventID: String) -> Int { pass?.peopleCountedIn(eventID: eventID) ?? 0 }

  func at(eventID: String) -> PassAtEvent {
    PassAtEvent(
      kind: pass?.kind ?? admitted?.kind ?? .pass, id: pass?.id ?? admitted?.id ?? "",
      eventID: eventID, code: pass?.code ?? code)
  }
}
