package import Admission
package import FoundationEssentials
import Waiting

/// Keeps the box's store and the shared ledger in step: brings what other doors did here, delivers what
/// this door did, and says that it is here.
package actor LedgerKeeper {
  /// What the door tells of itself.
  package struct Door: Sendable {
    package var name: String
    /// The rules that decide, as one text.
    package var rules: String
    package var version: String
    /// Which way people go through it now.
    package var direction: @Sendable () -> DoorDirection

    package init(
      name: String, rules: String, version: String,
      direction: @escaping @Sendable () -> DoorDirection = { .in }
    ) {
      self.name = name
      self.rules = rules
      self.version = version
      self.direction = direction
    }
  }

  /// What there is to tell staff.
  package enum News: Sendable, Equatable {
    /// Other doors let somebody in, or took somebody back.
    case changed
    case doors([DoorOnLedger])
    case doubleEntries([DoubleEntry])
    /// Why the ledger is left alone, without secrets; nil: it is not any more.
    case failed(LedgerError?)
  }

  /// How often changes are asked for while the door is together with the ledger.
  private static let pauseBetweenChanges: Duration = .milliseconds(400)
  private static let pauseBetweenBeats: Duration = .seconds(5)
  private static let firstPause: Duration = .milliseconds(100)
  private static let longestPause: Duration = .seconds(2)
  private static let patienceWithProbe: Duration = .seconds(2)
  private static let atOnce = 100
  /// What the door did for so long is compared with what the ledger holds, in seconds.
  private static let compared: TimeInterval = 3 * 86_400

  private let link: LedgerLink
  private let claims: any PassClaims
  private let door: Door
  private let tonight: @Sendable () async -> Tonight
  private let tell: @Sendable (News) -> Void
  private let now: @Sendable () -> Date
  private var ledger: any DoorsLedger { link.ledger }
  private var replica: any LedgerReplica { link.replica }
  /// The ledger, since it has been compared with the store; nil while the door is alone.
  private var identity: LedgerIdentity?
  /// Its tables, which somebody may replace by those of a backup.
  private var tables: String?
  private var lastBeat: Duration?
  /// The last line that the ledger has of the store's journal; nil where nobody has asked since.
  private var lastLine: Int64?
  private var lastFailure: LedgerError?
  private var isEnding = false
  /// False for a command that is no door.
  private var isBeating = true

  /// - Parameters:
  ///   - claims: those of the processes on the store, which tell whether one of them is about to
  ///     record an admission that the store lacks.
  package init(
    link: LedgerLink, claims: any PassClaims, door: Door,
    tonight: @escaping @Sendable () async -> Tonight,
    now: @escaping @Sendable () -> Date = { Date() },
    tell: @escaping @Sendable (News) -> Void = { _ in }
  ) {
    self.link = link
    self.claims = claims
    self.door = door
    self.tonight = tonight
    self.now = now
    self.tell = tell
  }

  /// Until its task is cancelled.
  package func run() async {
    var pause = Self.firstPause
    while !Task.isCancelled {
      let woken = link.wake.next
      if await step() {
        pause = Self.firstPause
        _ = await woken.value(within: Self.pauseBetweenChanges, on: link.clock)
      } else {
        // A scan that finds the ledger silent wakes it too, and would have it asked without end.
        await link.clock.sleep(for: pause)
        pause = min(pause * 2, Self.longestPause)
      }
    }
  }

  /// Delivers before the program ends.
  /// - Parameter isDoor: it is the door that ends, not a command beside it: unless another process of it
  ///   goes on, the ledger is told so.
  package func finish(within patience: Duration, isDoor: Bool) async {
    let finishing = Task {
      isEnding = isDoor && claims.isAlone
      isBeating = isDoor
      if isEnding { lastBeat = nil }
      _ = await step()
    }
    _ = await finishing.value(within: patience, on: link.clock)
    await link.ledger.close()
  }

  /// Asks and delivers what there is.
  /// - Returns: false where the door is alone.
  private func step() async -> Bool {
    do throws(LedgerError) {
      let identity = try await reached()
      // What other doors' clocks read is brought to this one's by it.
      if link.clockOffset == nil { try await beat() }
      try await bring(from: identity)
      try await deliver(to: identity)
      try await beat()
      link.noteInStep()
      if lastFailure != nil { tell(.failed(nil)) }
      lastFailure = nil
      return true
    } catch {
      // Nobody waits for an answer any more, which says nothing of the ledger.
      if Task.isCancelled { return false }
      (identity, lastLine) = (nil, nil)
      link.noteSilence()
      if lastFailure != error { tell(.failed(error)) }
      lastFailure = error
      return false
    }
  }

  /// The ledger, which answers now. After a time alone, what it holds is compared with the store.
  private func reached() async throws(LedgerError) -> LedgerIdentity {
    if let identity, link.answers == true {
      guard try await ledger.tables() == tables else {
        throw .refused("somebody has put other tables in the place of its own")
      }
      return identity
    }
    let found = try await ledger.probe(within: Self.patienceWithProbe)
    tables = try await ledger.tables()
    let since = now().addingTimeInterval(-Self.compared)
    // Before the next beat, which says that this door lived on after what it had recorded until then.
    let shown = try await ledger.confirmed(of: replica.doorID, since: since)
    // From here on scans ask it again.
    link.noteAnswer(of: found)
    try await say(isAlone: true)
    try await compare(with: found, since: since, shown: shown)
    identity = found
    return found
  }

  /// Brings what other doors did here.
  private func bring(from identity: LedgerIdentity) async throws(LedgerError) {
    var cursor = try await stored { try await $0.cursor(ofLedger: identity.id) }
    var isChanged = false
    while true {
      let changes = try await ledger.changes(after: cursor, besides: replica.doorID)
      if changes.cursor != cursor || !changes.admissions.isEmpty {
        let offset = link.clockOffset
        let wasNews = try await stored {
          try await $0.record(
            changes.admissions, cursor: changes.cursor, ofLedger: identity.id, clockOffset: offset)
        }
        if wasNews { isChanged = true }
      }
      cursor = changes.cursor
      if !changes.hasMore { break }
    }
    guard isChanged else { return }
    tell(.changed)
    try await tellDoubleEntries()
  }

  private func tellDoubleEntries() async throws(LedgerError) {
    guard let event = await tonight().event else { return }
    let found = try await stored { try await $0.untoldDoubleEntries(eventID: event.id) }
    if !found.isEmpty { tell(.doubleEntries(found)) }
  }

  private func deliver(to identity: LedgerIdentity) async throws(LedgerError) {
    // Before all that may wait for the store.
    let undone = link.undone
    if !undone.isEmpty {
      try await ledger.deliver(undone)
      link.noteDelivered(undone: undone)
    }
    let recorded = link.collectDelivered()
    if !recorded.isEmpty {
      try await stored { try await $0.noteDelivered(recorded, toLedger: identity.id) }
    }
    let unwanted = link.unwanted
    if !unwanted.isEmpty {
      try await ledger.takeBack(unwanted, of: replica.doorID, at: now())
      link.noteTakenBack(unwanted)
    }
    var wasAlone = false
    while true {
      let due = try await stored {
        try await $0.undelivered(ofLedger: identity.id, atMost: Self.atOnce)
      }
      if due.isEmpty { break }
      wasAlone = true
      let offset = link.clockOffset
      let stamped = due.map { admission in
        var admission = admission
        if admission.clockOffset == nil { admission.clockOffset = offset }
        return admission
      }
      try await ledger.deliver(stamped)
      try await stored { try await $0.noteDelivered(due, toLedger: identity.id) }
    }
    if wasAlone { try await tellDoubleEntries() }
    try await deliverLines()
  }

  private func deliverLines() async throws(LedgerError) {
    if lastLine == nil { lastLine = try await ledger.lastLine(of: replica.doorID) }
    while let last = lastLine {
      let lines = try await stored { try await $0.lines(after: last, atMost: Self.atOnce) }
      guard let newest = lines.last else { return }
      try await ledger.deliver(lines, of: replica.doorID)
      lastLine = newest.number
    }
  }

  private func beat() async throws(LedgerError) {
    let isTold = link.status == .together
    if isTold, let lastBeat, link.clock.now < lastBeat + Self.pauseBetweenBeats { return }
    guard isBeating else { return }
    try await say(isAlone: false)
    let doors = try await ledger.doors(thisDoor: replica.doorID)
    link.note(doors)
    tell(.doors(doors))
    lastBeat = link.clock.now
  }

  private func say(isAlone: Bool) async throws(LedgerError) {
    guard isBeating else { return }
    let event = await tonight().event?.id
    let offset = try await ledger.beat(
      DoorBeat(
        id: replica.doorID, name: door.name, eventID: event, rules: door.rules,
        direction: door.direction(), isAlone: isAlone, isEnding: isEnding, version: door.version))
    link.note(clockOffset: offset)
  }

  // MARK: After a time alone

  /// A ledger that was restored from a backup lacks what was delivered since; one that recorded an
  /// admission just before this box lost its power holds somebody whom nobody was shown.
  private func compare(
    with identity: LedgerIdentity, since: Date, shown: Set<AdmissionID>
  ) async throws(LedgerError) {
    let held = try await ledger.admissions(of: replica.doorID, since: since)
    try await stored {
      try await $0.deliverAgain(
        since: since, but: Dictionary(uniqueKeysWithValues: held.map { ($0.id, $0.revision) }),
        toLedger: identity.id)
    }
    let lacking = try await lacking(among: held).filter { !link.isUnderWay($0.id) }
    let inDoubt = lacking.filter { $0.undoneAt == nil && !shown.contains($0.id) }
    for admission in lacking {
      // A loss of power cuts one scan short; where more are lacking, the store is an older copy.
      if inDoubt.count == 1, admission.id == inDoubt[0].id {
        try await takeBack(admission, from: identity)
      } else {
        try await record(admission, from: identity)
      }
    }
  }

  private func lacking(
    among held: [LedgerAdmission]
  ) async throws(LedgerError) -> [LedgerAdmission] {
    let ids = Set(try await stored { try await $0.lacking(held.map(\.id)) })
    return held.filter { ids.contains($0.id) }
  }

  /// Records here what the ledger holds and the store lacks.
  private func record(
    _ admission: LedgerAdmission, from identity: LedgerIdentity
  ) async throws(LedgerError) {
    let offset = link.clockOffset
    _ = try await stored {
      try await $0.record([admission], cursor: nil, ofLedger: identity.id, clockOffset: offset)
    }
  }

  /// Takes one back that nobody was shown. Whoever is about to record it in the store has its pass
  /// claimed, and is left alone.
  private func takeBack(
    _ admission: LedgerAdmission, from identity: LedgerIdentity
  ) async throws(LedgerError) {
    let identities = admission.identities
    guard (try? claims.claim(identities)) == true else { return }
    defer { claims.release(identities) }
    guard try await !lacking(among: [admission]).isEmpty else { return }
    var undone = admission
    undone.undoneAt = now()
    // As the ledger counts it.
    undone.revision += 1
    try await ledger.takeBack([undone.id], of: replica.doorID, at: now())
    try await record(undone, from: identity)
  }

  /// A store that cannot be used leaves the door alone: it could not deliver.
  private func stored<Value: Sendable>(
    _ work: @Sendable (any LedgerReplica) async throws -> Value
  ) async throws(LedgerError) -> Value {
    do {
      return try await work(replica)
    } catch {
      throw .refused("the box's own store: \(error)")
    }
  }
}

extension LedgerAdmission {
  /// Whom it counts for.
  package var identities: [PassIdentity] {
    [passID.flatMap { .id($0, of: kind ?? .pass) }, code.flatMap { .code($0) }].compactMap { $0 }
  }
}
