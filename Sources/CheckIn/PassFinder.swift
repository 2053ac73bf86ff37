package import Admission
package import FoundationEssentials
package import Waiting

/// Finds out about a code: from the service within the deadline, else from what is stored
/// (Contract: The look-up order).
package actor PassFinder {
  package struct Setup: Sendable {
    /// How long a live answer is waited for where a fresh stored one can answer
    /// (`fourvenues.patience_ms`); nil: as long as the look-up takes, where a stored answer may not
    /// admit.
    package var patience: Duration? = .milliseconds(700)
    /// A stored answer is fresh for so long, in seconds (Contract: Configuration,
    /// `fourvenues.patience_ms`).
    package var freshness: TimeInterval = 600
    /// A stored answer older than this is no answer, in seconds (`rules.cache_max_age_hours`).
    package var longestAge: TimeInterval = 24 * 3600
    /// How long a stored "no such pass" decides, in seconds: the code may have been sold since.
    package var longestUnknown: TimeInterval = 600

    /// That this door takes, in their order (`door.accepts`); at least one.
    package var kinds: [PassKind] = [.pass]

    package init() {}
  }

  private let service: any PassLookUp
  private let memory: any PassMemory
  private let setup: Setup
  private let now: @Sendable () -> Moment
  /// Seconds since a stamp of the wall clock; nil where nobody can know.
  private let age: @Sendable (Date) -> TimeInterval?
  private let clock: any WaitClock
  private let onDenial: @Sendable (Bool) -> Void
  private let silence: Silence
  private var denials = Denials()
  private var unremembered: [Answered] = []
  private var isStoring = false
  /// There may be answers that are not being stored yet.
  private var isStoringWanted = false
  /// The answers so far are stored.
  private let stored = Signal()

  /// How long what is stored of a pass is believed without being read again.
  private static let longestKept: Duration = .milliseconds(500)
  /// In a rush without a pause, answers are stored all the same.
  private static let mostUnremembered = 20

  /// - Parameters:
  ///   - age: of what the wall clock stamped, in seconds; nil where nobody can know it. Without it,
  ///     the clock is taken never to have been set.
  ///   - silence: somebody else may hear the service, too.
  ///   - clock: by which `Setup.patience` is waited.
  ///   - onDenial: is told when the service begins to know nothing of passes that it has listed,
  ///     and when it knows them again.
  package init(
    service: any PassLookUp, memory: any PassMemory, setup: Setup = Setup(),
    now: @escaping @Sendable () -> Moment, age: (@Sendable (Date) -> TimeInterval?)? = nil,
    silence: Silence = Silence(), clock: any WaitClock = .box,
    onDenial: @escaping @Sendable (Bool) -> Void = { _ in }
  ) {
    self.service = service
    self.silence = silence
    self.memory = memory
    self.setup = setup
    self.now = now
    self.age =
      age ?? { stamp in
        let age = now().wall.timeIntervalSince(stamp)
        return age < 0 ? nil : age
      }
    self.clock = clock
    self.onDenial = onDenial
  }

  /// Whether the service has been silent so long that what is stored answers at once.
  package nonisolated var isDark: Bool { silence.isDark }

  /// The service answered something, whatever it was asked.
  package nonisolated func noteAnswer() { silence.noteAnswer(at: now().uptime) }

  /// What is stored of a code, however old.
  package func stored(code: String) async -> StoredPass? {
    guard case .found(let stored) = await storedAnswer(code: code) else { return nil }
    return stored
  }

  /// The same, or that there was no such code.
  func storedAnswer(code: String) async -> StoredAnswer? {
    try? await memory.storedAnswer(code: code, eventID: nil, kinds: setup.kinds)
  }

  /// Stores the answers so far: for when nobody waits for a verdict, since storing and recording an
  /// admission would be in each other's way. Where answers are being stored, whoever does so goes on
  /// with these.
  package func rememberAnswers() async {
    isStoringWanted = true
    guard !isStoring else { return }
    isStoring = true
    while isStoringWanted {
      isStoringWanted = false
      let answers = unremembered
      unremembered = []
      for answered in answers { await answered.remember(in: memory) }
    }
    isStoring = false
    stored.send()
  }

  /// Returns once every answer so far is stored.
  package func finish() async {
    await rememberAnswers()
    while isStoring { await stored.next.value() }
  }

  /// Asks the service at once; where it is silent, once the search is told to (`PassSearch.ask`) or
  /// nothing that is stored decides.
  /// - Parameters:
  ///   - scan: its running number, in whose order the service is asked; nil where there is none.
  ///   - waited: for so long the guest has been waiting already.
  ///   - whenDue: is called each time that `result(of:)` may have something to say: when what is stored
  ///     instead of a silent service's answer is known, when the service has answered, and when that
  ///     takes longer than `Setup.patience`.
  package nonisolated func begin(
    code: String, eventID: String, scan: Int? = nil, waited: Duration = .zero,
    whenDue: @escaping @Sendable () async -> Void = {}
  ) -> PassSearch {
    let isDark = isDark
    let asking = KindSearch(
      service, code: code, kinds: setup.kinds, scan: scan, isAwaited: !isDark)
    let search = PassSearch(
      code: code, eventID: eventID, begun: now(), begunAt: clock.now,
      patience: setup.patience.map { max(.zero, $0 - waited) }, wasDark: isDark, asking: asking
    ) {
      self.ask($0, whenDue)
    }
    if isDark {
      // The service is asked behind the verdict, where it is in nobody's way.
      memory.storedAnswer(code: code, eventID: eventID, kinds: setup.kinds) { stored in
        search.stored.fulfil(with: stored)
        Task { await whenDue() }
      }
    } else {
      search.ask()
    }
    return search
  }

  private nonisolated func ask(
    _ search: PassSearch, _ whenDue: @escaping @Sendable () async -> Void
  ) {
    let answered: @Sendable (KindSearch.Answer) -> Void = { answer in
      search.endPatience()
      // The one task of a scan: nobody waits as one for the service.
      Task {
        search.heard.fulfil(with: await self.hear(answer, of: search))
        await whenDue()
      }
    }
    if setup.kinds.count == 1 {
      search.asking.begin(stored: nil, answered: answered)
    } else {
      Task { [memory, setup] in
        let stored = try? await memory.storedKind(of: search.code, among: setup.kinds)
        search.asking.begin(stored: stored, answered: answered)
      }
    }
    // Behind the request, which it would keep waiting.
    if !search.wasDark { search.beginPatience(on: clock) { Task { await whenDue() } } }
  }

  /// Waits for the service, or for what is stored to decide.
  package func result(of search: PassSearch) async -> LookUp {
    // The service first: what is stored is looked up only where the service leaves us waiting.
    if search.wasDark, !search.isAnswered, let stored = await usableAtOnce(search) {
      return lookUp(search, by: stored, because: .offline, after: .zero)
    }
    search.ask()
    guard let patience = search.patience else { return await judge(search.heard.value(), search) }
    let rest = patience - (clock.now - search.begunAt)
    if let heard = await search.heard.value(within: rest, on: clock) {
      return await judge(heard, search)
    }
    if let stored = await usable(search), stored.age <= setup.freshness,
      !search.isAnswered
    {
      return lookUp(search, by: stored, because: nil, after: patience)
    }
    return await judge(search.heard.value(), search)
  }

  /// What comes of an answer that was not waited for, once it is there; nil where it says nothing.
  package func late(_ search: PassSearch) async -> LookUp? {
    search.ask()
    let heard = await search.heard.value()
    return heard.finding.failure == nil ? lookUp(search, heard) : nil
  }

  private func judge(_ heard: PassSearch.Heard, _ search: PassSearch) async -> LookUp {
    guard let failure = heard.finding.failure, let stored = await usable(search) else {
      return lookUp(search, heard)
    }
    var lookUp = lookUp(search, by: stored, because: failure, after: heard.elapsed)
    lookUp.endedAt = heard.endedAt
    return lookUp
  }

  private func lookUp(_ search: PassSearch, _ heard: PassSearch.Heard) -> LookUp {
    LookUp(
      finding: heard.finding, askedAt: search.begun.wall, asked: search.asked,
      elapsed: heard.elapsed, endedAt: heard.endedAt)
  }

  /// - Parameter failure: of the service; nil where it was only slow.
  private func lookUp(
    _ search: PassSearch, by stored: Usable, because failure: LookUpFailure?,
    after elapsed: Duration
  ) -> LookUp {
    search.asking.endAwaiting()
    return LookUp(
      finding: stored.finding(because: failure), askedAt: stored.askedAt, asked: stored.asked,
      elapsed: elapsed, endedAt: search.begun.uptime + elapsed / .seconds(1),
      late: search.isAnswered ? nil : search)
  }

  private func hear(_ answer: KindSearch.Answer, of search: PassSearch) async -> PassSearch.Heard {
    let endedAt = now().uptime
    silence.noteLookUp(isAnswered: answer.isHeard, begunAt: search.begun.uptime)
    let finding = await note(answer, of: search)
    return PassSearch.Heard(finding: finding, elapsed: answer.elapsed, endedAt: endedAt)
  }

  /// Notes what an answer says of the service, keeps it for being stored, and tells what it says of
  /// the code.
  private func note(_ answer: KindSearch.Answer, of search: PassSearch) async -> Finding {
    let received = now()
    let wereFailing = !denials.failing.isEmpty
    defer {
      let areFailing = !denials.failing.isEmpty
      if areFailing != wereFailing { onDenial(areFailing) }
    }
    switch answer.finding {
    case .found(let pass, _):
      denials.end(pass.kind)
      keep(answer, search, receivedAt: received.uptime)
      return answer.finding
    case .failed where answer.unknownAs.isEmpty: return answer.finding
    case .unreadable: return answer.finding
    case .unknown, .failed:
      // Nobody whose code is known waits for this.
      var (lookalike, isListed) = (Lookalike?.none, false)
      for kind in answer.unknownAs {
        let its = try? await memory.lookalike(
          of: search.code, eventID: search.eventID, kinds: [kind])
        if its == .listed {
          denials.note(search.code, of: kind)
          isListed = true
        } else {
          lookalike = lookalike ?? its
        }
      }
      // What a failing service does not know is not stored: it would be a refusal later.
      let isDoubtful = isListed || !denials.failing.isDisjoint(with: answer.unknownAs)
      if !isDoubtful { keep(answer, search, receivedAt: received.uptime) }
      if answer.finding.failure != nil { return answer.finding }
      return isDoubtful ? .failed(.serviceError) : lookalike?.finding ?? answer.finding
    }
  }

  private func keep(
    _ answer: KindSearch.Answer, _ search: PassSearch, receivedAt: TimeInterval
  ) {
    unremembered.append(Answered(search: search, receivedAt: receivedAt, answer: answer))
    if unremembered.count >= Self.mostUnremembered, !isStoring { Task { await rememberAnswers() } }
  }

  /// What is stored, where it may decide: not of a kind whose endpoint says that it knows no such code.
  /// That may be since; only where that endpoint fails altogether does what is stored decide.
  private func usable(_ search: PassSearch) async -> Usable? {
    let unknownAs = search.asking.unknownAs
    let kinds = setup.kinds.filter { !unknownAs.contains($0) || denials.failing.contains($0) }
    guard !kinds.isEmpty else { return nil }
    let answer = try? await memory.storedAnswer(
      code: search.code, eventID: search.eventID, kinds: kinds)
    return await usable(answer, search)
  }

  /// What was read when the scan came; read again where its turn has taken long, as an earlier scan may have
  /// heard of the pass since.
  private func usableAtOnce(_ search: PassSearch) async -> Usable? {
    guard clock.now - search.begunAt <= Self.longestKept else { return await usable(search) }
    return await usable(search.stored.value(), search)
  }

  private func usable(_ answer: StoredAnswer?, _ search: PassSearch) async -> Usable? {
    guard let answer, let age = age(answer.fetchedAt) else { return nil }
    switch answer {
    case .found:
      guard age <= setup.longestAge else { return nil }
      return Usable(answer: answer, age: age, now: now().wall)
    case .unknown:
      guard age <= min(setup.longestUnknown, setup.longestAge) else { return nil }
      let lookalike = try? await memory.lookalike(
        of: search.code, eventID: search.eventID, kinds: setup.kinds)
      return Usable(answer: answer, age: age, now: now().wall, lookalike: lookalike)
    }
  }
}

