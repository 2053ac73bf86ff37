import Admission
import DoorScreen
import Formatting
import Foundation

extension Night {
  /// The vendor's sample: 10 euros from the event's start, for seven and a half hours.
  static let sampleRate = rate("General Access", [option(10, 0, 27_000, "Valid only for erasmus.")])

  static func rate(_ name: String, people: Int? = 1, _ options: [RateOption]) -> Rate {
    Rate(id: "r-\(name)", eventID: "ev1", name: name, beneficiaries: people, options: options)
  }

  /// A window in seconds from the event's start.
  static func option(
    _ price: Decimal, _ from: TimeInterval?, _ until: TimeInterval?, _ information: String? = nil,
    content: String? = nil
  ) -> RateOption {
    RateOption(
      id: "o\(price)", information: information, price: price, content: content, from: from,
      until: until)
  }

  /// A price list with everything that can be in one. The event began at 22:59.
  static let rates: [Rate] = [
    sampleRate,
    rate(
      "Guest list",
      [
        option(0, -3600, 3600, "Before midnight", content: "1 drink"),
        option(15, 3600, 7200, "After midnight"),
      ]),
    rate("VIP table", people: 6, [option(120, 0, nil, "Bottle included", content: "1 bottle")]),
    rate("Early bird", [option(8, -20 * 86_400, -3600)]),
    rate("Late door", [option(20, 10_800, 27_000, "From two o'clock on, no re-entry")]),
    rate("Staff", people: nil, [option(0, nil, nil)]),
    rate("Mistyped", [option(5, 7200, 3600, "Ends before it begins")]),
    rate("Empty", []),
  ]

  /// What a pass of a rate shows.
  static func outcome(_ reason: Reason, rate: Rate, count: HeadCount? = nil) -> Outcome {
    outcome(reason, count: count, pass: pass(type: rate.name), rate: rate)
  }

  static func collecting() -> ScreenSetup {
    var setup = setup()
    setup.collectAtDoor = PassKind.allCases
    return setup
  }
}

/// Tonight's prices, beside a pass and as a page.
extension Scene {
  static let rates: [Scene] =
    [
      beside("rate-holds", Night.outcome(.valid, rate: Night.sampleRate), sizes: allSizes),
      beside("rate-two-hold", Night.outcome(.valid, rate: twoHold)),
      beside("rate-not-yet", Night.outcome(.valid, rate: Night.rates[4])),
      beside("rate-ended", Night.outcome(.alreadyUsed, rate: Night.rates[3])),
      beside("rate-too-early", Night.outcome(.tooEarly, rate: Night.rates[4])),
      beside(
        "rate-old", Night.outcome(.valid, rate: Night.sampleRate),
        list: .night(.rates(Night.rates, asOf: Night.at(hours: -0.6), isStale: true))),
      beside(
        "rates-unknown", Night.outcome(.valid), list: .night(.rates(nil, asOf: nil, isStale: false))
      ),
      beside(
        "collect", Night.outcome(.valid, rate: Night.sampleRate), setup: Night.collecting(),
        sizes: allSizes),
      beside(
        "collect-nothing", Night.outcome(.valid, rate: Night.rates[5]), setup: Night.collecting()),
      beside(
        "collect-from-the-rest-of-a-group",
        Night.outcome(
          .valid, rate: twoHold, count: HeadCount(allowed: 4, used: 1, admitted: 3)),
        setup: Night.collecting()),
      beside(
        "collect-unknown", Night.outcome(.valid, rate: Night.rates[3]), setup: Night.collecting()),
    ]
    + [
      Scene(name: "rates-page", state: page(), sizes: allSizes),
      Scene(name: "rates-page-scrolled", state: page(keys: [.pageDown, .down])),
      Scene(
        name: "rates-page-sample",
        state: page(
          .night(.rates([Night.sampleRate], asOf: Night.at(hours: -0.02), isStale: false)))),
      Scene(
        name: "rates-page-old",
        state: page(.night(.rates(Night.rates, asOf: Night.at(hours: -0.6), isStale: true)))),
      Scene(
        name: "rates-page-without-start",
        state: page(tonight: .chosen(Event(id: "ev1", name: "Noche de Luna")))),
      Scene(
        name: "rates-page-unknown", state: page(.night(.rates(nil, asOf: nil, isStale: false)))),
      Scene(
        name: "rates-page-hostile",
        state: page(
          .night(
            .rates(
              [
                Night.rate(
                  "A\u{1B}[2J\u{202E} rate with a very long name that does not fit in any column",
                  people: 12,
                  [
                    Night.option(
                      12_345.678, 0, 9000,
                      "\u{7}Information that goes on for longer than any screen is wide, and then on",
                      content: "王小明的酒")
                  ]),
                Night.rate("\u{200B}", people: nil, [Night.option(1, nil, 1, "\n")]),
              ], asOf: nil, isStale: false)))),
      Scene(
        name: "rates-page-over-verdict",
        state: page(before: { $0.scan(Night.outcome(.alreadyUsed)) })),
      Scene(name: "rates-page-ascii", state: page(), charset: .ascii),
    ]

  private static let twoHold = Night.rate(
    "VIP table", [Night.option(10, 0, 10_800, "Students"), Night.option(15.5, nil, nil)])

  private static func beside(
    _ name: String, _ outcome: Outcome, setup: ScreenSetup = Night.setup(),
    list: DoorEvent = .night(.rates(Night.rates, asOf: Night.now.wall, isStale: false)),
    sizes: [Size] = usualSizes
  ) -> Scene {
    var state = Night.state(setup: setup)
    state.take(list)
    state.scan(outcome)
    return Scene(name: name, state: state, sizes: sizes)
  }

  private static func page(
    _ list: DoorEvent = .night(.rates(Night.rates, asOf: Night.at(hours: -0.02), isStale: false)),
    tonight: Tonight = .chosen(Night.event), keys: [DoorKey] = [],
    before: (inout DoorState) -> Void = { _ in }
  ) -> DoorState {
    var state = Night.state(tonight: tonight)
    state.take(list)
    before(&state)
    for key in [.function(2)] + keys { state.take(.key(key)) }
    return state
  }
}
