/// Who was checked in through the API while the venue runs.
struct CheckInBook: Sendable {
  private(set) var calls: [SandboxCheckIn] = []
  private var countedIn: [Visit: Count] = [:]
  private var entries = EntryBook()

  private struct Visit: Hashable {
    let passID: String
    let eventID: String
  }

  private struct Count {
    var women = 0
    var men = 0
    var others = 0
    /// Unix seconds of the first call.
    var since: Int
  }

  /// Notes a call about what is no pass.
  /// - Parameter id: the entry's; nil where nobody was counted in.
  mutating func record(_ call: SandboxCheckIn, entryID id: String?) {
    calls.append(call)
    if call.status == 200, let id { entries.record(call, entryID: id) }
  }

  func updated(_ entry: SandboxEntry) -> SandboxEntry { entries.updated(entry) }

  mutating func record(_ call: SandboxCheckIn) {
    calls.append(call)
    guard call.status == 200, let eventID = call.eventID else { return }
    let visit = Visit(passID: call.passID, eventID: eventID)
    var count = countedIn[visit] ?? Count(since: Int(call.at))
    for entry in call.entries {
      count.women += entry.women
      count.men += entry.men
      count.others += entry.noGender
    }
    countedIn[visit] = count
  }

  /// The pass as a look-up shows it now. More people than it may bring are shown as they were
  /// reported; of several usages for an event, each fills up before the next.
  func updated(_ pass: SandboxPass) -> SandboxPass {
    guard !countedIn.isEmpty else { return pass }
    var pass = pass
    for eventID in Set(pass.usages.map(\.eventID)) {
      guard let count = countedIn[Visit(passID: pass.id, eventID: eventID)] else { continue }
      fill(&pass, at: eventID, with: count)
    }
    return pass
  }

  private func fill(_ pass: inout SandboxPass, at eventID: String, with count: Count) {
    let rows = pass.usages.indices.filter { pass.usages[$0].eventID == eventID }
    guard let last = rows.last else { return }
    var (women, men, others) = (count.women, count.men, count.others)
    func seat(_ people: inout Int, _ room: inout Int) -> Int {
      let seated = min(people, room)
      people -= seated
      room -= seated
      return seated
    }
    for row in rows {
      let peopleIn = pass.usages[row].peopleIn
      var room = row == last ? Int.max : max(0, pass.usages[row].beneficiaries - peopleIn)
      let females = seat(&women, &room)
      let males = seat(&men, &room)
      let rest = seat(&others, &room)
      guard females + males + rest > 0 else { continue }
      if !pass.usages[row].checkedIn { pass.usages[row].usageTime = count.since }
      pass.usages[row].usageBeneficiaries = peopleIn + females + males + rest
      pass.usages[row].usageFemales += females
      pass.usages[row].usageMales += males
      pass.usages[row].usageOthers += rest
      pass.usages[row].checkedIn = true
    }
  }
}
