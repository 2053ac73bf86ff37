extension Settings {
  /// What doors of the same event should have in common, as one text: a line such as
  /// `rules.hours: enforce` for each rule that is not the default, in the table's order. A newer
  /// version with a rule more says the same until somebody sets it.
  package var sharedRules: String {
    ConfigurationKey.all.filter(\.isSharedRule).compactMap { key in
      let value = key.spelling(in: self)
      return value == key.defaultSpelling ? nil : "\(key.name): \(value ?? "")"
    }.joined(separator: "\n")
  }
}

extension ConfigurationKey {
  /// The kinds and types that a door takes are its own: that is what several entrances are for.
  fileprivate var isSharedRule: Bool {
    section == "rules" || name == "door.organization_id" || name == "door.capacity"
  }
}
