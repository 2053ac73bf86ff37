import Admission
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
    let service = canvas.text(service)
    canvas.write(service, in: line, isServiceGood ? style : Style(.banner, isBold: true))
    var free = line
    free.column += service.width + 1
    free.columns -= service.width + 1
    guard free.columns > 0 else { return }
    let demo = state.setup.demoCodes.isEmpty ? nil : canvas.text(" DEMO ")
    let people = canvas.text(admitted(columns: free.columns - (demo?.width ?? -1) - 1))
    canvas.write(people, in: free, boldStyle, aligned: .right)
    if let demo {
      free.columns -= people.width + 1
      canvas.write(demo, in: free, Style(.banner, isBold: true), aligned: .right)
    }
  }

  private func admitted(columns: Int) -> String {
    let people = state.admitted
    guard let capacity = state.setup.capacity else { return texts.admitted(people) }
    let long = texts.admitted(people, capacity: capacity)
    return DisplayText(long).width <= columns ? long : "\(people)/\(capacity)"
  }

  private var hasEvent: Bool { state.tonight.reasonForNone(at: now.wall) == nil }

  private var eventName: String {
    if let none = state.tonight.reasonForNone(at: now.wall) {
      return Explanation(none, texts: texts, time: state.setup.time).reason.uppercased()
    }
    return state.tonight.event?.displayName(texts) ?? texts.noEvent
  }

  private var isServiceGood: Bool {
    switch state.service {
    case .connecting, .live: true
    case .failing, .offline, .keyRefused: false
    }
  }

  private var service: String {
    let time = state.setup.time
    switch state.service {
    case .connecting: return texts.connecting
    case .live(let latency): return texts.live(milliseconds: latency.milliseconds)
    case .failing(let since): return texts.failing(since: time.minutes(since))
    case .offline(let since): return texts.offline(since: time.minutes(since))
    case .keyRefused: return texts.keyRefused
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 1_000_000, seconds >= 0 else { return 0 }
    return Int(seconds) * 1000 + Int((attoseconds + 500_000_000_000_000) / 1_000_000_000_000_000)
  }
}
