import Admission
import Synchronization

/// Asks for a code as the kinds that this door takes, and tells what comes of all of them together
/// (Contract: Every code at the same door).
final class KindSearch: Sendable {
  struct Answer: Sendable {
    var finding: Finding
    /// From the first request.
    var elapsed: Duration
    /// Whether any kind's endpoint was heard.
    var isHeard: Bool
  }

  private struct State {
    /// Those that have been asked, in the order in which this door takes them.
    var kinds: [PassKind]
    var answers: [PassKind: PassLookUp.Answer] = [:]
    var isDecided = false
  }

  private let service: any PassLookUp
  private let code: String
  private let scan: Int?
  private let kinds: [PassKind]
  private let state: Mutex<State>
  private let answered: @Sendable (Answer) -> Void

  /// - Parameters:
  ///   - kinds: that this door takes, in their order.
  ///   - answered: is called once, on any thread.
  init(
    _ service: any PassLookUp, code: String, kinds: [PassKind], scan: Int?,
    answered: @escaping @Sendable (Answer) -> Void
  ) {
    self.service = service
    self.code = code
    self.kinds = kinds
    self.scan = scan
    self.answered = answered
    state = Mutex(State(kinds: []))
  }

  /// - Parameter stored: the kind as which the code is stored, which is asked alone; the others only
  ///   where it does not know the code any more.
  func begin(stored: PassKind?) {
    ask(stored.map { [$0] } ?? kinds, isKnown: stored != nil || kinds.count == 1, spent: .zero)
  }

  private func ask(_ asked: [PassKind], isKnown: Bool, spent: Duration) {
    state.withLock { state in
      state.kinds = kinds.filter { state.kinds.contains($0) || asked.contains($0) }
    }
    let question = PassQuestion(
      code: code, kinds: asked, scan: scan, isKnown: isKnown, spent: spent)
    service.begin(question) { kind, answer in
      self.note((answer.finding, spent + answer.elapsed), of: kind)
    }
  }

  private func note(_ answer: PassLookUp.Answer, of kind: PassKind) {
    enum Next {
      case tell(Answer)
      case ask([PassKind], spent: Duration)
    }
    let next: Next? = state.withLock { state in
      state.answers[kind] = answer
      guard !state.isDecided else { return nil }
      // Whom an earlier kind may still know, a later one does not decide on.
      let heard = state.kinds.prefix { state.answers[$0] != nil }.compactMap { state.answers[$0] }
      let isFound = heard.contains { $0.finding.pass != nil }
      guard isFound || heard.count == state.kinds.count else { return nil }
      let rest = kinds.filter { !state.kinds.contains($0) }
      if !isFound, !rest.isEmpty { return .ask(rest, spent: answer.elapsed) }
      state.isDecided = true
      let answers =
        heard.prefix { $0.finding.pass == nil } + heard.filter { $0.finding.pass != nil }.prefix(1)
      return .tell(
        Answer(
          finding: .deciding(among: answers.map(\.finding)),
          elapsed: answers.map(\.elapsed).max() ?? .zero,
          isHeard: state.answers.values.contains { $0.finding != .failed(.offline) }))
    }
    switch next {
    case nil: break
    case .tell(let answer): answered(answer)
    case .ask(let rest, let spent): ask(rest, isKnown: false, spent: spent)
    }
  }
}
