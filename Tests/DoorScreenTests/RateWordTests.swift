import Admission
import DoorScreen
import Formatting
import Foundation
import Testing

/// Prices and their hours, as each language writes them.
@Suite struct RateWordTests {
  @Test(arguments: [
    (Language.spanish, "EUR", "10,50 €"), (.french, "EUR", "10,50 €"), (.italian, "EUR", "10,50 €"),
    (.portuguese, "EUR", "10,50 €"), (.portuguese, "BRL", "R$ 10,50"), (.spanish, "USD", "10,50 $"),
    (.italian, "CHF", "10,50 CHF"), (.spanish, "CLP", "11 CLP"),
  ])
  func `Prices are written as the language writes them`(
    _ language: Language, currency: String, text: String
  ) {
    #expect(PriceFormat(currency: currency, language: language).text(10.5) == text)
  }

  /// With its article, and another preposition where the date stands before it. The rate begins so
  /// many hours after the event, at 22:59 on 7 March.
  @Test(arguments: [
    (Language.spanish, 0, "Tarifa: 10,00 € desde las 22:59"),
    (.spanish, 3, "Tarifa: 10,00 € desde la 01:59"),
    (.spanish, 48, "Tarifa: 10,00 € desde el 9 mar 22:59"),
    (.french, 0, "Tarif : 10,00 € à partir de 22:59"),
    (.french, 48, "Tarif : 10,00 € à partir du 9 mars 22:59"),
    (.italian, 0, "Tariffa: 10,00 € dalle 22:59"),
    (.italian, 24, "Tariffa: 10,00 € dall'8 mar 22:59"),
    (.italian, 48, "Tariffa: 10,00 € dal 9 mar 22:59"),
    (.portuguese, 0, "Tarifa: 10,00 € a partir das 22:59"),
    (.portuguese, 3, "Tarifa: 10,00 € a partir da 01:59"),
    (.portuguese, 48, "Tarifa: 10,00 € a partir de 9 mar 22:59"),
  ])
  func `A price says from when it holds`(_ language: Language, hours: Int, text: String) {
    let rate = Night.rate("R", [Night.option(10, TimeInterval(hours) * 3600, nil)])
    expect(text, ofRate: rate, at: Night.at(hours: -1), language)
  }

  @Test(arguments: [
    (Language.spanish, 3, "Tarifa: 10,00 € hasta la 01:59"),
    (.spanish, 48, "Tarifa: 10,00 € hasta el 9 mar 22:59"),
    (.french, 3, "Tarif : 10,00 € jusqu'à 01:59"),
    (.french, 48, "Tarif : 10,00 € jusqu'au 9 mars 22:59"),
    (.italian, 3, "Tariffa: 10,00 € fino alle 01:59"),
    (.italian, 24, "Tariffa: 10,00 € fino all'8 mar 22:59"),
    (.portuguese, 3, "Tarifa: 10,00 € até à 01:59"),
    (.portuguese, 4, "Tarifa: 10,00 € até às 02:59"),
    (.portuguese, 48, "Tarifa: 10,00 € até 9 mar 22:59"),
  ])
  func `A price says until when it holds`(_ language: Language, hours: Int, text: String) {
    let rate = Night.rate("R", [Night.option(10, nil, TimeInterval(hours) * 3600)])
    expect(text, ofRate: rate, at: Night.now.wall, language)
  }

  @Test(arguments: [
    (Language.spanish, -1, "Tarifa: terminó a las 21:59"),
    (.spanish, -48, "Tarifa: terminó el 5 mar 22:59"),
    (.french, -1, "Tarif : terminé à 21:59"), (.french, -48, "Tarif : terminé le 5 mars 22:59"),
    (.italian, -1, "Tariffa: finita alle 21:59"), (.italian, -48, "Tariffa: finita il 5 mar 22:59"),
    (.portuguese, -1, "Tarifa: terminou às 21:59"),
    (.portuguese, -48, "Tarifa: terminou a 5 mar 22:59"),
  ])
  func `A price says when it ended`(_ language: Language, hours: Int, text: String) {
    let rate = Night.rate("R", [Night.option(10, nil, TimeInterval(hours) * 3600)])
    expect(text, ofRate: rate, at: Night.now.wall, language)
  }

  private func expect(_ text: String, ofRate rate: Rate, at now: Date, _ language: Language) {
    var setup = Night.collecting()
    setup.language = language
    var state = Night.state(setup: setup)
    var outcome = Night.outcome(.valid, rate: rate)
    outcome.at = now
    state.scan(outcome)
    let frame = state.seen(columns: 100, rows: 30)
    #expect(frame.lines.contains { $0.contains("\(text) ") }, "\(frame.text)")
  }
}
