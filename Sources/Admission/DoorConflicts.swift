/// What does not fit among the doors of one ledger. Doors that somebody ended are left out.
package struct DoorConflicts: Sendable, Equatable {
  /// A rule that doors of the same event do not have in common.
  package struct Rule: Sendable, Equatable {
    /// `rules.hours`.
    package var name: String
    /// Which value is which doors', in the order of the doors; nil for the default.
    package var values: [Value]

    package struct Value: Sendable, Equatable {
      package var text: String?
      package var doors: [String]

      package init(_ text: String?, doors: [String]) {
        self.text = text
        self.doors = doors
      }
    }

    package init(name: String, values: [Value]) {
      self.name = name
      self.values = values
    }
  }

  /// Names that more than one door has, sorted.
  package var sharedNames: [String]
  /// Of each event, sorted by name.
  package var rules: [Rule]

  package init(among doors: [DoorOnLedger]) {
    let present = doors.filter { $0.state != .ended }
    sharedNames = Dictionary(grouping: present, by: \.name)
      .filter { $0.value.count > 1 }.map(\.key).sorted()
    let events = Set(present.compactMap(\.eventID)).sorted()
    rules = events.flatMap { event in
      Self.differences(among: present.filter { $0.eventID == event })
    }
  }

  package var isEmpty: Bool { sharedNames.isEmpty && rules.isEmpty }

  /// - Parameter doors: of one event.
  private static func differences(among doors: [DoorOnLedger]) -> [Rule] {
    let told = doors.map { (name: $0.name, rules: values(in: $0.rules)) }
    let names = Set(told.flatMap(\.rules.keys)).sorted()
    return names.compactMap { name in
      var values: [Rule.Value] = []
      for door in told {
        let text = door.rules[name]
        if let index = values.firstIndex(where: { $0.text == text }) {
          values[index].doors.append(door.name)
        } else {
          values.append(Rule.Value(text, doors: [door.name]))
        }
      }
      return values.count > 1 ? Rule(name: name, values: values) : nil
    }
  }

  /// A line holds a rule's name, a colon and its value; what is not told is the default.
  private static func values(in rules: String) -> [String: String] {
    let lines = rules.split(separator: "\n").map { line in
      let name = line.prefix { $0 != ":" }
      return (String(name), String(line.dropFirst(name.count + 1).drop { $0 == " " }))
    }
    return Dictionary(lines) { _, last in last }
  }
}
