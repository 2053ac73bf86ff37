import DoorScreen

/// Puts values into settings, in order, and checks what only several of them together can get
/// wrong.
struct GivenValuesCheck {
  private(set) var problems: [ConfigurationProblem] = []
  /// Of the values that count.
  private var places: [String: ConfigurationPlace] = [:]
  /// Keys with a value that was refused: about them nothing more is said.
  private var refused: Set<String> = []

  /// - Parameter isComplete: false where a source could not be read, so that what seems to be
  ///   missing may be there.
  init(_ given: [GivenValue], isComplete: Bool, settings: inout Settings) {
    for value in given {
      places[value.key.name] = value.place
      if let problem = value.assign(to: &settings) {
        problems.append(problem)
        refused.insert(value.key.name)
      }
    }
    checkHours(settings.event)
    if isComplete {
      checkScheme()
      checkPIN(settings.kiosk)
    }
  }

  private mutating func checkHours(_ event: Settings.Event) {
    let names = ["event.starts_at", "event.ends_at"]
    guard let start = event.startsAt, let end = event.endsAt, end <= start,
      refused.isDisjoint(with: names)
    else { return }
    complain(at: names[1], "must be later than \"event.starts_at\"")
  }

  /// The older scheme is two secrets; one alone opens nothing, and was meant to.
  private mutating func checkScheme() {
    let pair = ["fourvenues.integration_id", "fourvenues.secret"]
    guard refused.isDisjoint(with: pair) else { return }
    for (present, missing) in [(pair[0], pair[1]), (pair[1], pair[0])]
    where places[present] != nil && places[missing] == nil {
      complain(at: present, "needs \"\(missing)\" too, which is missing")
    }
  }

  /// Without a PIN nobody leaves, which may be meant; but what only a PIN allows could never be done.
  private mutating func checkPIN(_ kiosk: Settings.Kiosk) {
    guard kiosk.isEnabled, kiosk.pinHash == nil, kiosk.pinFor.contains(where: { $0 != .leave }),
      refused.isDisjoint(with: ["kiosk.pin_hash", "kiosk.pin_for"])
    else { return }
    complain(
      at: "kiosk.pin_for",
      "needs \"kiosk.pin_hash\" too, which is missing; \"doorcheck pin\" makes it")
  }

  private mutating func complain(at name: String, _ text: String) {
    problems.append(ConfigurationProblem(place: places[name], text: "\"\(name)\" \(text)"))
  }
}
