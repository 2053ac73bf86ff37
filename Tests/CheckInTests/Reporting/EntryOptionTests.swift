import Admission
import CheckIn
import FoundationEssentials
import Testing

/// The matching rate option's id, if any (FourvenuesAPI: Endpoints).
struct EntryOptionTests {
  private func option(
    _ id: String, from: TimeInterval? = nil, until: TimeInterval? = nil
  ) -> RateOption {
    RateOption(id: id, price: 10, from: from, until: until)
  }

  private var rates: [Rate] {
    [
      Rate(id: "other", name: "VIP", options: [option("vip")]),
      Rate(
        id: "general", name: "Général",
        options: [
          option("early", from: -3600, until: 0), option("", from: 0, until: 9000),
          option("first", from: 0, until: 3600), option("second", from: 1800, until: 7200),
          option("faulty", from: 9000, until: 9000),
        ]),
      Rate(id: "bare", name: "Bare", options: []),
      Rate(id: "mixed", name: "Mixed", options: [option("late", from: 60), option("always")]),
    ]
  }

  @Test(
    arguments: [
      (-3601, nil), (-3600, "early"), (-1, "early"), (0, "first"), (1800, "first"),
      (3599.5, "first"), (3600, "second"), (7199, "second"), (7200, nil),
      (9000, nil), (nil, nil),
    ] as [(TimeInterval?, String?)])
  func `The first option that holds now`(elapsed: TimeInterval?, id: String?) {
    for pass in [pass(typeID: "general"), pass(typeName: "GENERAL")] {
      #expect(EntryReport.optionID(for: pass, rates: rates, at: elapsed) == id)
    }
  }

  @Test func `Where nothing matches there is none`() {
    #expect(EntryReport.optionID(for: pass(), rates: rates, at: 0) == nil)
    #expect(EntryReport.optionID(for: pass(typeID: "none"), rates: rates, at: 0) == nil)
    #expect(EntryReport.optionID(for: pass(typeID: "bare"), rates: rates, at: 0) == nil)
    #expect(EntryReport.optionID(for: pass(typeID: "general"), rates: nil, at: 0) == nil)
    #expect(EntryReport.optionID(for: pass(typeID: "general"), rates: [], at: 0) == nil)
  }

  @Test func `Without the event's start only an option without a window holds`() {
    #expect(EntryReport.optionID(for: pass(typeID: "mixed"), rates: rates, at: nil) == "always")
    #expect(EntryReport.optionID(for: pass(typeID: "mixed"), rates: rates, at: 60) == "late")
  }

  private func pass(typeID: String? = nil, typeName: String? = nil) -> Pass {
    Pass(
      id: "p", code: "CODE", typeID: typeID, typeName: typeName, state: "activated", usages: [])
  }
}
