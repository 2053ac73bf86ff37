import Admission
import DoorScreen
import Formatting
import Foundation
import SeededRandom
import Testing

/// Random nights at random sizes: the view never crashes, and every frame is sound.
@Suite struct AnyScreenTests {
  @Test func `Any night at any size`() {
    var seeds = SystemRandomNumberGenerator()
    for _ in 0..<25 {
      let seed = UInt64.random(in: 0...UInt64.max, using: &seeds)
      var night = RandomNight(seed: seed)
      for step in 0..<25 {
        night.step()
        let size = night.size()
        for charset in Charset.allCases {
          let frame = view(
            night.state, size: size, at: night.now, appearance: Appearance(charset: charset))
          if let fault = fault(in: frame, size: size, charset: charset) {
            Issue.record("seed \(seed), step \(step), \(size): \(fault)\n\(frame.text)")
            return
          }
        }
      }
    }
  }

  /// Until `nextChange` the picture stands still, so a screen that sleeps until then misses nothing.
  @Test func `The picture stands still until its next change`() {
    var seeds = SystemRandomNumberGenerator()
    for _ in 0..<15 {
      let seed = UInt64.random(in: 0...UInt64.max, using: &seeds)
      var night = RandomNight(seed: seed)
      for step in 0..<20 {
        night.step()
        let next = night.state.nextChange(after: night.now)
        #expect(next > night.now.uptime, "seed \(seed), step \(step)")
        // A change within a millisecond is waited for that long.
        guard next > night.now.uptime + 0.001 else { continue }
        let size = Size(columns: 100, rows: 40)
        let before = view(night.state, size: size, at: night.now)
        let just = night.now.advanced(by: (next - night.now.uptime) * 0.999)
        #expect(view(night.state, size: size, at: just) == before, "seed \(seed), step \(step)")
      }
    }
  }

  @Test(arguments: Scene.all) func `The smallest screens still say what matters`(_ scene: Scene) {
    let now = Night.now.advanced(by: scene.after)
    for rows in [0, 1, 2, 3, 5, 7, 9, 11] {
      for columns in [0, 1, 3, 8, 39] {
        let size = Size(columns: columns, rows: rows)
        for charset in Charset.allCases {
          let frame = view(
            scene.state, size: size, at: now, appearance: Appearance(charset: charset))
          #expect(fault(in: frame, size: size, charset: charset) == nil, "\(size)")
        }
      }
    }
  }

  @Test func `On one cell the symbol is left`() {
    for (reason, symbol) in [(Reason.valid, "✓"), (.alreadyUsed, "✗"), (.offline, "?")] {
      var state = Night.state()
      state.scan(Night.outcome(reason))
      #expect(state.seen(columns: 1, rows: 1).text == symbol)
    }
  }

  private func fault(in frame: Frame, size: Size, charset: Charset) -> String? {
    guard frame.size == size, frame.rows.count == size.rows else { return "wrong size" }
    for (index, row) in frame.rows.enumerated() {
      guard row.count == size.columns else { return "row \(index) has \(row.count) cells" }
      for (column, cell) in row.enumerated() {
        if cell.text == " " || cell.text == "█" && charset == .unicode { continue }
        let width = DisplayText(cell.text).width
        if cell.isContinuation {
          guard column > 0, DisplayText(row[column - 1].text).width == 2 else {
            return "stray continuation at \(index), \(column)"
          }
          continue
        }
        if width == 2 {
          guard column + 1 < row.count, row[column + 1].isContinuation else {
            return "split character at \(index), \(column)"
          }
        } else if width != 1 {
          return "width \(width) at \(index), \(column)"
        }
        guard DisplayText.cleaned(cell.text) == cell.text else {
          return "unclean \(index), \(column)"
        }
        if charset == .ascii, !cell.text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
          return "not ASCII: \(cell.text)"
        }
      }
    }
    if let cursor = frame.cursor {
      guard frame.rows.indices.contains(cursor.row), cursor.column >= 0,
        cursor.column < size.columns
      else { return "cursor outside" }
    }
    return nil
  }
}

