import Admission
import CheckIn
import DoorConfiguration
import DoorScreen
import Foundation
import Fourvenues
import LinuxBox
import NightStore
import Scanner
import Terminal

/// A night of the door screen on its terminal: everything around the loop.
struct DoorSession {
  let settings: Settings
  let opening: StoreOpening
  let demoCodes: [DemoCode]
  let mailbox: Mailbox<DoorLoop.Event>
  let log: NightLog

  /// Seconds for which an entry that is just being reported is waited for at the end.
  private static let longestFarewell: TimeInterval = 2

  /// Until somebody leaves. The terminal is as it was before when this returns.
  /// - Returns: what could not be saved.
  func run(
    on terminal: sending Terminal, cleaner: sending CodeCleaner
  ) async throws -> EndOfRecording {
    log.began(settings)
    let service = ServiceRecord { [mailbox, log] watch, isNews in
      mailbox.post(.service(watch))
      if isNews { log.service(watch.status) }
    }
    let picked = settings.isRecording ? settings.pickedEventFile : nil
    let link: VenueLink
    do {
      link = try VenueLink(
        settings: settings, logger: Logs.logger(for: .doorScreen), store: opening.store,
        pickedID: picked?.read(),
        observe: { service.note($0, at: Date()) },
        onRecordingChange: { [mailbox, log] in
          mailbox.post(.screen(.notice(.notRecording, isActive: !$0)))
          log.recording($0)
        },
        onDenial: { [mailbox] in
          mailbox.post(.screen(.notice(.serviceDenies, isActive: $0)))
        })
    } catch {
      terminal.restore()
      throw ProgramExit.configuration(error)
    }
    let checkIn = await link.checkIn(
      settings: settings, isDryRun: false, awaitsTonight: true, reportDelay: settings.reportDelay
    ) { report in
      switch report {
      case .verdict(let outcome):
        mailbox.post(.outcome(outcome))
        log.scanned(outcome)
      case .contradicted(let outcome): mailbox.post(.screen(.contradicted(outcome)))
      case .otherEvent(let event):
        mailbox.post(
          .screen(.notice(.otherEvent(event ?? Event(id: "")), isActive: event != nil)))
      }
    }
    tell(opening)
    let night = NightWatch(
      link: link, checkIn: checkIn, picked: picked, mailbox: mailbox,
      onClockSet: { service.correct { link.clock.corrected($0) } })
    let desk = DoorDesk(
      link: link, checkIn: checkIn, showNames: settings.door.showNames, mailbox: mailbox)
    let pumps = [
      Task { await night.run() },
      Task { await RecoveryProbe(link: link).run() },
      Task { await keep(link) },
      Task { [door = settings.door.name] in
        if let store = opening.store { await service.write(to: store, door: door) }
      },
      Task { await recover(link, night) },
      Task { await desk.keepCounting() },
    ]
    let hook = hook
    let reporting = link.reporting?.begin()
    let pinDesk = settings.pinDesk
    if let fault = pinDesk?.fault {
      log.failed("wrong PINs are counted until doorcheck ends, no longer: \(fault)")
    }
    let loop = DoorLoop(
      terminal: terminal,
      setup: DoorLoop.Setup(
        screen: settings.screenSetup(demoCodes: demoCodes),
        gap: Double(settings.scanner.gapMilliseconds) / 1000,
        log: log, pinDesk: pinDesk,
        serviceManager: NotifySocket(environment: ProgramEnvironment.variables)),
      cleaner: cleaner,
      cards: StaffCardReader(
        file: settings.staffCardFile, logger: Logs.logger(for: .doorScreen)),
      checkIn: checkIn, night: night,
      desk: desk, hook: hook, mailbox: mailbox)
    await loop.run(tonight: await link.keeper.tonight)
    for pump in pumps { pump.cancel() }
    let end = ContinuousClock.now + VenueLink.patienceAtEnd
    await desk.finish(within: VenueLink.patienceAtEnd)
    async let ending = link.endRecording(within: end - .now)
    async let told: Void? = hook?.finish(within: .seconds(1))
    if let reporting {
      await link.reporting?.reporter.finish(reporting, .afterThisOne, within: Self.longestFarewell)
    }
    await told
    log.ended(with: await ending)
    await link.client.shutdown()
    return await ending
  }

  /// What staff must know of the store from the beginning.
  private func tell(_ opening: StoreOpening) {
    log.opened(opening)
    if opening.failure != nil { mailbox.post(.screen(.notice(.notRecording, isActive: true))) }
    if let name = opening.setAsideName {
      mailbox.post(.screen(.notice(.storeSetAside(name: name), isActive: true)))
    }
  }

  /// Looks for the store that could not be written at start, and looks after the one that can.
  private func recover(_ link: VenueLink, _ night: NightWatch) async {
    let tellOfNew: @Sendable (StoreOpening) -> Void = { opening in
      tell(opening)
      Task { await night.storeIsNew() }
    }
    guard opening.failure != nil else {
      guard let store = opening.store else { return }
      return await StoreKeeper(store: store).run(tellOfNew, log.recorded)
    }
    let recovery = StoreRecovery(file: settings.storeFile, ledger: link.ledger)
    guard let opening = await recovery.run() else { return }
    opening.store.map { link.reporting?.outbox.use($0) }
    tell(opening)
    if let store = opening.store { await StoreKeeper(store: store).run(tellOfNew, log.recorded) }
  }

  /// Stores tonight's passes ahead, and lets go of those of nights long past.
  private func keep(_ link: VenueLink) async {
    guard let store = link.store else { return }
    let keepDays = settings.store.keepDays
    async let purging: Void = Purge(
      store: store, keepDays: keepDays, keeper: link.keeper, clock: link.clock
    ).run()
    await Preloader(
      client: link.client, store: store, rules: settings.rules, clock: link.clock,
      post: { mailbox.post(.screen($0)) },
      tonight: { await link.keeper.tonight }
    ).run()
    await purging
  }

  private var hook: VerdictHook? {
    VerdictHook(settings: settings, backlog: .door) { [mailbox, log] failure in
      mailbox.post(
        .screen(.notice(.hookFailed(failure ?? .behind), isActive: failure != nil)))
      if let failure { log.failed("hooks.verdict \(failure)") }
    }
  }
}

extension Settings {
  /// Seconds from an admission until the service is told of it: twice as long as its panel stays, at
  /// most 30, so that a number of people that staff correct on the panel is the one that is told.
  fileprivate var reportDelay: TimeInterval { TimeInterval(min(30, 2 * screen.panelSeconds)) }
}
