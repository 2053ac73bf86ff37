import Admission
import CheckIn
import DoorConfiguration
import DoorScreen
import Foundation
import NightStore
import Synchronization
import Waiting

/// What the loop asks for when staff ask for it. Each returns at once; what comes of it is an event.
protocol StaffRequests: Sendable {
  func undo(pressedAt: Moment)
  func offerUndo()
  func undo(_ reference: AdmissionReference)
  func setAdmitted(number: Int, people: Int)
  func letIn(number: Int)
  /// Counts somebody without a code.
  func countByHand(_ direction: DoorDirection)
  /// From now on people go through the door that way.
  func turn(to direction: DoorDirection)
  func find(_ text: String)
  func findNearMisses(of code: String, number: Int)
  func countRefusals(of outcome: Outcome)
  /// Asks the service anew for the night.
  func refreshNight()
  func chooseEvent(_ id: String)
  func check(_ pin: PIN, by checker: PINChecker)
  /// Nobody who corrects or scans waits for the count.
  func countSoon()
}

/// Does what staff ask for by keys, behind the loop; each answer comes back as an event of the screen.
struct StaffActions: StaffRequests {
  let services: DoorServices
  let checkIn: CheckInService
  let showNames: ShownNames
  let refresh: TonightRefresh
  let turning: DoorTurning
  let queue: EventQueue<DoorLoop.Event>
  /// In their order: of two presses of a key the second counts on the first.
  private let corrections: WorkQueue
  private let counting = Signal()
  private let isCountDue = DueFlag()

  /// Arrivals are those of a quarter of an hour, in seconds.
  private static let arrivalsSpan: TimeInterval = 900

  private static let countPause: Duration = .seconds(5)

  /// Passes that one look-up by name lists.
  private static let mostFound = 50

  func undo(pressedAt: Moment) {
    undo { await checkIn.undoLast(pressedAt: pressedAt.uptime) }
  }

  private func answerOnceRecorded(_ reference: AdmissionReference) {
    services.work.add {
      await services.ledger.untilSaved(reference)
      if !Task.isCancelled { answer(.undoRecorded(reference)) }
    }
  }

  func offerUndo() { undo { await checkIn.offerUndo() } }

  func undo(_ reference: AdmissionReference) { undo { await checkIn.undo(reference) } }

  private func undo(_ ask: @escaping @Sendable () async -> UndoAnswer) {
    corrections.add {
      switch await ask() {
      case .undone(let entry):
        answer(.undone(entry))
        if entry.isRecordedLate, let reference = entry.reference { answerOnceRecorded(reference) }
      case .asked(let entry): answer(.undoOffered(entry))
      case .tooOld(let entry): answer(.tooOldToUndo(entry))
      case .nothing: answer(.nothingToUndo)
      }
      countSoon()
    }
  }

  /// Answers every request, also one that changed nothing.
  func setAdmitted(number: Int, people: Int) {
    corrections.add {
      guard let outcome = await checkIn.setAdmitted(number: number, people: people) else { return }
      answer(.corrected(outcome))
      if outcome.isRecordedLate { await checkIn.tellOnceRecorded(number) }
      countSoon()
    }
  }

  func letIn(number: Int) {
    corrections.add {
      guard let outcome = await checkIn.letIn(number: number) else {
        return post(.notice(.notRecording, isActive: true))
      }
      answer(.letIn(outcome))
      if outcome.isRecordedLate { await checkIn.tellOnceRecorded(number) }
      countSoon()
    }
  }

  func countByHand(_ direction: DoorDirection) {
    corrections.add {
      if let isLate = await checkIn.countByHand(direction) {
        answer(.countedByHand(direction, isLate: isLate))
      } else {
        answer(.notCounted)
      }
      countSoon()
    }
  }

  func turn(to direction: DoorDirection) {
    corrections.add {
      let event = await services.keeper.tonight.event
      turning.turn(to: direction, eventID: event?.id)
      await checkIn.set(direction: direction)
      post(.night(.direction(direction)))
      // An exit counts who is inside, from its first moment on.
      countSoon()
    }
  }

  func refreshNight() { services.work.add { await refresh.renew() } }

