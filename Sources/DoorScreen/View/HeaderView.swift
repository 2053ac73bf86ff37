import Admission
import Formatting
import FoundationEssentials

/// The constant lines at the top: event, door and clock; service, DEMO and people admitted.
struct HeaderView {
  let state: DoorState
  let texts: any Texts
  let now: Moment

  private let style = Style(.header)
  private let boldStyle = Style(.header, isBold: true)

  func draw(in area: Area, on canvas: inout Canvas) {
    canvas.fill(area, style)
    drawPlace(in: area.line(0), withService: area.rows == 1, on: &canvas)
    drawCondition(in: area.line(1), on: &canvas)
  }

  /// On a single line the service's state takes the door's place.
  private func drawPlace(in line: Area, withService: Bool, on canvas: inout Canvas) {
    guard !line.isEmpty else { return }
    let clock = canvas.text(state.setup.time.minutes(now.wall))
    canvas.write(clock, in: line, boldStyle, aligned: .right)
    var left = line
    left.columns -= clock.width + 2
    guard left.columns > 0 else { return }

    let second = canvas.text(withService ? service : state.setup.doorName)
    let event = canvas.text(eventName)
    // The event may take all but what the door needs; the door goes before the event is cut short.
    let leastForEvent = min(event.width, left.columns * 2 / 3)
    let room = min(second.width, left.columns - leastForEvent - 2)
    let fits = withService || line.columns >= 60 || event.width + second.width + 2 <= left.columns
    if fits, room >= min(4, second.width), room > 0 {
      var right = left
      right.column += left.columns - room
      right.columns = room
      let isBad = withService && !isServiceGood
      canvas.write(second, in: right, isBad ? Style(.banner, isBold: true) : style)
      left.columns -= room + 2
    }
    canvas.write(event, in: left, hasEvent ? boldStyle : Style(.banner, isBold: true))
  }

  private func drawCondition(in line: Area, on canvas: inout Canvas) {
    guard !line.isEmpty else { return }
    let demo = state.setup.demoCodes.isEmpty ? nil : canvas.text(" \(demoMark) ")
    let room = line.columns - (demo.map { $0.width + 1 } ?? 0)
    let condition = condition(columns: room)
    let service = canvas.text(condition.service)
    canvas.write(service, in: line, isServiceGood ? style : Style(.banner, isBold: true))
    var free = line
    free.column += service.width
    free.columns -= service.width
    if let store = condition.store {
      let text = canvas.text(" · \(store)")
      canvas.write(text, in: free, style)
      free.column += text.width
      free.columns -= text.width
    }
    free.column += 1
    free.columns -= 1
    guard free.columns > 0 else { return }
    let people = canvas.text(condition.people)
    canvas.write(people, in: free, boldStyle, aligned: .right)
    if let demo {
      free.columns -= people.width + 1
      canvas.write(demo, in: free, Style(.banner, isBold: true), aligned: .right)
    }
  }

  /// That what is seen is a demo, and what F9 made of its network.
  private var demoMark: String {
    switch state.night.demoNetwork {
    case .normal: "DEMO"
    case .gone: "DEMO\(texts.colon)\(texts.failureOffline.uppercased())"
    case .slow: "DEMO\(texts.colon)\(texts.slow)"
    }
  }

  private struct Condition {
    var service: String
    var store: String?
    var people: String

    var width: Int {
      let store = store.map { DisplayText.width(of: $0) + 3 } ?? 0
      return DisplayText.width(of: service) + store + 1 + DisplayText.width(of: people)
    }
  }

  /// The fullest that fits: the store is shortened first, then the people, then the service.
  private func condition(columns: Int) -> Condition {
    let (service, briefService, people) = (service, briefService, peopleTexts)
    let storeTexts = storeTexts
    let stores: [String?] = storeTexts.isEmpty ? [nil] : storeTexts
    var choices = stores.map { Condition(service: service, store: $0, people: people[0]) }
    for service in [service, briefService] {
      choices += people.map {
        Condition(service: service, store: storeTexts.last, people: $0)
      }
    }
    for people in people.suffix(state.night.shared.isShared ? 2 : 1) {
      choices.append(Condition(service: briefService, store: nil, people: people))
    }
    return choices.first { $0.width <= columns } ?? choices[choices.count - 1]
  }

