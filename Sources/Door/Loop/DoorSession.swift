import Admission
import CheckIn
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Fourvenues
import LinuxBox
import NightStore
import Scanner
import Terminal
import Waiting

/// A night of the door screen on its terminal: everything around the loop.
struct DoorSession: Sendable {
  let settings: Settings
  let opening: StoreOpening
  let demo: Demo?
  let queue: EventQueue<DoorLoop.Event>
  let work: BackgroundWork
  let log: NightLog

  /// How long a scan that is just being recorded is waited for at the end: what remains of the patience
  /// is for taking it back.
  private static let patienceWithScan: Duration = .seconds(1)

  /// Seconds for which an entry that is just being reported is waited for at the end.
  private static let longestFarewell: TimeInterval = 2

  /// Until somebody leaves. The terminal is as it was before when this returns.
  /// - Returns: what could not be saved.
  func run(
    on terminal: sending Terminal, cleaner: sending CodeCleaner
  ) async throws -> EndOfRecording {
    log.began(settings)
    let service = ServiceRecord(
      kinds: settings.door.accepts,
      show: { [queue] in queue.post(.screen(.service($0))) },
      log: { [log] in log.service($0) })
    let picked = settings.isRecording ? settings.pickedEventFile : nil
    let turning = DoorTurning(
      usual: settings.door.direction,
      memory: settings.isRecording ? .own(settings.turnedDoorFile) : .nothing)
    let services: DoorServices
    do {
      services = try DoorServices(
        settings: settings, logger: Logs.logger(for: .doorScreen), opening: opening,
        pickedID: picked?.read(), turning: turning, work: work,
        observe: { service.note($0, at: Date()) },
        onRecordingChange: { [queue, log] in
          queue.post(.screen(.notice(.notRecording, isActive: !$0)))
          log.recording($0)
        },
        onDenial: { [queue] in
          queue.post(.screen(.notice(.serviceDenies, isActive: $0)))
        },
        doorNews: doorNews)
    } catch {
      terminal.restore()
      throw ProgramExit.configuration(error)
    }
    let audience = Audience()
    let checkIn = await services.checkIn(
      settings: settings, isDryRun: false, awaitsTonight: true, reportDelay: settings.reportDelay,
      audience: audience
    ) { report in
      switch report {
      case .judged(let judged):
        queue.post(
          .judged {
            var outcome = judged()
            outcome.service = service.health
            return outcome
          })
      case .saved(let number): service.giveVerdict(of: number) { queue.post(.saved($0)) }
      case .verdict(var outcome):
        service.giveVerdict(of: outcome.number) {
          outcome.service = $0
          queue.post(.verdict(outcome))
        }
        log.scanned(outcome)
      case .recorded(let number): queue.post(.screen(.scan(.recorded(number: number))))
      case .contradicted(let outcome): queue.post(.screen(.scan(.contradicted(outcome))))
      case .otherEvent(let event):
        queue.post(
          .screen(.notice(.otherEvent(event ?? Event(id: "")), isActive: event != nil)))
      }
    }
    tell(opening)
    if opening.store == nil, settings.ledger.url != nil { doorNews.status(.alone(since: Date())) }
    let refresh = TonightRefresh(
      services: services, checkIn: checkIn, picked: picked, turning: turning, queue: queue,
      onClockSet: { service.correct { services.clock.corrected($0) } })
    let staff = StaffActions(
      services: services, checkIn: checkIn, showNames: settings.door.showNames, refresh: refresh,
      turning: turning, queue: queue)
    begin(services, refresh, staff, service)
    queue.post(.screen(.night(.direction(turning.direction))))
    let hook = hook
    let reporting = services.reporting?.begin()
    let pinChecker = settings.pinChecker
    if let fault = pinChecker?.fault {
      log.failed("wrong PINs are counted until doorcheck ends, no longer: \(fault)")
    }
    let loop = DoorLoop(
      terminal: terminal,
      setup: DoorLoop.Setup(
        screen: settings.screenSetup(
          demoCodes: demo?.codes ?? [],
          hasCards: (try? settings.staffCardFile?.read()) != nil),
        gap: Double(settings.scanner.gapMilliseconds) / 1000, log: log, pinChecker: pinChecker,
        serviceManager: NotifySocket(environment: ProgramEnvironment.variables)),
      cleaner: cleaner,
      cards: StaffCardReader(
        file: settings.staffCardFile, logger: Logs.logger(for: .doorScreen)),
      outside: DoorLoop.Outside(
        checkIn: checkIn, service: service, staff: staff, audience: audience,
        hook: hook?.tell,
        changeDemo: { [work, demo, queue] in
          guard let demo else { return }
          queue.post(.screen(.night(.demoNetwork(demo.changeNetwork()))))
          // How the service does is seen before the next scan, too.
          work.add { await RecoveryProbe(services: services).probe() }
        }),
      queue: queue)
    await loop.run(tonight: await services.keeper.tonight)
    let end = ContinuousClock.now + DoorServices.patienceAtEnd
    async let unseen = checkIn.takeBackUnseen(within: Self.patienceWithScan)
    await staff.finish(within: DoorServices.patienceAtEnd)
    log.ended(with: await unseen)
    async let ending = services.endRecording(within: end - .now)
    async let told: Void? = hook?.finish(within: .seconds(1))
    async let ended = work.end(within: max(.milliseconds(250), end - .now))
    if let reporting {
      await services.reporting?.reporter.finish(
        reporting, .afterThisOne, within: Self.longestFarewell)
    }
    await told
    if await !ended { log.failed("something in the background did not end in time") }
    log.ended(with: await ending)
    await services.leaveDoors(within: max(.milliseconds(250), end - .now))
    await services.client.shutdown()
    return await ending
  }