  func chooseEvent(_ id: String) { services.work.add { await refresh.pick(id) } }

  func check(_ pin: PIN, by checker: PINChecker) {
    services.work.add { queue.post(.pin(await checker.check(pin))) }
  }

  func countSoon() {
    isCountDue.set()
    counting.send()
  }

  /// Waits for the corrections that were asked for.
  func finish(within patience: Duration) async {
    await corrections.finish(within: patience, on: services.timer)
  }

  func find(_ text: String) {
    services.work.add {
      let passes =
        (try? await services.store?.find(
          text, kinds: services.kinds, limit: Self.mostFound)) ?? []
      answer(.found(passes.map(found), query: text))
    }
  }

  func findNearMisses(of code: String, number: Int) {
    services.work.add {
      let eventID = await services.keeper.tonight.event?.id
      let passes = try? await services.store?.nearMisses(
        of: code, eventID: eventID, kinds: services.kinds, limit: Self.mostFound)
      guard let passes, !passes.isEmpty else { return }
      answer(.nearMisses(passes.map(found), number: number))
    }
  }

  func countRefusals(of outcome: Outcome) {
    guard let event = outcome.tonight.event else { return }
    services.work.add {
      let count = try? await services.store?.refusalsAsUsed(
        code: outcome.code, eventID: event.id, before: outcome.at)
      if let count, count > 0 { answer(.refusals(count, number: outcome.number)) }
    }
  }

  private func found(_ stored: StoredPass) -> FoundPass {
    FoundPass(
      kind: stored.pass.kind, code: stored.pass.code,
      customer: stored.pass.customerName.flatMap(showNames.shown),
      type: stored.pass.typeName)
  }

  /// Counts whenever the loop asks for it, and looks now and again whether somebody else on this store
  /// has let people in or taken it back, until it is cancelled. Scans go first.
  func keepCounting() async {
    var shown: Crowd?
    while !Task.isCancelled {
      await counting.wait(for: Self.countPause, on: services.timer) { !isCountDue.isSet }
      let isDue = isCountDue.clear()
      if !isDue, await checkIn.waiting > 0 { continue }
      // Where the clock was set meanwhile, the last minutes are in pieces.
      let stretches = Self.joined(services.clock.stretches(ofLast: Self.arrivalsSpan))
      let moments = stretches.flatMap { [$0.lowerBound, $0.upperBound + 1] }
      guard let (crowd, people) = await checkIn.crowd(sinceEach: moments) else { continue }
      guard isDue || crowd != shown else { continue }
      shown = crowd
      post(.night(.crowd(crowd)))
      let arrivals = stretches.indices.map { max(0, people[2 * $0] - people[2 * $0 + 1]) }
      post(.night(.arrivals(arrivals.reduce(0, +))))
    }
  }

  /// Where the clock was set back, pieces overlap: nobody in two of them came twice.
  private static func joined(_ stretches: [ClosedRange<Date>]) -> [ClosedRange<Date>] {
    stretches.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, next in
      guard let last = joined.last, next.lowerBound <= last.upperBound + 1 else {
        return joined.append(next)
      }
      joined[joined.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
    }
  }

  init(
    services: DoorServices, checkIn: CheckInService, showNames: ShownNames,
    refresh: TonightRefresh, turning: DoorTurning = DoorTurning(),
    queue: EventQueue<DoorLoop.Event>
  ) {
    self.services = services
    self.checkIn = checkIn
    self.showNames = showNames
    self.refresh = refresh
    self.turning = turning
    self.queue = queue
    corrections = WorkQueue(in: services.work)
  }

  private func answer(_ answer: StaffAnswer) { post(.staff(answer)) }

  private func post(_ event: DoorEvent) { queue.post(.screen(event)) }
}

/// Something that is to be done.
private final class DueFlag: Sendable {
  private let isDue = Atomic(false)

  var isSet: Bool { isDue.load(ordering: .acquiring) }

  func set() { isDue.store(true, ordering: .releasing) }

  /// - Returns: whether it was set.
  func clear() -> Bool { isDue.exchange(false, ordering: .acquiringAndReleasing) }
}
