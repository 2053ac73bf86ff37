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
    /// The kinds that say that they know no such code, in their order.
    var unknownAs: [PassKind]
  }

  private struct State {
    /// Those that have been asked, in the order in which this door takes them.
    var kinds: [PassKind] = []
    var answers: [PassKind: PassLookUp.Answer] = [:]
    var isDecided = false
    /// Whether a silent kind's others are asked, too.
    var isAwaited: Bool

    var unknownAs: [PassKind] { kinds.filter { answers[$0]?.finding == .unknown(.live) } }
  }

  private let service: any PassLookUp
  private let code: String
  private let scan: Int?
  private let kinds: [PassKind]
  private let state: Mutex<State>

  /// - Parameters:
  ///   - kinds: that this door takes, in their order.
  ///   - isAwaited: whether a guest waits for the service. Where what is stored answers, requests that
  ///     say nothing would be in the way of those who wait.
  init(
    _ service: any PassLookUp, code: String, kinds: [PassKind], scan: Int?, isAwaited: Bool = true
  ) {
    state = Mutex(State(isAwaited: isAwaited))
    self.service = service
    self.code = code
    self.kinds = kinds
    self.scan = scan
  }

  /// - Parameters:
  ///   - stored: the kind as which the code is stored, which is asked alone; the others only where it
  ///     does not know the code any more.
  ///   - answered: is called once, on any thread.
  func begin(stored: PassKind?, answered: @escaping @Sendable (Answer) -> Void) {
    ask(
      stored.map { [$0] } ?? kinds, isKnown: stored != nil || kinds.count == 1, spent: .zero,
      answered)
  }

  /// What is stored has decided.
  func endAwaiting() { state.withLock { $0.isAwaited = false } }

  /// The kinds that have said so far that they know no such code.
  var unknownAs: [PassKind] { state.withLock { $0.unknownAs } }

  private func ask(
    _ asked: [PassKind], isKnown: Bool, spent: Duration,
    _ answered: @escaping @Sendable (Answer) -> Void
  ) {
    state.withLock { state in
      state.kinds = kinds.filter { state.kinds.contains($0) || asked.contains($0) }
    }
    let question = PassQuestion(
      code: code, kinds: asked, scan: scan, isKnown: isKnown, spent: spent)
    service.begin(question) { kind, answer in
      self.note((answer.finding, spent + answer.elapsed), of: kind, answered)
    }
  }

  private func note(
    _ answer: PassLookUp.Answer, of kind: PassKind,
    _ answered: @escaping @Sendable (Answer) -> Void
  ) {
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
      let isWorthIt = state.isAwaited || answer.finding != .failed(.offline)
      if !isFound, !rest.isEmpty, isWorthIt { return .ask(rest, spent: answer.elapsed) }
      state.isDecided = true
      let answers =
        heard.prefix { $0.finding.pass == nil } + heard.filter { $0.finding.pass != nil }.prefix(1)
      return .tell(
        Answer(
          finding: .deciding(among: answers.map(\.finding)),
          elapsed: answers.map(\.elapsed).max() ?? .zero,
          isHeard: state.answers.values.contains { $0.finding != .failed(.offline) },
          unknownAs: state.unknownAs))
    }
    switch next {
    case nil: break
    case .tell(let answer): answered(answer)
    case .ask(let rest, let spent): ask(rest, isKnown: false, spent: spent, answered)
    }
  }
}
