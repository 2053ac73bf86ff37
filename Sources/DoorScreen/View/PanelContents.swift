import Admission
import Formatting
import FoundationEssentials

/// Puts into words what the panel is about.
struct PanelContents {
  let setup: ScreenSetup
  let texts: any Texts

  let priceList: PriceList
  let storedPasses: StoredPasses
  private let full: FullHouse?

  /// More would be read by nobody: F4 lists them.
  private static let mostOffered = 3
  /// In columns.
  private static let widestOfferedName = 20

  init(
    _ setup: ScreenSetup, priceList: PriceList, storedPasses: StoredPasses = StoredPasses(),
    full: FullHouse? = nil
  ) {
    self.setup = setup
    self.priceList = priceList
    self.storedPasses = storedPasses
    self.full = full
    texts = setup.language.texts
  }

  func verdict(_ shown: ShownVerdict, waiting: Int) -> PanelContent {
    switch shown.manner {
    case .scan: scanned(shown, waiting: waiting)
    case .look: looked(shown, waiting: waiting)
    case .byHand: letIn(shown, waiting: waiting)
    }
  }

  private func scanned(_ shown: ShownVerdict, waiting: Int) -> PanelContent {
    var outcome = shown.outcome
    outcome.decision = shown.decision
    let face = VerdictFace(outcome, texts: texts)
    let people = outcome.verdict == .admit ? outcome.count?.admitted ?? 1 : 0
    let number = Self.numberBesideWord(of: outcome)
    let word = number.map { texts.group(face.words[0], people: $0) } ?? face.words[0]
    var lines = lines(of: outcome, people: people, tries: shown.tries)
    if outcome.verdict == .admit, let full {
      let text = texts.full(full)[0]
      lines.insert(.init(topic: .collect, text: text, isBold: true, bar: .unverified), at: 0)
    }
    if let offers = offers(shown) {
      // What was typed is no help once it is known to be nobody's.
      lines.removeAll { $0.topic == .name }
      lines.insert(offers, at: min(1, lines.count))
    }
    if outcome.isRecordedLate { lines.append(late) }
    if shown.correctable != nil {
      let keys = outcome.verdict == .out ? texts.howManyLeftKeys : texts.howManyKeys
      lines.append(PanelContent.Line(topic: .hint, text: keys))
    }
    return PanelContent(
      role: face.role, place: face.place, words: face.blockWords(people: number),
      subtitles: subtitles(of: outcome), headline: "\(face.symbol) \(word)", lines: lines,
      mark: mark(of: shown, waiting: waiting))
  }

  /// Where several come in, how many. Of those who leave each is counted, so one is said, too.
  private static func numberBesideWord(of outcome: Outcome) -> Int? {
    switch outcome.verdict {
    case .admit: outcome.count.flatMap { $0.admitted > 1 ? $0.admitted : nil }
    case .out: outcome.decision.people > 0 ? outcome.decision.people : nil
    case .refuse, .unverified: nil
    }
  }

  /// Whose code may have been meant.
  private func offers(_ shown: ShownVerdict) -> PanelContent.Line? {
    guard !shown.nearMisses.isEmpty else { return nil }
    let some = shown.nearMisses.prefix(Self.mostOffered)
    var offers = some.map { pass -> String in
      let code = NearMissCode(pass.code, typed: shown.outcome.code).text
      let name = DisplayText.cleaned(pass.customer ?? "")
      guard name.contains(where: { $0 != " " }) else { return texts.isItThis(code) }
      let cut = DisplayText(name).cut(to: Self.widestOfferedName, charset: .unicode)
      return texts.isItThis("\(code), \(cut.string)")
    }
    let others = shown.nearMisses.count - some.count
    if others > 0 { offers.append("+\(others)") }
    return PanelContent.Line(
      topic: .collect, text: "F4\(texts.colon)" + offers.joined(separator: " "), isBold: true,
      bar: .field)
  }

  /// Why the pass is refused, and whose it is where there is room.
  func subtitles(of outcome: Outcome) -> [PanelContent.Subtitle] {
    var subtitles: [PanelContent.Subtitle] = []
    if let word = refusalWord(of: outcome) {
      subtitles.append(.init(words: blockWords([word])))
    }
    let name = BlockName(outcome.pass?.customer ?? "")
    if !name.forms.isEmpty {
      subtitles.append(.init(words: blockWords(name.forms), isOptional: true))
    }
    return subtitles
  }