/// A stored answer that may decide.
private struct Usable: Sendable {
  var answer: StoredAnswer
  /// In seconds.
  var age: TimeInterval
  var now: Date
  var lookalike: Lookalike?

  var askedAt: Date { answer.fetchedAt }
  var asked: AnswerMoment? {
    switch answer {
    case .found(let stored): stored.asked
    case .unknown: nil
    }
  }

  /// - Parameter failure: of the service; nil where it was only slow.
  func finding(because failure: LookUpFailure?) -> Finding {
    // By the clock as it is now, so that what is told of its age is right.
    let source = Source.cache(fetchedAt: now.addingTimeInterval(-age), because: failure)
    switch answer {
    case .found(let stored): return .found(stored.pass, source)
    case .unknown:
      if lookalike == .listed { return .failed(failure ?? .serviceError) }
      return lookalike?.finding ?? .unknown(source)
    }
  }
}

/// What the service said of a code, and when it was asked.
private struct Answered: Sendable {
  var search: PassSearch
  /// Seconds, monotonic.
  var receivedAt: TimeInterval
  var answer: KindSearch.Answer

  func remember(in memory: any PassMemory) async {
    switch answer.finding {
    case .found(let pass, _):
      try? await memory.remember(
        pass, eventID: search.eventID, asked: search.begun, receivedAt: receivedAt)
    case .unknown, .failed:
      try? await memory.rememberUnknown(
        code: search.code, kinds: answer.unknownAs, askedAt: search.begun.wall,
        receivedAt: receivedAt)
    case .unreadable: break
    }
  }
}

extension Finding {
  /// Why nothing was learnt of the code; nil where something was.
  fileprivate var failure: LookUpFailure? {
    switch self {
    case .failed(let failure): failure
    case .unreadable, .unknown, .found: nil
    }
  }
}

extension Lookalike {
  /// How the code was read wrongly; nil where it was not.
  fileprivate var finding: Finding? {
    switch self {
    case .listed: nil
    case .otherCase: .unreadable(.capsLock)
    case .longer: .unreadable(.cutShort)
    }
  }
}