/// Events as no night would bring them.
private struct RandomNight {
  private var random: SplitMix64
  private(set) var state: DoorState
  private(set) var now = Night.now
  private var number = 0
  private var query = ""

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var setup = Night.setup(
      demoCodes: Bool.random(using: &random) ? Night.demoCodes : [],
      help: Bool.random(using: &random) ? random.text() : nil)
    setup.doorName = random.text()
    setup.direction = DoorDirection.allCases.randomElement(using: &random)!
    setup.capacity = Bool.random(using: &random) ? random.integer() : nil
    setup.language = Language.allCases.randomElement(using: &random)!
    setup.currency = ["EUR", "USD", "JPY", "TND", random.text()].randomElement(using: &random)!
    setup.collectAtDoor = PassKind.allCases.filter { _ in Bool.random(using: &random) }
    setup.panelSeconds = Double.random(in: 0...20, using: &random)
    state = DoorState(setup: setup)
    self.random = random
  }

  mutating func size() -> Size {
    let isSmall = Bool.random(using: &random)
    return Size(
      columns: Int.random(in: 1...(isSmall ? 45 : 200), using: &random),
      rows: Int.random(in: 1...(isSmall ? 14 : 60), using: &random))
  }

  mutating func step() {
    let seconds: [TimeInterval] = [0, 0.05, 0.6, 1.5, 4, 9, 70, 25_200]
    now = now.advanced(by: seconds.randomElement(using: &random)!)
    for effect in state.reduce(event(), at: now) {
      if case .find(let wanted) = effect { query = wanted }
    }
  }

  private mutating func event() -> DoorEvent {
    switch Int.random(in: 0...21, using: &random) {
    case 20: return .night(.direction(DoorDirection.allCases.randomElement(using: &random)!))
    case 21:
      let direction = DoorDirection.allCases.randomElement(using: &random)!
      return [
        .staff(.countedByHand(direction, isLate: Bool.random(using: &random))),
        .staff(.notCounted), .typing(.draft("+", isLoneKey: true)),
        .typing(.draft("-", isLoneKey: true)), .typing(.draft("--", isLoneKey: true)),
      ]
      .randomElement(using: &random)!
    case 0...2:
      number += 1
      return .scan(
        .taken(
          number: number, code: random.text(), isRepeat: Int.random(in: 0...3, using: &random) == 0,
          isLook: Int.random(in: 0...3, using: &random) == 0))
    case 3...5: return .scan(.verdict(outcome()))
    case 6: return .typing(.draft(Bool.random(using: &random) ? random.text() : ""))
    case 7:
      let text = random.text()
      return text.count % 2 == 0
        ? .typing(.draftDropped(text)) : .typing(.burstDropped(text, isScanners: true))
    case 8:
      let keys: [DoorKey] = [
        .function(Int.random(in: 1...12, using: &random)), .escape, .up, .down, .pageUp, .pageDown,
        .enter,
      ]
      return .key(keys.randomElement(using: &random)!)
    case 9:
      let states: [ServiceStatus] = [
        .connecting, .live(latency: .milliseconds(random.integer())), .failing(since: date()),
        .offline(since: date()), .keyRefused(since: date()),
      ]
      return .service(ServiceHealth(states.randomElement(using: &random)!))
    case 10: return .night(.tonight(tonight()))
    case 11:
      return Bool.random(using: &random)
        ? .night(.crowd(crowd())) : .night(.arrivals(random.integer()))
    case 12: return .staff(.corrected(outcome()))
    case 13:
      return Bool.random(using: &random)
        ? .staff(.letIn(outcome())) : .scan(.contradicted(outcome()))
    case 14:
      let entry = UndoneEntry(
        code: random.text(), name: Bool.random(using: &random) ? random.text() : nil,
        people: random.integer(), time: date(),
        reference: Bool.random(using: &random) ? .own(1) : nil)
      return [
        .staff(.undone(entry)), .staff(.undoOffered(entry)), .staff(.tooOldToUndo(entry)),
        .staff(.nothingToUndo),
      ]
      .randomElement(using: &random)!
    case 15:
      let passes = (0..<(random.integer() % 30)).map { _ in
        FoundPass(code: random.text(), customer: random.text(), type: random.text())
      }
      return .staff(.found(passes, query: query))
    case 18: return .night(ledger())
    case 16:
      return .card(
        StaffCommand.allCases.randomElement(using: &random)!, isAgain: Bool.random(using: &random))
    default:
      switch Int.random(in: 0...3, using: &random) {
      case 0: return .notice(notice(), isActive: Bool.random(using: &random))
      case 1: return .night(.preload(preload()))
      default:
        let rates = (0..<(random.integer() % 30)).map { _ in rate() }
        return .night(
          .rates(
            Bool.random(using: &random) ? rates : nil,
            asOf: Bool.random(using: &random) ? date() : nil,
            isStale: Bool.random(using: &random)))
      }
    }
  }

  private mutating func crowd() -> Crowd {
    Crowd(
      admitted: random.integer(), inside: random.integer(),
      hasLeavers: Bool.random(using: &random))
  }

  private mutating func ledger() -> NightEvent {
    let count = random.integer() % 30
    switch Int.random(in: 0...3, using: &random) {
    case 0:
      return .ledger([.none, .together, .alone(since: date())].randomElement(using: &random)!)
    case 1:
      return .doubleEntries(
        (0..<count % 4).map { _ in
          DoubleEntry(
            eventID: random.text(), kind: .pass, passID: random.text(), code: random.text(),
            passType: Bool.random(using: &random) ? random.text() : nil,
            allowed: random.integer(),
            parts: (0..<count).map { _ in
              DoubleEntry.Part(door: random.text(), at: date(), people: random.integer())
            })
        })
    default:
      let offsets: [TimeInterval?] = [nil, 0, -3, 1e300, -.infinity, .nan]
      let ages: [TimeInterval] = [0, 1.5, 59.9, 4000, -3, 1e300, .infinity, .nan]
      return .doors(
        (0..<count).map { _ in
          DoorOnLedger(
            id: random.text(), name: random.text(), lastSeen: date(),
            unseen: ages.randomElement(using: &random)!, people: random.integer(),
            scans: random.integer(),
            state: DoorOnLedger.State.allCases.randomElement(using: &random)!,
            clockOffset: offsets.randomElement(using: &random)!,
            eventID: Bool.random(using: &random) ? random.text() : nil, rules: random.text())
        })
    }
  }

  private mutating func rate() -> Rate {
    let offsets: [TimeInterval?] = [nil, 0, -3600, 27_000, 60, 1e300, -.infinity, .nan]
    let prices: [Decimal] = [0, 10, 12.5, Decimal.greatestFiniteMagnitude, .nan, -3]
    return Rate(
      id: random.text(), name: random.text(),
      beneficiaries: Bool.random(using: &random) ? random.integer() : nil,
      options: (0..<Int.random(in: 0...4, using: &random)).map { _ in
        RateOption(
          id: random.text(), information: random.text(),
          price: prices.randomElement(using: &random)!, content: random.text(),
          from: offsets.randomElement(using: &random)!,
          until: offsets.randomElement(using: &random)!)
      })
  }

  private mutating func notice() -> Notice {
    let all: [Notice] = [
      .clockWrong,
      .clockOffset(seconds: [0, 61, -90_000, 1e300, .nan].randomElement(using: &random)!),
      .slowService, .notRecording, .storeSetAside(name: random.text()),
      .preloadForbidden(kinds: [.pass]),
      .serviceDenies, .certificateRefused,
      .mostNotTonight(rule: random.text()), .hookFailed(.notStarted(random.text())),
      .scannerWithoutEnd(lost: random.integer()),
    ]
    return all.randomElement(using: &random)!
  }

  private mutating func preload() -> Preload {
    let total = Bool.random(using: &random) ? random.integer() : nil
    let all: [Preload] = [
      .running(done: random.integer(), of: total), .finished(count: random.integer(), at: date()),
      .stopped,
    ]
    return all.randomElement(using: &random)!
  }

  private mutating func outcome() -> Outcome {
    let sources: [Source?] = [nil, .live, .cache(fetchedAt: date(), because: .serviceError)]
    return Outcome(
      number: Int.random(in: 0...(number + 1), using: &random), code: random.text(),
      decision: Decision(
        reason: Reason.allCases.randomElement(using: &random)!,
        count: Bool.random(using: &random)
          ? HeadCount(
            allowed: random.integer(), used: random.integer(), admitted: random.integer()) : nil,
        hoursWarning: [nil, .beforeStart, .afterEnd].randomElement(using: &random)!),
      isRepeat: Int.random(in: 0...3, using: &random) == 0,
      pass: Bool.random(using: &random)
        ? PassSummary(
          id: random.text(), customer: random.text(), type: random.text(), state: random.text(),
          nightsUsed: random.integer(), nights: random.integer()) : nil,
      tonight: tonight(),
      earlierEntry: Bool.random(using: &random) ? Entry(at: date(), door: random.text()) : nil,
      source: sources.randomElement(using: &random)!, at: date(), latency: .milliseconds(5),
      rate: Bool.random(using: &random) ? rate() : nil,
      isLook: Int.random(in: 0...3, using: &random) == 0)
  }

  private mutating func tonight() -> Tonight {
    let event = Event(id: random.text(), name: random.text(), startsAt: date(), endsAt: date())
    let all: [Tonight] = [
      .chosen(event), .none(.notChosen), .none(.noneTonight),
      .none(.several(Array(repeating: event, count: random.integer() % 20))),
      .none(.unreachable), .none(.ended(event)),
    ]
    return all.randomElement(using: &random)!
  }

  private mutating func date() -> Date {
    let offsets: [TimeInterval] = [0, 30, -30, 5000, -5000, 1e9, -4e9, 1e18]
    return now.wall.addingTimeInterval(offsets.randomElement(using: &random)!)
  }
}

extension SplitMix64 {
  /// Mostly small, sometimes as large as it gets.
  fileprivate mutating func integer() -> Int {
    [0, 1, 2, 4, 12, 400, 1_000_000, Int.max].randomElement(using: &self)!
  }

  fileprivate mutating func text() -> String {
    let pieces = [
      "A", "z9", " ", "García", "王小明", "🍾", "👨‍👩‍👧", "e\u{301}\u{302}\u{303}\u{304}", "מיכל",
      "\u{202E}", "\u{1B}[2J", "\n", "\u{0}", "\u{301}", "ß", "ﷺ", "½", "\u{1160}", "한", "Ａ",
      "\u{10FFFF}", "AVERYLONGWORDWITHOUTANYBLANKINITATALL",
    ]
    let count = Int.random(in: 0...(Bool.random(using: &self) ? 4 : 40), using: &self)
    return (0..<count).map { _ in pieces.randomElement(using: &self)! }.joined()
  }
}