  /// Neither green nor red: what the first read said stands in words.
  func repeated(_ outcome: Outcome, waiting: Int) -> PanelContent {
    let face = VerdictFace(outcome, texts: texts)
    let time = setup.time.seconds(outcome.at)
    let first =
      switch outcome.verdict {
      case .admit: texts.firstVerdict(word(outcome, face), at: time)
      case .out where outcome.reason == .left:
        texts.firstVerdict(word(outcome, face), at: time)
      case .refuse, .unverified, .out:
        texts.firstVerdict(word(outcome, face), because: reason(of: outcome), at: time)
      }
    return PanelContent(
      role: .neutral, place: .centre,
      words: texts.sameWord.flatMap { word in
        [["=", word, "="], [word]].map(BlockWord.init(parts:))
      },
      headline: "= \(texts.samePass)",
      lines: [
        .init(topic: .reason, text: texts.samePassCountedOnce, isBold: true),
        .init(topic: .name, text: name(of: outcome), isBold: true),
        .init(topic: .nextStep, text: first),
      ] + (friendsLeft(outcome).map { [.init(topic: .people, text: $0, isBold: true)] } ?? []),
      mark: mark(of: outcome, waiting: waiting))
  }

  func lookingUp(_ scan: WaitingScan, others: Int) -> PanelContent {
    var lines = [
      PanelContent.Line(topic: .reason, text: texts.lookingUp, isBold: true),
      PanelContent.Line(topic: .name, text: texts.scan(scan.number, code: shown(scan.code))),
    ]
    if others > 0 { lines.append(.init(topic: .usage, text: texts.moreWaiting(others))) }
    return PanelContent(
      role: scan.isLook ? .look : .neutral, place: .centre, words: blockWords(texts.waitWord),
      headline: texts.waitWord[0], lines: lines)
  }

  /// - Parameter turned: staff made this door what it is not set up to be.
  func idle(
    noEvent: NoEvent?, isKeyRefused: Bool, onlyStoredDecide: Bool = false,
    direction: DoorDirection = .in, isTurned: Bool = false
  ) -> PanelContent {
    let content =
      switch direction {
      case .out where noEvent == nil: idleExit
      case .in, .out:
        idleEntrance(
          noEvent: noEvent, isKeyRefused: isKeyRefused, onlyStoredDecide: onlyStoredDecide)
      }
    guard isTurned else { return content }
    var turned = content
    turned.lines.insert(
      .init(topic: .collect, text: texts.doorIsNow(direction), isBold: true, bar: .unverified),
      at: 0)
    return turned
  }

  private func idleEntrance(
    noEvent: NoEvent?, isKeyRefused: Bool, onlyStoredDecide: Bool
  ) -> PanelContent {
    if let noEvent {
      let explanation = Explanation(
        noEvent, isKeyRefused: isKeyRefused, help: setup.help, texts: texts, time: setup.time)
      return PanelContent(
        role: .neutral, place: .centre, words: blockWords(texts.noEventWord),
        headline: texts.noEvent,
        lines: [
          .init(topic: .reason, text: explanation.sentence.capitalizedFirst, isBold: true),
          .init(topic: .nextStep, text: explanation.nextStep ?? ""),
        ].filter { !$0.text.isEmpty })
    }
    // In few words while the row is needed to say what decides.
    let kinds = onlyStoredDecide ? Array(setup.accepts.prefix(1)) : setup.accepts
    return PanelContent(
      role: .neutral, place: .centre, words: blockWords(texts.readyWord),
      headline: texts.readyWord[0],
      lines: [
        .init(topic: .reason, text: texts.scanOne(of: texts.oneOf(kinds)), isBold: true),
        .init(topic: .nextStep, text: texts.orType),
      ]
        + (onlyStoredDecide
          ? [.init(topic: .stored, text: texts.storedPassesDecide)]
          : storedKinds.map { [.init(topic: .stored, text: $0)] } ?? []))
  }

