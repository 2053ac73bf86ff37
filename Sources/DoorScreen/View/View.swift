package import Admission
package import Formatting
import FoundationEssentials

/// What the terminal can draw, which changes the picture itself; which colours is the terminal's matter.
package struct Appearance: Sendable, Equatable {
  package var charset: Charset
  /// Without colours, frames tell the panels apart.
  package var isColoured: Bool

  package init(charset: Charset = .unicode, isColoured: Bool = true) {
    self.charset = charset
    self.isColoured = isColoured
  }
}

/// Draws the door screen: exactly `size`, at any size, whatever the state holds.
package func view(
  _ state: DoorState, size: Size, at now: Moment, appearance: Appearance = Appearance()
) -> Frame {
  DoorView(state: state, size: size, now: now, appearance: appearance).frame()
}

private struct DoorView {
  let state: DoorState
  let size: Size
  let now: Moment
  let appearance: Appearance

  private let texts: any Texts
  private let contents: PanelContents
  private let panel: Panel

  init(state: DoorState, size: Size, now: Moment, appearance: Appearance) {
    self.state = state
    self.size = size
    self.now = now
    self.appearance = appearance
    contents = PanelContents(
      state.setup, priceList: state.night.priceList, storedPasses: state.night.storedPasses,
      full: state.house)
    texts = contents.texts
    panel = state.panel(at: now)
  }

  func frame() -> Frame {
    var canvas = Canvas(size: size, appearance: appearance)
    let banners = banners
    let strips = strips
    let lookBar = lookBar
    let bottom = BottomView(
      state: state, panel: state.overlay == nil ? panel : .idle, texts: texts, now: now)
    let note = doubleEntryNote
    let layout = Layout(
      size: size, banners: banners.count,
      isIdle: state.overlay == nil && panel.isIdle, look: lookBar == nil ? 0 : 1,
      isRefusal: isRefusal, isFramed: !appearance.isColoured, strips: strips.count,
      lasting: strips.count(where: \.isContradiction),
      note: note?.rowsWanted(columns: size.columns, charset: appearance.charset) ?? 0,
      typing: bottom.rowsWanted(size: size, charset: appearance.charset))

    HeaderView(state: state, texts: texts, now: now).draw(in: layout.header, on: &canvas)
    if let lookBar {
      let style = Style(.look, isBold: true)
      canvas.fill(layout.look, style)
      canvas.write(lookBar, in: layout.look, style, aligned: .centre)
    }
    let bannerView = BannerView(banners: banners, texts: texts, time: state.setup.time)
    bannerView.draw(in: layout.banners, on: &canvas)
    drawPanel(in: layout.panel, on: &canvas)
    note?.draw(in: layout.note, on: &canvas)
    let rows = OutcomeRows(contents: contents)
    for (index, strip) in strips.prefix(layout.strips.rows).enumerated() {
      rows.drawStrip(strip, in: layout.strips.line(index), on: &canvas)
    }
    let inStrips = Set(strips.prefix(layout.strips.rows).compactMap(\.displaced?.number))
    let listed = state.scans.recent.lazy.filter {
      !inStrips.contains($0.outcome.number) || $0.isUndone || $0.manner != .scan
    }
    for (index, scan) in listed.prefix(layout.list.rows).enumerated() {
      let line = layout.list.line(index)
      rows.drawRecent(scan, in: line.inset(line.columns >= 20 ? 1 : 0), on: &canvas)
    }
    bottom.draw(in: layout.bottom, on: &canvas)
    return canvas.frame
  }

