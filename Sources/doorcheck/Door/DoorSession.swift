import Admission
import ArgumentParser
import CheckIn
import DoorScreen
import Foundation
import Fourvenues
import Logging
import NightStore
import Scanner
import Terminal

/// A run of the door screen, from taking the terminal over to giving it back.
struct DoorSession {
  let settings: Settings
  var demoCodes: [DemoCode] = []

  /// Seconds for which an entry that is just being reported is waited for at the end.
  private static let longestFarewell: TimeInterval = 2

  /// - Throws: `ExitCode.usage`, once the reason is on standard error.
  static func requireTerminal() throws {
    guard StandardStreams.inputIsTerminal, StandardStreams.outputIsTerminal else {
      StandardStreams.writeError(
        line: "doorcheck: the door screen needs a terminal on standard input and output; "
          + "without one, use \"doorcheck scan\"")
      throw ExitCode.usage
    }
  }

  func run() async throws {
    let cleaner = try makeCleaner()
    let opening =
      settings.isRecording ? try StoreOpening.open(file: settings.storeFile) : StoreOpening()
    let signals = TerminalSignals()
    let terminal = try openTerminal()
    // Opening it has armed some of them.
    if settings.kiosk.isEnabled { KeyboardSignals.ignore() }
    let mailbox = Mailbox<DoorLoop.Event>()
    let service = ServiceRecord { mailbox.post(.service($0)) }
    let link: VenueLink
    do {
      link = try VenueLink(
        settings: settings, logger: Logs.logger(for: .doorScreen), store: opening.store,
        observe: { service.note($0, at: Date()) },
        onRecordingChange: {
          mailbox.post(.screen(.notice(.notRecording, isActive: !$0)))
        })
    } catch {
      terminal.restore()
      throw ExitCode.configuration(error)
    }
    let checkIn = await link.checkIn(
      settings: settings, isDryRun: false, reportDelay: settings.reportDelay
    ) { report in
      switch report {
      case .verdict(let outcome): mailbox.post(.outcome(outcome))
      case .contradicted(let outcome): mailbox.post(.screen(.contradicted(outcome)))
      }
    }
    tell(opening, mailbox)
    let input = TerminalInput { chunk in
      mailbox.post(chunk.map(DoorLoop.Event.input) ?? .inputEnded)
    }
    let night = NightWatch(
      link: link, checkIn: checkIn, mailbox: mailbox)
    let pumps = [
      Task { for await signal in signals.events { mailbox.post(.signal(signal)) } },
      Task { await night.run() },
      Task { await RecoveryProbe(link: link).run() },
      Task { await keep(link, mailbox) },
      Task { [door = settings.door.name] in
        if let store = opening.store { await service.write(to: store, door: door) }
      },
      Task { await recover(opening, link, mailbox) },
    ]
    let hook = makeHook(mailbox)
    let reporting = link.reporting?.begin()
    let loop = DoorLoop(
      terminal: terminal,
      setup: DoorLoop.Setup(
        screen: screenSetup, gap: Double(settings.scanner.gapMilliseconds) / 1000,
        pinDesk: pinDesk, serviceManager: NotifySocket(environment: Box.environment)),
      cleaner: cleaner,
      cards: StaffCardReader(
        file: settings.staffCardFile, logger: Logs.logger(for: .doorScreen)),
      checkIn: checkIn, night: night,
      desk: DoorDesk(
        link: link, checkIn: checkIn, showNames: settings.door.showNames, mailbox: mailbox),
      hook: hook, mailbox: mailbox)
    await loop.run(tonight: await link.keeper.tonight)
    input.stop()
    for pump in pumps { pump.cancel() }
    async let told: Void? = hook?.finish(within: .seconds(1))
    if let reporting {
      await link.reporting?.reporter.finish(reporting, .afterThisOne, within: Self.longestFarewell)
    }
    await told
    await link.client.shutdown()
    // Work in the background may be anywhere, and must not meet a runtime that is being taken down.
    // What is recorded is on the disk, and the terminal is as it was.
    _exit(ExitCode.success.rawValue)
  }

