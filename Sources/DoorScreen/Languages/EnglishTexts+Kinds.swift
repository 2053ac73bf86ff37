import Admission
import Formatting

/// What the kinds of code are called, and what is said of them: a new kind is a row in `words`.
extension EnglishTexts {
  func words(_ kind: PassKind) -> KindWords {
    switch kind {
    case .pass: KindWords("Pass", one: "a pass", many: "passes")
    case .ticket: KindWords("Ticket", one: "a ticket", many: "tickets")
    case .list: KindWords("List", one: "a guest-list code", many: "list codes")
    case .booking: KindWords("Booking", one: "a booking", many: "bookings")
    }
  }

  /// "Scan a pass" is kept for scripts (Contract: Kept stable for tests and scripts).
  func scanOne(of kinds: String) -> String {
    kinds.hasPrefix("a pass") ? "Scan \(kinds)" : "Scan a pass: \(kinds)"
  }
  func storing(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "storing \(done) of \($0) \(kinds)" } ?? "storing \(kinds): \(done)"
  }
  func storingBriefly(_ done: Int, of total: Int?, _ kinds: String) -> String {
    total.map { "\(done)/\($0)" } ?? "\(kinds): \(done)"
  }
  func stored(counts: String, age: String?) -> String {
    "stored: \(counts)" + (age.map { ", \($0) old" } ?? "")
  }
  func codes(_ count: Int) -> String { "\(count) codes" }
  func preloadForbidden(_ kinds: String) -> [String] {
    [
      "This key may not list \(kinds): only those already seen are stored",
      "Only \(kinds) seen are stored", "Only codes seen are stored",
    ]
  }
  func notAmong(codes: Int, storedAt time: String) -> String {
    "not among the \(codes) codes stored at \(time)"
  }

  func unknownCode(_ kinds: String) -> String {
    // An article follows no "no such".
    "no such " + kinds.split(separator: " ").filter { $0 != "a" }.joined(separator: " ")
  }
  func askWhether(_ kinds: String) -> String { "is it \(kinds)?" }
  func state(_ state: KnownState, of kind: KindWords) -> String {
    switch state {
    case .cancelled: "cancelled"
    case .pending: "pending"
    case .refunded: "refunded"
    case .rejected: "rejected"
    case .released: "released"
    case .removed: "no longer on the list"
    }
  }
  func notActive(_ kind: KindWords, state: String) -> String {
    "\(kind.name.lowercased()) not active: \(state)"
  }
  var givesNoEntry: String { "Gives no entry" }

  func checkAge(_ years: Int) -> String { "ID: \(years)+" }
  func expected(at time: String) -> String { "expected \(time)" }
  func extras(_ labels: String) -> String { "Extras: \(labels)" }
  func privateNote(_ note: String) -> String { "Private: \(note)" }
  func audience(_ audience: RateOption.Audience) -> String? {
    switch audience {
    case .everybody: nil
    case .women: "women"
    case .men: "men"
    }
  }
  func perPerson(_ amount: String) -> String { "\(amount) per person" }
}
