import Admission
import CheckIn
import Door
import DoorConfiguration
import DoorScreen
import Formatting
import Foundation
import Fourvenues
import NightStore
import Synchronization

/// Asks the service, a call an endpoint, as the door would. Nothing is written anywhere.
struct ServiceSurveyor: Sendable {
  private let settings: Settings
  private let store: NightStore?
  private let services: DoorServices
  private let heard: Heard
  private var client: FourvenuesClient { services.client }

  /// No pass has it; an answer that there is no such pass is one.
  private static let probe = "DOORCHECK-CHECK"

  /// Pages come at 2 a second: somebody waits, and so many tell how it is with the rest.
  private static let patienceWithLists: Duration = .seconds(20)

  /// - Parameter store: for what the service does not tell now.
  /// - Throws: `ConfigurationError`, where the client refuses what the configuration let pass.
  init(settings: Settings, store: NightStore?) throws(ConfigurationError) {
    self.settings = settings
    self.store = store
    let heard = Heard()
    self.heard = heard
    services = try DoorServices(
      settings: settings, logger: Logs.silent,
      observe: { exchange in heard.survey.withLock { $0.note(exchange, at: Date()) } })
  }

  func survey() async -> ServiceSurvey {
    await askForProbe()
    let programme = SurveyedProgramme(
      client: client, timeZone: settings.time.timeZone, store: store, heard: heard)
    let keeper = TonightKeeper(
      programme: programme, given: settings.event.known, naming: settings.event.naming,
      clock: services.clock)
    let tonight = await keeper.refresh()
    // Another event may be on while the named one is not.
    if heard.survey.withLock({ $0.listed == nil && !$0.isSilent }) { await keeper.learnProgramme() }
    heard.survey.withLock { $0.tonight = tonight }
    let isUnknown = tonight.isUnknown
    let isSilent = heard.survey.withLock(\.isSilent) || client.isAddressInDoubt
    if let event = tonight.event, !isUnknown {
      if !isSilent { await askForLists(of: event) }
      await surveyStoredPasses(of: event)
      await askForRates(of: event, isSilent: isSilent)
    }
    heard.survey.withLock { $0.isAddressInDoubt = client.isAddressInDoubt }
    await client.shutdown()
    return heard.survey.withLock { $0 }
  }

  /// As every kind: one that the door does not take may be one that it could. The first answers alone,
  /// so that its time is that of a look-up at the door.
  private func askForProbe() async {
    let first = settings.door.accepts.first ?? .pass
    _ = await client.lookUp(code: Self.probe, as: first)
    await withTaskGroup { group in
      for kind in PassKind.allCases where kind != first {
        group.addTask { _ = await client.lookUp(code: Self.probe, as: kind) }
      }
    }
  }

  private func askForLists(of event: Event) async {
    await withTaskGroup { group in
      for kind in settings.door.accepts {
        group.addTask { await askForList(of: kind, at: event) }
      }
    }
  }

  private func askForList(of kind: PassKind, at event: Event) async {
    var forecast = RefusalForecast(eventID: event.id, rules: settings.rules)
    var code: String?
    var passes: ServiceSurvey.Passes
    let start = ContinuousClock.now
    var isWhole = true
    do throws(FourvenuesError) {
      var pages = client.passes(kind: kind, eventID: event.id, days: days(of: event))
        .makeAsyncIterator()
      while let page = try await pages.next() {
        code = code ?? page.first?.code
        forecast.add(page)
        heard.survey.withLock { for pass in page { $0.types.add(pass) } }
        isWhole = start.duration(to: .now) < Self.patienceWithLists
        if !isWhole { break }
      }
      passes = .listed(forecast, isWhole: isWhole)
    } catch {
      passes =
        switch error {
        case .notFound: .listed(forecast)
        case .failed(let failure): .brokenOff(forecast, failure)
        }
    }
    heard.survey.withLock { $0.lists[kind] = passes }
    // An answer with a pass in it says more than one without.
    if let code { _ = await client.lookUp(code: code, as: kind) }
  }

  /// Those on which the event is, as the venue counts them.
  private func days(of event: Event) -> [String] {
    let style = Date.ISO8601FormatStyle(timeZone: settings.time.timeZone).year().month().day()
    let start = event.startsAt ?? Date()
    let days = [start, event.endsAt ?? start].map { $0.formatted(style) }
    return days[0] == days[1] ? [days[0]] : days
  }

  private func surveyStoredPasses(of event: Event) async {
    for kind in settings.door.accepts {
      guard let store,
        let forecast = try? await store.refusalForecast(
          eventID: event.id, kind: kind, rules: settings.rules)
      else { return }
      let preload = try? await store.lastPreload(eventID: event.id, kind: kind)
      heard.survey.withLock {
        $0.stored[kind] = ServiceSurvey.StoredPasses(
          forecast: forecast, completedAt: preload?.finishedAt)
      }
    }
  }

  private func askForRates(of event: Event, isSilent: Bool) async {
    for kind in settings.door.accepts where kind.hasRates {
      let rates = await rates(of: kind, at: event, isSilent: isSilent)
      heard.survey.withLock { $0.priceLists[kind] = rates }
    }
  }

  private func rates(
    of kind: PassKind, at event: Event, isSilent: Bool
  ) async -> ServiceSurvey.Rates {
    if isSilent {
      guard let kept = try? await store?.storedRates(eventID: event.id, kinds: [kind])
      else { return .notAsked }
      return .stored(kept.value, fetchedAt: kept.fetchedAt)
    }
    do throws(FourvenuesError) {
      return .told(try await client.rates(of: kind, eventID: event.id))
    } catch {
      return switch error {
      case .notFound: .told([])
      case .failed(let failure): .failed(failure)
      }
    }
  }
}

/// What has been heard so far; exchanges are told on any thread.
private final class Heard: Sendable {
  let survey = Mutex(ServiceSurvey())
}

/// As the door asks, so that what is chosen is what the door would choose.
private struct SurveyedProgramme: VenueProgramme {
  let client: FourvenuesClient
  let timeZone: TimeZone
  let store: NightStore?
  let heard: Heard

  func event(id: String) async -> EventAnswer {
    do throws(FourvenuesError) {
      return .told(try await client.event(id: id))
    } catch {
      return error == .notFound ? .unknown : .silent
    }
  }

  func events(around now: Date) async -> [Event]? {
    do throws(FourvenuesError) {
      let events = try await client.events(around: now, timeZone: timeZone)
      heard.survey.withLock { $0.listed = TonightChoice.distinct(events) }
      return events
    } catch {
      return nil
    }
  }

  func storedEvent(id: String) async -> Event? {
    let stored = try? await store?.storedEvent(id: id)?.value
    if stored != nil { heard.survey.withLock { $0.isEventStored = true } }
    return stored
  }

  func storedEvents() async -> [Event]? {
    let stored = (try? await store?.storedEvents().map(\.value)) ?? []
    if !stored.isEmpty { heard.survey.withLock { $0.isEventStored = true } }
    return stored.isEmpty ? nil : stored
  }

  func rates(eventID: String) async -> [Rate]? { nil }

  var isHeard: Bool { !client.isAddressInDoubt }
}