  private func drawPanel(in area: Area, on canvas: inout Canvas) {
    switch state.overlay {
    case .help(let first):
      let view = BannerView(banners: [], texts: texts, time: state.setup.time)
      let warnings = state.banners(at: now.wall).compactMap { view.variants($0).first }
      HelpView(
        texts: texts, lines: state.helpLines, help: state.setup.help, warnings: warnings,
        latency: state.night.service.latency, first: first
      ).draw(in: area, on: &canvas)
      return
    case .rates(let selected):
      let wording = RateWording(
        texts: texts, time: state.setup.time, prices: state.setup.prices,
        clock: state.rateClock(at: now.wall))
      RatesView(list: state.night.priceList, selected: selected, wording: wording)
        .draw(in: area, on: &canvas)
      return
    case .doors(let selected):
      DoorsView(
        shared: state.night.shared, selected: selected, texts: texts, time: state.setup.time,
        now: now
      ).draw(in: area, on: &canvas)
      return
    case .find(let finder):
      FindView(finder: finder, texts: texts, namesKinds: state.setup.namesKinds).draw(
        in: area, on: &canvas)
      return
    case .pin(let prompt):
      PanelView(content: contents.pin(prompt, wait: state.pinWait(at: now)))
        .draw(in: area, on: &canvas)
      return
    case nil: break
    }
    switch panel {
    case .idle: drawIdle(in: area, on: &canvas)
    case .lookingUp(let scan, let others):
      PanelView(content: contents.lookingUp(scan, others: others)).draw(in: area, on: &canvas)
    case .readyToLook(let seconds):
      PanelView(content: contents.readyToLook(seconds: seconds)).draw(in: area, on: &canvas)
    case .verdict(let shown, let waiting):
      PanelView(content: contents.verdict(shown, waiting: waiting)).draw(in: area, on: &canvas)
      if state.verdicts.beat.isOn(at: now) { canvas.reverseEdge(of: area) }
    case .undone(let result):
      PanelView(content: contents.undone(result)).draw(in: area, on: &canvas)
    case .undoQuestion(let entry):
      PanelView(content: contents.undoQuestion(entry)).draw(in: area, on: &canvas)
    case .turnQuestion(let direction):
      PanelView(content: contents.turnQuestion(direction)).draw(in: area, on: &canvas)
    case .repeated(let outcome, let waiting):
      PanelView(content: contents.repeated(outcome, waiting: waiting)).draw(in: area, on: &canvas)
    }
  }

  private func drawIdle(in area: Area, on canvas: inout Canvas) {
    let events = state.eventsToChoose
    if !events.isEmpty {
      EventPickerView(events: events, picked: state.pickedIndex, contents: contents)
        .draw(in: area, on: &canvas)
      return
    }
    let content = contents.idle(
      noEvent: state.night.tonight.trouble(at: now.wall), isKeyRefused: state.isKeyRefused,
      onlyStoredDecide: state.night.service.isDown && state.night.storedPasses.whole != nil,
      direction: state.night.direction, isTurned: state.turnedTo != nil)
    let codes = DemoCodesView(
      codes: state.setup.demoCodes, title: texts.tryThese, uptime: now.uptime)
    let wanted = codes.rowsWanted(columns: area.columns)
    let below = PanelView(content: content).draw(in: area, on: &canvas, linesWanted: wanted)
    codes.draw(in: below, on: &canvas)
  }

  /// A full house stands in the green panel itself.
  private var banners: [Banner] {
    let banners = state.banners(at: now.wall)
    guard state.overlay == nil, case .verdict(let shown, _) = panel,
      shown.manner == .scan, shown.outcome.verdict == .admit
    else { return banners }
    return banners.filter { if case .full = $0 { false } else { true } }
  }

  private var doubleEntryNote: DoubleEntryNote? {
    state.night.doubleEntries.shown.map {
      DoubleEntryNote(
        entry: $0, more: state.night.doubleEntries.more, texts: texts, time: state.setup.time)
    }
  }

  /// A refusal needs rows to say why, which it takes from the list.
  private var isRefusal: Bool {
    guard state.overlay == nil, case .verdict(let shown, _) = panel else {
      return false
    }
    return shown.manner != .byHand && shown.outcome.verdict == .refuse
  }

  /// Contradictions first. A verdict that a page hides keeps its colour in a strip.
  private var strips: [Strip] {
    let strips = state.strips(at: now)
    var passing = strips.filter { !$0.isContradiction }
    if state.overlay != nil, case .verdict(let shown, _) = panel {
      switch shown.manner {
      case .scan: passing.insert(Strip(content: .verdict(shown.outcome), until: 0), at: 0)
      case .byHand: passing.insert(Strip(content: .letIn(shown.outcome), until: 0), at: 0)
      case .look: break
      }
    }
    return strips.filter(\.isContradiction) + passing
  }

  /// That the next scan only looks, where the panel does not say it.
  private var lookBar: String? {
    if state.overlay == nil, case .readyToLook = panel { return nil }
    return state.lookSeconds(at: now).map(texts.lookBar)
  }
}
