package import Admission
package import CheckIn
package import FoundationEssentials

/// The doors' journal, and how they are.
extension PostgresLedger {
  package func lastLine(of doorID: String) async throws(LedgerError) -> Int64 {
    let answer = try await ask(.run(BackgroundStatements.lastLine, [Statement.value(doorID)]))
    return Int64(answer.count)
  }

  package func deliver(
    _ lines: [LedgerLine], of doorID: String
  ) async throws(LedgerError) {
    guard let last = lines.map(\.number).max() else { return }
    let door = Statement.value(doorID)
    var statements: [Statement] = [
      .run(BackgroundStatements.beginLines, [door, Statement.value(lines.last?.door)])
    ]
    for line in lines { statements.append(.run(BackgroundStatements.addLine, values(line, door))) }
    statements.append(.run(BackgroundStatements.endLines, [door, Statement.value(last)]))
    _ = try await ask(statements, within: Self.longPatience)
  }

  private func values(_ line: LedgerLine, _ door: String?) -> [String?] {
    typealias S = Statement
    return [
      door, S.value(line.number), S.value(line.at), S.value(line.action), S.value(line.eventID),
      S.value(line.door), S.value(line.code), S.value(line.passType), S.value(line.verdict),
      S.value(line.reason), S.value(line.people), line.admissionID?.rawValue,
    ]
  }

  package func beat(_ door: DoorBeat) async throws(LedgerError) -> TimeInterval {
    let offset = try await background.perform(within: Self.patience) {
      (session, deadline) throws(LedgerError) in
      // The connection and its statements are there by now: the answer takes no longer than the way.
      _ = try session.ask([], until: deadline)
      let asked = Date()
      let answer = try session.ask([.run(BackgroundStatements.now)], until: deadline)
      let answered = Date()
      var columns = ColumnReader(answer.first?.rows.first ?? [])
      guard let now = columns.date() else { throw .refused("no answer") }
      return (asked.timeIntervalSince(now) + answered.timeIntervalSince(now)) / 2
    }
    _ = try await ask(
      .run(
        BackgroundStatements.beat,
        [
          Statement.value(door.id), Statement.value(door.name), Statement.value(door.eventID),
          Statement.value(door.rules), Statement.value(door.version),
          Statement.value(door.isEnding), Statement.value(door.isAlone), Statement.value(offset),
          door.direction.rawValue,
        ]))
    return offset
  }

  package func doors(thisDoor doorID: String?) async throws(LedgerError) -> [DoorOnLedger] {
    let answer = try await ask(.run(BackgroundStatements.doors, [Statement.value(doorID)]))
    return answer.rows.compactMap { row in
      var columns = ColumnReader(row)
      guard let id = columns.text(), let name = columns.text(), let lastSeen = columns.date() else {
        return nil
      }
      var door = DoorOnLedger(
        id: id, name: name, lastSeen: lastSeen, unseen: max(0, columns.seconds() ?? 0),
        people: columns.number() ?? 0, scans: columns.number() ?? 0)
      let hasEnded = columns.flag()
      let isAlone = columns.flag()
      door.state =
        switch true {
        case hasEnded: .ended
        case door.unseen >= DoorOnLedger.silentAfter: .silent
        case isAlone: .alone
        default: .connected
        }
      door.clockOffset = columns.seconds()
      door.eventID = columns.text()
      door.rules = columns.text() ?? ""
      door.direction = columns.text().flatMap(DoorDirection.init) ?? .in
      door.gone = columns.number() ?? 0
      return door
    }
  }
}