  /// What stands above the events to choose from.
  func eventPicker() -> PanelContent {
    PanelContent(
      role: .neutral, place: .centre, words: blockWords(texts.whichEventWord),
      headline: texts.severalEvents.uppercased(),
      lines: [
        .init(topic: .reason, text: texts.whichEvent, isBold: true),
        .init(topic: .nextStep, text: texts.pickKeys),
        .init(topic: .hint, text: texts.pickCards),
      ])
  }

  /// The name, or the masked code where no name is known.
  func name(of outcome: Outcome) -> String { customer(of: outcome) ?? shown(outcome.code) }

  /// Nil where no name is known.
  func customer(of outcome: Outcome) -> String? {
    let name = DisplayText.cleaned(outcome.pass?.customer ?? "")
    return name.contains { $0 != " " } ? name : nil
  }

  func reason(of outcome: Outcome) -> String {
    explanation(of: outcome).statement(outcome.verdict)
  }

  /// The verdict's word, with the people who come in where there are several.
  func word(_ outcome: Outcome, _ face: VerdictFace) -> String {
    let number = Self.numberBesideWord(of: outcome)
    return number.map { texts.group(face.words[0], people: $0) } ?? face.words[0]
  }

  /// A code as it may stand on the screen.
  func shown(_ code: String) -> String { masked(code: DisplayText.cleaned(code)) }

  func mark(of shown: ShownVerdict, waiting: Int) -> String {
    var notes: [String] = []
    if shown.correction != nil { notes.append(texts.saving) }
    if shown.repetition == .marked { notes.append(texts.samePass) }
    return (notes + [mark(of: shown.outcome, waiting: waiting)]).joined(separator: " ")
  }

  private func mark(of outcome: Outcome, waiting: Int) -> String {
    waiting > 0 ? "\(texts.waiting(waiting)) #\(outcome.number)" : "#\(outcome.number)"
  }

  func lines(of outcome: Outcome, people: Int, tries: Int = 0) -> [PanelContent.Line] {
    // A green needs none.
    lazy var explanation = self.explanation(of: outcome)
    let remarks = Remarks(outcome, texts: texts, time: setup.time)
    var lines: [PanelContent.Line] = []
    func add(_ topic: PanelContent.Line.Topic, _ text: String?, isBold: Bool = false) {
      guard let text, !text.isEmpty else { return }
      lines.append(PanelContent.Line(topic: topic, text: text, isBold: isBold))
    }
    if people > 0 {
      let before = outcome.count.flatMap { $0.used > 0 ? texts.cameBefore($0.used) : nil }
      let letIn = [texts.letIn(people), before].compactMap(\.self).joined(separator: ", ")
      add(.people, letIn, isBold: true)
    }
    if outcome.verdict == .admit { lines += ages(of: outcome) }
    if let collection = collection(outcome) {
      lines.append(PanelContent.Line(topic: .collect, text: collection, isBold: true, bar: .field))
    }
    if people > 0, let friends = friendsLeft(outcome) {
      lines.append(.init(topic: .collect, text: friends, isBold: true))
    }
    if outcome.verdict == .admit { lines += self.remarks(of: outcome) }
    func addUsage() {
      if let count = outcome.count, count.allowed > 0 { add(.usage, remarks.people(count)) }
      add(.nights, remarks.nights)
    }
    func addPass() {
      add(.name, name(of: outcome), isBold: true)
      add(.type, outcome.pass?.type(among: setup.accepts, texts))
    }
    switch outcome.verdict {
    case .admit:
      add(.reason, backIn(outcome)?.capitalizedFirst, isBold: true)
      addUsage()
      addPass()
      lines += places(of: outcome, withExtras: true)
    case .out:
      if outcome.reason == .nobodyInside {
        add(.reason, explanation.reason.capitalizedFirst, isBold: true)
        add(.people, explanation.particulars?.capitalizedFirst, isBold: true)
        add(.nextStep, explanation.nextStep, isBold: true)
      } else {
        add(.people, whoLeaves(outcome), isBold: true)
      }
      addPass()
    case .refuse:
      var reason = explanation.statement(.refuse)
      if tries > 2 { reason += ", \(texts.tries(tries))" }
      add(.reason, reason.capitalizedFirst, isBold: true)
      add(.name, name(of: outcome), isBold: true)
      let step = explanation.isQuestion ? explanation.particulars : explanation.nextStep
      add(.nextStep, step?.capitalizedFirst, isBold: true)
      // At a wrong door the reason names it.
      if outcome.reason != .wrongDoor {
        add(.type, outcome.pass?.type(among: setup.accepts, texts))
      }
      addUsage()
    case .unverified:
      add(.reason, explanation.reason.capitalizedFirst, isBold: true)
      add(.stored, notAmongStored(outcome)?.capitalizedFirst)
      addPass()
      addUsage()
      let isTwofold = outcome.reason == .unreadableCode || outcome.decision.mayHaveLeft
      if isTwofold, let step = explanation.nextStep {
        // Where to look next and whom to call matter more than why it could not be read.
        add(.nextStep, step, isBold: true)
        add(.hint, explanation.particulars?.capitalizedFirst)
      } else {
        add(.nextStep, explanation.advice?.capitalizedFirst, isBold: explanation.particulars != nil)
      }
    }
    if outcome.verdict != .admit, outcome.verdict != .out {
      lines += self.remarks(of: outcome) + places(of: outcome, withExtras: false)
    }
    if let stored = remarks.stored {
      lines.append(
        PanelContent.Line(
          topic: .stored, text: stored.capitalizedFirst, brief: remarks.storedBriefly))
    }
    // Whoever leaves pays nothing, whatever the hour.
    if outcome.verdict != .out {
      add(.hours, remarks.hours)
      add(.rate, rate(of: outcome))
    }
    return lines
  }

