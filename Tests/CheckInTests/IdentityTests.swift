import Admission
import CheckIn
import FoundationEssentials
import Testing

/// What memory goes on from where the store does not: the same identity as in the store.
@Suite(.timeLimit(.minutes(1))) struct IdentityTests {
  @Test(arguments: [
    ("1", "AAAA", "1", "BBBB", true), ("1", "AAAA", "2", "aaaa", true),
    ("", "AAAA", "", "AAAA", true),
    ("", "AAAA", "2", "AAAA", true), ("", "AAAA", "", "BBBB", false),
    ("1", "KKKK", "2", "\u{212A}KKK", false), ("K", "AAAA", "\u{212A}", "BBBB", false),
    ("AAAA", "CCCC", "2", "AAAA", false),
  ])
  func `An admission counts for its pass and for its code`(
    firstID: String, firstCode: String, id: String, code: String, isSame: Bool
  ) async {
    for isByHand in [false, true] {
      let ledger = RecordingLedger(store: nil)
      if isByHand {
        _ = await ledger.admit(
          byHand: HandAdmission(passID: firstID, reason: .notActive, scan: scan(firstCode)))
      } else {
        _ = await ledger.admit(entry(firstID, firstCode), judge: admitOne)
      }
      let before = await ledger.admit(entry(id, code), judge: admitOne).before
      #expect(before.people == (isSame ? 1 : 0))
    }
  }

  @Test func `What counts for both is counted once, and nothing through a third`() async {
    let ledger = RecordingLedger(store: nil)
    for (id, code) in [("1", "AAAA"), ("1", "BBBB"), ("2", "AAAA")] {
      _ = await ledger.admit(entry(id, code), judge: admitOne)
    }
    func before(_ id: String, _ code: String) async -> Int {
      await ledger.earlierAdmissions(
        of: PassAtEvent(id: id, eventID: "e", code: code),
        answeredAt: Date(timeIntervalSince1970: 0)
      ).people
    }
    #expect(await before("1", "AAAA") == 3)
    #expect(await before("1", "BBBB") == 2)
    #expect(await before("2", "AAAA") == 2)
    #expect(await before("3", "BBBB") == 1)
  }

  private func entry(_ id: String, _ code: String) -> AdmissionEntry {
    AdmissionEntry(
      passID: id, eventID: "e", answeredAt: Date(timeIntervalSince1970: 0), scan: scan(code))
  }

  private let admitOne: @Sendable (EarlierAdmissions) -> Decision = { before in
    Decision(
      reason: .valid,
      count: HeadCount(allowed: before.people + 1, used: before.people).admitting(1))
  }
}