  /// People in, and at how many doors where several count them, the fullest first.
  private var peopleTexts: [String] {
    let shared = state.night.shared
    let (crowd, capacity) = (state.night.crowd, state.setup.capacity)
    let isAlone = state.setup.countsThisDoorOnly && !shared.isShared
    let people =
      crowd.hasLeavers
      ? texts.inside(crowd, of: capacity, atThisDoor: isAlone)
      : texts.admitted(crowd.admitted, of: capacity, atThisDoor: isAlone)
    var forms = people
    if shared.aloneSince != nil {
      forms = people.map { "\($0), \(texts.alone)" }
    } else if let count = shared.count(for: state.night.tonight.event?.id) {
      let doors = texts.doors(count.doors, silent: count.silent)
      forms = people.flatMap { people in doors.map { "\(people), \($0)" } }
    }
    if let arrivals = state.night.arrivals {
      forms.insert("\(forms[0]), \(texts.arrivals(arrivals))", at: 0)
    }
    return shared.isShared ? forms + people.suffix(1) : forms
  }

  /// How far tonight's passes are stored or how old they are, the fullest first; empty where nothing
  /// is to be said.
  private var storeTexts: [String] {
    let stored = state.night.storedPasses
    if let (kind, progress) = stored.running {
      let kinds = texts.words(kind).many
      return [
        texts.storing(progress.done, of: progress.total, kinds),
        texts.storingBriefly(progress.done, of: progress.total, kinds),
      ]
    }
    guard let whole = stored.whole else { return [] }
    let age =
      isServiceGood
      ? nil
      : whole.at > now.wall.addingTimeInterval(60)
        ? "?" : AgeText.inMinutes(since: whole.at, at: now.wall, texts)
    let counts = stored.wholes
    let old = age.map { [texts.storeAge($0)] } ?? []
    // "N passes" stands here whatever else is stored (Contract: Kept stable for tests and scripts).
    if let passes = counts.first, passes.kind == .pass {
      let words = age.map { texts.stored(passes.count, age: $0) } ?? texts.stored(passes.count)
      let others = Array(counts.dropFirst())
      guard !others.isEmpty else {
        // How many doors are there needs the cells.
        let isBrief = state.night.shared.isShared && age == nil && passes.count != 1
        return [words] + (isBrief ? ["\(passes.count) \(texts.words(.pass).many)"] : old)
      }
      return [
        "\(words) + \(texts.counted(others))", "\(words) + \(whole.count - passes.count)",
        "\(passes.count) \(texts.words(.pass).many) + \(whole.count - passes.count)",
      ] + old
    }
    return [
      texts.stored(counts: texts.counted(counts), age: age),
      texts.stored(counts: texts.codes(whole.count), age: age),
    ] + old
  }

  private var hasEvent: Bool { state.night.tonight.trouble(at: now.wall) == nil }

  private var eventName: String {
    if let none = state.night.tonight.reasonForNone(at: now.wall) {
      return Explanation(
        none, isKeyRefused: state.isKeyRefused, texts: texts, time: state.setup.time
      ).reason.uppercased()
    }
    return state.night.tonight.event?.displayName(texts) ?? texts.noEvent
  }

  private var isServiceGood: Bool {
    switch state.night.service {
    case .connecting, .live: true
    case .failing, .offline, .keyRefused: false
    }
  }

  private var service: String {
    let time = state.setup.time
    switch state.night.service {
    case .connecting: return texts.connecting
    case .live: return state.night.notices[.slowService] == nil ? texts.live : texts.slow
    case .failing(let since): return texts.failing(since: time.minutes(since))
    case .offline(let since): return texts.offline(since: time.minutes(since))
    case .keyRefused: return texts.keyRefused
    }
  }

  private var briefService: String {
    let time = state.setup.time
    switch state.night.service {
    case .connecting, .live, .keyRefused: return service
    case .failing(let since): return texts.failingBriefly(since: time.minutes(since))
    case .offline(let since): return texts.offlineBriefly(since: time.minutes(since))
    }
  }
}
