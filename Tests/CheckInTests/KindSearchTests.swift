import Admission
import Foundation
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

  fileprivate let asked = Mutex<(questions: [PassQuestion], answered: [PassKind: Answered])>(
    ([], [:]))

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
    KindSearch(service, code: "AAAA", kinds: kinds, scan: 7).begin(stored: stored) { answer in
      self.told.withLock { $0.append(answer) }
    }
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

  /// In an outage each guest would cost a request for each kind, and those who wait would wait for them.
  @Test(
    arguments: [
      (false, .failed(.offline), 1), (false, .unknown(.live), 2),
      (false, .failed(.serviceError), 2),
      (true, .failed(.offline), 2),
    ] as [(Bool, Finding, Int)])
  func `Where nobody waits a silent service is asked no more`(
    isAwaited: Bool, finding: Finding, questions: Int
  ) {
    let search = KindSearch(service, code: "AAAA", kinds: kinds, scan: 7)
    search.begin(stored: .list) { answer in self.told.withLock { $0.append(answer) } }
    if !isAwaited { search.endAwaiting() }
    service.answer(.list, finding)
    #expect(service.questions.count == questions)
    #expect(findings == (questions == 1 ? [finding] : []))
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

/// What is stored of a code, by kind.
private struct KindMemory: PassMemory {
  var stored: [PassKind]
  var listed: [PassKind] = []

  func storedAnswer(code: String, eventID: String?, kinds: [PassKind]) -> StoredAnswer? {
    kinds.first(where: stored.contains).flatMap { answer($0, code).pass }.map {
      .found(StoredPass(pass: $0, fetchedAt: Date(timeIntervalSince1970: 1000)))
    }
  }
  func lookalike(of code: String, eventID: String, kinds: [PassKind]) -> Lookalike? {
    kinds.contains(where: listed.contains) ? .listed : nil
  }
  func remember(_ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval) {}
  func rememberUnknown(
    code: String, kinds: [PassKind], askedAt: Date, receivedAt: TimeInterval
  ) {}
}

/// What is stored, where some kinds' endpoints fail and others do not know the code.
@Suite(.timeLimit(.minutes(1))) struct StoredKindTests {
  private func finder(_ memory: KindMemory, _ service: Endpoints) -> PassFinder {
    var setup = PassFinder.Setup()
    setup.kinds = [.pass, .ticket, .list]
    setup.patience = nil
    return PassFinder(
      service: service, memory: memory, setup: setup,
      now: { Moment(wall: Date(timeIntervalSince1970: 1060), uptime: 60) })
  }

  private func find(
    _ finder: PassFinder, _ service: Endpoints, _ answers: [PassKind: Finding],
    code: String = "AAAA"
  ) async -> Finding {
    let search = finder.begin(code: code, eventID: "e")
    await service.answerAll(answers)
    return await finder.result(of: search).finding
  }

  @Test(
    arguments: [
      ([.ticket: .unknown(.live), .list: .failed(.unauthorized)], nil),
      ([.ticket: .failed(.serviceError), .list: .unknown(.live)], .ticket),
      ([.ticket: .unknown(.live), .pass: .failed(.offline)], nil),
      ([.ticket: .failed(.offline), .pass: .failed(.offline)], .ticket),
    ] as [([PassKind: Finding], PassKind?)])
  func `A kind that does not know the code any more is not stood in for`(
    answers: [PassKind: Finding], kind: PassKind?
  ) async {
    let service = Endpoints()
    let finding = await find(finder(KindMemory(stored: [.ticket]), service), service, answers)
    #expect(finding.pass?.kind == kind)
  }

  /// A service that knows nothing of three codes that it listed has failed, whatever other kinds do.
  @Test func `Three listed codes that their kind does not know are a failure of the service`() async
  {
    let service = Endpoints()
    let finder = finder(KindMemory(stored: [.ticket], listed: [.ticket]), service)
    let answers: [PassKind: Finding] = [.ticket: .unknown(.live), .list: .failed(.unauthorized)]
    for code in ["AAAA", "BBBB"] {
      let finding = await find(finder, service, answers, code: code)
      #expect(finding == .failed(.unauthorized))
    }
    #expect(await find(finder, service, answers, code: "CCCC").pass?.kind == .ticket)
  }

  /// Another kind's endpoint works: what it says of a deleted code is an answer.
  @Test func `Each kind's codes are counted for themselves`() async {
    let service = Endpoints()
    let finder = finder(
      KindMemory(stored: [.ticket, .list], listed: [.ticket, .list]), service)
    let answers: [PassKind: Finding] = [
      .ticket: .unknown(.live), .list: .failed(.unauthorized), .pass: .unknown(.live),
    ]
    for code in ["AAAA", "BBBB", "CCCC"] {
      _ = await find(finder, service, answers, code: code)
    }
    let deleted: [PassKind: Finding] = [
      .ticket: .failed(.unauthorized), .list: .unknown(.live), .pass: .unknown(.live),
    ]
    // Of the two that are stored the ticket decides; of the list's own no, nothing stands in.
    #expect(await find(finder, service, deleted, code: "DDDD").pass?.kind == .ticket)
    let allSayNo = await find(finder, service, [:], code: "EEEE")
    #expect(allSayNo.pass?.kind == .ticket)
  }
}

extension Endpoints {
  /// Every question until each kind has answered; those of which nothing is said do not know the code.
  fileprivate func answerAll(_ answers: [PassKind: Finding]) async {
    var open: Set<PassKind> = [.pass, .ticket, .list]
    while !open.isEmpty {
      for kind in open where isAsked(kind) {
        answer(kind, answers[kind] ?? .unknown(.live))
        open.remove(kind)
      }
      await Task.yield()
    }
  }

  private func isAsked(_ kind: PassKind) -> Bool { asked.withLock { $0.answered[kind] != nil } }
}