  /// Of a code that nobody could ask about: the list of tonight's passes lacks it.
  private func notAmongStored(_ outcome: Outcome) -> String? {
    guard outcome.reason == .offline, outcome.source == nil,
      let whole = storedPasses.whole(of: setup.accepts),
      case let age = outcome.at.timeIntervalSince(whole.at), age >= 0, age < setup.storedHolds
    else { return nil }
    let time = setup.time.minutes(whole.at)
    return setup.namesKinds
      ? texts.notAmong(codes: whole.count, storedAt: time)
      : texts.notAmong(whole.count, storedAt: time)
  }

  /// Where each scan lets one person in (`rules.group_entry: one`): who comes next on the same pass.
  private func friendsLeft(_ outcome: Outcome) -> String? {
    guard setup.countsOneAScan, outcome.decision.leavesPeople else { return nil }
    if let departure = outcome.decision.departure {
      return departure.remaining > 0 ? texts.leaveOneByOne(departure.remaining) : nil
    }
    return outcome.count.map { texts.friendsLeft($0.remaining) }
  }

  private func rate(of outcome: Outcome) -> String? {
    guard outcome.pass != nil else { return nil }
    if let rate = outcome.rate {
      return wording(of: outcome).line(rate, oldSince: priceList.oldSince)
    }
    return priceList == .unknown ? texts.ratesUnknown : nil
  }

  /// Only where the venue collects at the door, and only of somebody who comes in.
  private func collection(_ outcome: Outcome) -> String? {
    guard let kind = outcome.pass?.kind, setup.collectAtDoor.contains(kind),
      outcome.verdict == .admit
    else { return nil }
    guard let rate = outcome.rate else {
      // Passes are prepaid; somebody on a guest list pays, whatever is known of the price.
      return priceList == .unknown || kind == .list ? texts.collectUnknown : nil
    }
    return wording(of: outcome).collection(
      rate, people: outcome.count?.admitted ?? 1, someAreIn: (outcome.count?.used ?? 0) > 0)
  }

  private func wording(of outcome: Outcome) -> RateWording {
    RateWording(
      texts: texts, time: setup.time, prices: setup.prices, clock: outcome.rateClock)
  }

  func blockWords(_ words: [String]) -> [BlockWord] {
    words.map { BlockWord(parts: [$0]) }
  }
}

extension String {
  /// With a capital at the beginning of a line; the rest stays as it is written.
  var capitalizedFirst: String {
    let opening = prefix { "¿¡".contains($0) }
    let rest = dropFirst(opening.count)
    return opening + rest.prefix(1).uppercased() + rest.dropFirst()
  }

  /// For a phrase that joins a sentence.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