  /// What staff must know of the store from the beginning.
  private func tell(_ opening: StoreOpening, _ mailbox: Mailbox<DoorLoop.Event>) {
    if opening.failure != nil { mailbox.post(.screen(.notice(.notRecording, isActive: true))) }
    if let name = opening.setAsideName {
      mailbox.post(.screen(.notice(.storeSetAside(name: name), isActive: true)))
    }
  }

  /// Looks for the store that could not be written at start.
  private func recover(
    _ opening: StoreOpening, _ link: VenueLink, _ mailbox: Mailbox<DoorLoop.Event>
  ) async {
    guard opening.failure != nil else { return }
    let recovery = StoreRecovery(file: settings.storeFile, ledger: link.ledger)
    guard let opening = await recovery.run() else { return }
    opening.store.map { link.reporting?.outbox.use($0) }
    tell(opening, mailbox)
  }

  /// Stores tonight's passes ahead, and lets go of those of nights long past.
  private func keep(_ link: VenueLink, _ mailbox: Mailbox<DoorLoop.Event>) async {
    guard let store = link.store else { return }
    let keepDays = settings.store.keepDays
    async let purging: Void = Purge(store: store, keepDays: keepDays).run()
    await Preloader(
      client: link.client, store: store, rules: settings.rules, post: { mailbox.post(.screen($0)) },
      tonight: { await link.keeper.tonight }
    ).run()
    await purging
  }

  private func makeHook(_ mailbox: Mailbox<DoorLoop.Event>) -> VerdictHook? {
    let logger = Logs.logger(for: .doorScreen)
    return VerdictHook(settings: settings, backlog: .door) { failure in
      mailbox.post(
        .screen(.notice(.hookFailed(failure ?? .behind), isActive: failure != nil)))
      if let failure { logger.error("hooks.verdict \(failure)") }
    }
  }

  private func makeCleaner() throws -> CodeCleaner {
    try ExitCode.orConfiguration { try CodeCleaner(format: settings.scanner.format) }
  }

  private var pinDesk: PINDesk? {
    guard settings.kiosk.isEnabled, let hash = settings.kiosk.pinHash else { return nil }
    return PINDesk(hash: hash, file: settings.isRecording ? settings.pinTriesFile : nil)
  }

  private var kiosk: Kiosk? {
    let kiosk = settings.kiosk
    guard kiosk.isEnabled else { return nil }
    return Kiosk(guarded: Set(kiosk.pinFor), hasPIN: kiosk.pinHash != nil)
  }

  private var screenSetup: ScreenSetup {
    ScreenSetup(
      doorName: settings.door.name, help: settings.door.help,
      panelSeconds: TimeInterval(settings.screen.panelSeconds), language: settings.language,
      time: settings.time, demoCodes: demoCodes, capacity: settings.door.capacity,
      // Another box may be admitting, and nobody tells us; a demo has none beside it.
      countsThisDoorOnly: settings.isRecording,
      currency: settings.screen.currency, collectAtDoor: settings.collectAtDoor,
      kiosk: kiosk)
  }

  private func openTerminal() throws -> sending Terminal {
    do throws(TerminalError) {
      return try Terminal.open(
        environment: Box.environment, theme: settings.screen.theme)
    } catch {
      switch error {
      case .inputNotATerminal, .outputNotATerminal:
        try Self.requireTerminal()
        StandardStreams.writeError(line: "doorcheck: this terminal cannot be used")
      case .unknownTerminal(let name):
        StandardStreams.writeError(
          line:
            "doorcheck: the terminal \"\(DisplayText.cleaned(name))\" (TERM) is not known here; "
            + "try TERM=linux or TERM=xterm-256color, or install ncurses-term")
      case .system(let code):
        StandardStreams.writeError(
          line: "doorcheck: the terminal cannot be opened: \(String(cString: strerror(code)))")
      }
      throw ExitCode.usage
    }
  }
}

extension Settings {
  /// Seconds from an admission until the service is told of it: twice as long as its panel stays, at
  /// most 30, so that a number of people that staff correct on the panel is the one that is told.
  fileprivate var reportDelay: TimeInterval { TimeInterval(min(30, 2 * screen.panelSeconds)) }
}
