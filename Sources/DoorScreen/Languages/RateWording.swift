package import Admission
package import Formatting
import FoundationEssentials

/// Rates in words: prices, windows and what to collect.
struct RateWording {
  let texts: any Texts
  let time: LocalTime
  let prices: PriceFormat
  let clock: RateClock

  /// A rate beside a pass: what holds now, else what comes next, else that it is over.
  /// - oldSince: from when the price list is, where it could not be fetched anew since.
  func line(_ rate: Rate, oldSince: Date?) -> String {
    texts.rate(offers(rate), asOf: oldSince.map(shown))
  }

  private func offers(_ rate: Rate) -> String {
    let held = clock.held(rate)
    if !held.isEmpty { return held.map(offer).joined(separator: " · ") }
    if let next = clock.next(rate) { return offer(next) }
    if let end = clock.end(rate) { return texts.rateEnded(shown(end)) }
    let open = rate.options.filter { clock.phase($0) == nil }
    return open.isEmpty ? texts.noValidPrice : open.map(offer).joined(separator: " · ")
  }

  /// What to collect for a pass of this rate.
  /// - Parameters:
  ///   - people: who come in now.
  ///   - someAreIn: somebody on the pass came in before, and may have paid for it.
  func collection(_ rate: Rate, people: Int, someAreIn: Bool) -> String {
    var held: [RateOption] = []
    for option in clock.held(rate)
    where !held.contains(where: { $0.price == option.price && $0.audience == option.audience }) {
      held.append(option)
    }
    guard !held.isEmpty else { return texts.collectUnknown }
    let audiences = Set(held.map(\.audience))
    let isForAll = audiences.contains(.everybody) || audiences.isSuperset(of: [.women, .men])
    if isForAll, held.allSatisfy({ $0.price == 0 }) { return texts.nothingToCollect }
    if audiences != [.everybody] { return texts.collect(forSome(held), unlessPaid: false) }
    let amounts = held.map { prices.text($0.price) }.joined(separator: " \(texts.or) ")
    // Who comes now on a guest list has not paid with those before.
    guard rate.isPerPerson else { return texts.collect(amounts, unlessPaid: someAreIn) }
    return texts.collect(people > 1 ? texts.perPerson(amounts) : amounts, unlessPaid: false)
  }

  /// "15 €, women 10 €": nobody's gender is guessed, so staff see both.
  private func forSome(_ held: [RateOption]) -> String {
    held.map { option in
      [texts.audience(option.audience), prices.text(option.price, isBrief: true)]
        .compactMap(\.self).joined(separator: " ")
    }.joined(separator: ", ")
  }

  /// Price, the end of its window that lies ahead, and its information.
  private func offer(_ option: RateOption) -> String {
    var offer = prices.text(option.price)
    switch clock.phase(option) {
    case .holds:
      if let until = clock.date(option.until) { offer += " \(texts.until(shown(until)))" }
    case .notYet: if let from = clock.date(option.from) { offer += " \(texts.from(shown(from)))" }
    case nil: offer += " \(window(option))"
    case .over, .faulty: break
    }
    if let terms = terms(option) { offer += " (\(terms))" }
    let information = DisplayText.cleaned(option.information ?? "")
    return information.contains { $0 != " " } ? "\(offer). \(information)" : offer
  }

  func terms(_ option: RateOption) -> String? { texts.terms(option) }

  /// The whole window, on the clock where the event's start is known.
  func window(_ option: RateOption) -> String {
    switch bounds(of: option) {
    case (nil, nil): texts.always
    case (let from?, nil): texts.from(from)
    case (nil, let until?): texts.until(until)
    case (let from?, let until?):
      clock.start == nil ? texts.fromTo(from, until) : "\(from)–\(until)"
    }
  }

  /// The window in fewer cells; an open side stays empty.
  func briefWindow(_ option: RateOption) -> String {
    let (from, until) = bounds(of: option)
    return from == nil && until == nil ? texts.always : "\(from ?? "")–\(until ?? "")"
  }

  private func bounds(of option: RateOption) -> (from: String?, until: String?) {
    let dates = (clock.date(option.from), clock.date(option.until))
    let isDated = [dates.0, dates.1].contains { $0.map(isOfThisNight) == false }
    func text(_ date: Date?, _ offset: TimeInterval?) -> String? {
      date.map { shown($0, isDated: isDated) } ?? offset.map(relative)
    }
    return (text(dates.0, option.from), text(dates.1, option.until))
  }

  /// A time of day, with its date where it is not of this night.
  func shown(_ date: Date) -> String { shown(date, isDated: !isOfThisNight(date)) }

  private func shown(_ date: Date, isDated: Bool) -> String {
    isDated ? time.dayAndMinutes(date, months: texts.months) : time.minutes(date)
  }

  /// Judged from the event's start, so that it does not change while one looks.
  private func isOfThisNight(_ date: Date) -> Bool {
    clock.start.map { abs(date.timeIntervalSince($0)) < 20 * 3600 } ?? true
  }

  /// Hours and minutes from the event's start: `+7:30`.
  private func relative(_ offset: TimeInterval) -> String {
    guard offset.isFinite, abs(offset) < 1e9 else { return "?" }
    let minutes = Int(abs(offset) / 60)
    let rest = minutes % 60
    return "\(offset < 0 ? "-" : "+")\(minutes / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension Texts {
  /// For whom an option is: "18+, women"; nil where it is for anybody.
  func terms(_ option: RateOption) -> String? {
    let age = option.minimumAge.flatMap { $0 > 0 ? "\($0)+" : nil }
    let terms = [age, audience(option.audience)].compactMap(\.self)
    return terms.isEmpty ? nil : terms.joined(separator: ", ")
  }
}

/// For whom a rate's option is, as `rates` prints it: "18+, women"; nil where it is for anybody.
package func terms(of option: RateOption, language: Language) -> String? {
  language.texts.terms(option)
}

/// What stands above the rates of one kind where there are several.
package func heading(of kind: PassKind, language: Language) -> String {
  language.texts.words(kind).name
}