  /// What is done behind the screen from now on.
  private func begin(
    _ services: DoorServices, _ refresh: TonightRefresh, _ staff: StaffActions,
    _ service: ServiceRecord
  ) {
    work.add { await refresh.run() }
    work.add { await RecoveryProbe(services: services).run() }
    work.add { await staff.keepCounting() }
    work.add { await recover(services, refresh) }
    guard let store = opening.store else { return }
    work.add { [door = settings.door.name] in await service.write(to: store, door: door) }
    work.add { [keepDays = settings.store.keepDays] in
      await Purge(
        store: store, keepDays: keepDays, keeper: services.keeper, clock: services.clock,
        elsewhere: { await services.deleteOldOnLedger(days: $0, but: $1) }
      ).run()
    }
    work.add { [settings] in
      await Preloader(
        client: services.client, store: store, kinds: settings.door.accepts, rules: settings.rules,
        clock: services.clock, timer: services.timer, timeZone: settings.time.timeZone,
        post: { queue.post(.screen($0)) },
        tonight: { await services.keeper.tonight }
      ).run()
    }
  }

  /// What the other doors do, where they share a ledger.
  private var doorNews: SharedDoor.News {
    SharedDoor.News(
      status: { [queue, log] in
        queue.post(.screen(.night(.ledger($0))))
        log.ledger($0)
      },
      keeping: { [queue, log] news in
        switch news {
        case .changed: queue.post(.othersChanged)
        case .doors(let doors): queue.post(.screen(.night(.doors(doors))))
        case .doubleEntries(let entries):
          queue.post(.screen(.night(.doubleEntries(entries))))
          log.doubleEntries(entries)
        case .failed(let error): log.ledgerFailed(error)
        }
      })
  }

  /// What staff must know of the store from the beginning.
  private func tell(_ opening: StoreOpening) {
    log.opened(opening)
    if opening.failure != nil { queue.post(.screen(.notice(.notRecording, isActive: true))) }
    if let name = opening.setAsideName {
      queue.post(.screen(.notice(.storeSetAside(name: name), isActive: true)))
    }
  }

  /// Looks for the store that could not be written at start, and looks after the one that can.
  private func recover(_ services: DoorServices, _ refresh: TonightRefresh) async {
    let tellOfNew: @Sendable (StoreOpening) -> Void = { opening in
      tell(opening)
      work.add { await refresh.storeIsNew() }
    }
    guard opening.failure != nil else {
      guard let store = opening.store else { return }
      return await StoreKeeper(store: store).run(tellOfNew, log.recorded)
    }
    let recovery = StoreRecovery(file: settings.storeFile, ledger: services.ledger)
    guard let opening = await recovery.run() else { return }
    if let store = opening.store {
      await services.reporting?.reporter.report(from: store)
      await services.share(store)
    }
    tell(opening)
    if let store = opening.store { await StoreKeeper(store: store).run(tellOfNew, log.recorded) }
  }

  private var hook: VerdictHook? {
    VerdictHook(settings: settings, backlog: .door) { [queue, log] failure in
      queue.post(
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
