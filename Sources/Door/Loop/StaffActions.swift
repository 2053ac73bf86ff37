import Admission
import CheckIn
import DoorScreen
import Foundation
import NightStore

/// Does what staff ask for by keys, behind the loop; each answer comes back as an event of the screen.
struct StaffActions: Sendable {
  let services: DoorServices
  let checkIn: CheckInService
  let showNames: ShownNames
  let queue: EventQueue<DoorLoop.Event>
  private let corrections = WorkQueue()

  /// Arrivals are those of a quarter of an hour, in seconds.
  private static let arrivalsSpan: TimeInterval = 900

  private static let countPause: Duration = .seconds(5)

  /// Passes that one look-up by name lists.
  private static let mostFound = 50

  func undo(pressedAt: Moment) {
    undo { await checkIn.undoLast(pressedAt: pressedAt.uptime) }
  }

  func offerUndo() { undo { await checkIn.offerUndo() } }

  func undo(_ reference: AdmissionReference) { undo { await checkIn.undo(reference) } }

  private func undo(_ ask: @escaping @Sendable () async -> UndoAnswer) {
    corrections.add {
      switch await ask() {
      case .undone(let entry): post(.undone(entry))
      case .asked(let entry): post(.undoOffered(entry))
      case .tooOld(let entry): post(.tooOldToUndo(entry))
      case .nothing: post(.nothingToUndo)
      }
      countSoon()
    }
  }

  /// Answers every request, also one that changed nothing.
  func setAdmitted(number: Int, people: Int) {
    corrections.add {
      guard let outcome = await checkIn.setAdmitted(number: number, people: people) else { return }
      post(.corrected(outcome))
      countSoon()
    }
  }

  func letIn(number: Int) {
    corrections.add {
      guard let outcome = await checkIn.letIn(number: number) else {
        return post(.notice(.notRecording, isActive: true))
      }
      post(.letIn(outcome))
      countSoon()
    }
  }

  /// Nobody who corrects waits for the count.
  private func countSoon() { Task { await countAdmitted() } }

  /// Waits for the corrections that were asked for.
  func finish(within patience: Duration) async { await corrections.finish(within: patience) }

  func find(_ text: String) {
    Task {
      let passes = (try? await services.store?.find(text, limit: Self.mostFound)) ?? []
      let found = passes.map { stored in
        FoundPass(
          code: stored.pass.code, customer: stored.pass.customerName.flatMap(showNames.shown),
          type: stored.pass.typeName)
      }
      post(.found(found, query: text))
    }
  }

  /// Looks whether somebody else on this store has let people in, or taken it back, until it is
  /// cancelled. Scans go first; they count for themselves.
  func keepCounting() async {
    var newest: Int?
    while !Task.isCancelled {
      try? await Task.sleep(for: Self.countPause)
      guard await checkIn.waiting == 0, let event = await services.keeper.tonight.event else {
        continue
      }
      let people = await services.ledger.peopleAdmitted(eventID: event.id)
      if people != newest { await countAdmitted() }
      newest = people
    }
  }

  /// Tells the screen how many people are in, and how many came lately, by the ledger.
  func countAdmitted() async {
    guard let event = await services.keeper.tonight.event else { return }
    post(.admitted(await services.ledger.peopleAdmitted(eventID: event.id)))
    // Where the clock was set meanwhile, the last minutes are in pieces.
    var arrivals = 0
    for stretch in services.clock.stretches(ofLast: Self.arrivalsSpan) {
      let since = await services.ledger.peopleAdmitted(eventID: event.id, since: stretch.lowerBound)
      let after = await services.ledger.peopleAdmitted(
        eventID: event.id, since: stretch.upperBound + 1)
      arrivals += max(0, since - after)
    }
    post(.arrivals(arrivals))
  }

  init(
    services: DoorServices, checkIn: CheckInService, showNames: ShownNames,
    queue: EventQueue<DoorLoop.Event>
  ) {
    self.services = services
    self.checkIn = checkIn
    self.showNames = showNames
    self.queue = queue
  }

  private func post(_ event: DoorEvent) { queue.post(.screen(event)) }
}
