import Admission
import Synchronization
import Testing
import Waiting

@testable import CheckIn

private func answer(_ kind: PassKind, _ code: String = "AAAA") -> Finding {
  .found(Pass(kind: kind, id: "1", code: code, state: "activated", usages: []), .live)
}

private let kinds: [PassKind] = [.ticket, .pass, .list, .booking]

/// A service whose endpoints answer when the test says so.
private final class Endpoints: PassLookUp {
  typealias Answered = @Sendable (PassKind, PassLookUp.Answer) -> Void

  private let asked = Mutex<(questions: [PassQuestion], answered: [PassKind: Answered])>(([], [:]))

  func lookUp(code: String, as kind: PassKind) -> PassLookUp.Answer { (.failed(.offline), .zero) }

  func begin(_ question: PassQuestion, answered: @escaping Answered) {
    asked.withLock { asked in
      asked.questions.append(question)
      for kind in question.kinds { asked.answered[kind] = answered }
    }
  }

  var questions: [PassQuestion] { asked.withLock { $0.questions } }

  func answer(_ kind: PassKind, _ finding: Finding, after milliseconds: Int = 10) {
    let answered = asked.withLock { $0.answered.removeValue(forKey: kind) }
    answered?(kind, (finding, .milliseconds(milliseconds)))
  }
}

/// What comes of asking for a code as several kinds (Contract: Every code at the same door).
final class KindSearchTests: Sendable {
  private let service = Endpoints()
  private let told = Mutex<[KindSearch.Answer]>([])

  private func begin(stored: PassKind? = nil, _ kinds: [PassKind] = kinds) -> Endpoints {
    KindSearch(service, code: "AAAA", kinds: kinds, scan: 7) { answer in
      self.told.withLock { $0.append(answer) }
    }.begin(stored: stored)
    return service
  }

  private var findings: [Finding] { told.withLock { $0.map(\.finding) } }

  @Test(
    arguments: [
      ([nil, answer(.pass), nil, nil], answer(.pass)),
      ([answer(.ticket), answer(.pass), nil, nil], answer(.ticket)),
      ([.failed(.offline), nil, nil, answer(.booking)], answer(.booking)),
      ([.failed(.unauthorized), .failed(.serviceError), answer(.list), nil], answer(.list)),
      ([nil, nil, nil, nil], .unknown(.live)),
      ([nil, nil, nil, .failed(.rateLimited)], .failed(.rateLimited)),
      ([nil, .failed(.serviceError), .failed(.offline), nil], .failed(.serviceError)),
      ([.failed(.offline), .failed(.unauthorized), nil, nil], .failed(.offline)),
    ] as [([Finding?], Finding)])
  func `The first kind that knows the code decides`(answers: [Finding?], expected: Finding) {
    // In whatever order they come.
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
      told.withLock { $0 = [] }
      let service = begin()
      #expect(service.questions.last?.kinds == kinds)
      #expect(service.questions.last?.isKnown == false)
      for index in order { service.answer(kinds[index], answers[index] ?? .unknown(.live)) }
      #expect(findings == [expected], "in the order \(order)")
    }
  }

  @Test func `An earlier kind is waited for, a later one is not`() {
    let service = begin()
    service.answer(.pass, answer(.pass))
    #expect(findings == [])
    service.answer(.ticket, .unknown(.live))
    #expect(findings == [answer(.pass)])
    service.answer(.list, answer(.list))
    #expect(findings.count == 1)
  }

  @Test func `A code whose kind is stored is asked of that kind alone`() {
    let service = begin(stored: .list)
    #expect(service.questions.map(\.kinds) == [[.list]])
    #expect(service.questions[0].isKnown)
    service.answer(.list, answer(.list))
    #expect(findings == [answer(.list)])
    #expect(service.questions.count == 1)
  }

  @Test(arguments: [.unknown(.live), .failed(.serviceError), .failed(.unauthorized)] as [Finding])
  func `Where that kind does not know it, the others are asked within the same deadline`(
    stored: Finding
  ) {
    let service = begin(stored: .list)
    service.answer(.list, stored, after: 200)
    #expect(service.questions.map(\.kinds) == [[.list], [.ticket, .pass, .booking]])
    #expect(service.questions[1].spent == .milliseconds(200))
    service.answer(.ticket, .unknown(.live))
    service.answer(.booking, .unknown(.live))
    #expect(findings == [])
    service.answer(.pass, answer(.pass), after: 50)
    #expect(findings == [answer(.pass)])
    #expect(told.withLock { $0[0].elapsed } == .milliseconds(250))
  }

  @Test(
    arguments: [
      (.unknown(.live), .unknown(.live)), (.failed(.serviceError), .failed(.serviceError)),
    ] as [(Finding, Finding)])
  func `Where nobody knows it, that kind's own answer counts as one of all`(
    stored: Finding, expected: Finding
  ) {
    let service = begin(stored: .booking)
    service.answer(.booking, stored)
    for kind in [PassKind.ticket, .pass, .list] { service.answer(kind, .unknown(.live)) }
    #expect(findings == [expected])
  }

  @Test func `The service is heard where any kind's endpoint is`() {
    let service = begin()
    for kind in kinds.dropLast() { service.answer(kind, .failed(.offline)) }
    service.answer(.booking, .unknown(.live))
    #expect(findings == [.failed(.offline)])
    #expect(told.withLock { $0[0].isHeard })
  }

  @Test func `A door for one kind asks it alone, as a known one`() {
    let service = begin([.ticket])
    #expect(service.questions == [PassQuestion(code: "AAAA", kinds: [.ticket], scan: 7)])
    service.answer(.ticket, .failed(.offline))
    #expect(findings == [.failed(.offline)])
    #expect(!told.withLock { $0[0].isHeard })
    #expect(service.questions.count == 1)
  }
}
