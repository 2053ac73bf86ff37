import Admission
import Formatting
import FoundationEssentials

/// The constant warnings. Where not all fit, the most important stand, and how many more there are.
struct BannerView {
  let banners: [Banner]
  let texts: any Texts
  let time: LocalTime

  private let style = Style(.banner, isBold: true)

  func draw(in area: Area, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    for (index, banner) in banners.prefix(area.rows).enumerated() {
      var line = area.line(index)
      canvas.fill(line, style)
      let hidden = banners.count - area.rows
      if index == area.rows - 1, hidden > 0 {
        let more = canvas.text(texts.more(hidden))
        canvas.write(more, in: line, style, aligned: .right)
        line.columns -= more.width + 1
      }
      let variants = variants(banner).map(canvas.text)
      guard let text = variants.first(where: { $0.width <= line.columns }) ?? variants.last else {
        continue
      }
      canvas.write(text, in: line, style, aligned: .centre)
    }
  }

  /// The fullest text first.
  func variants(_ banner: Banner) -> [String] {
    switch banner {
    case .notice(let notice): variants(notice)
    case .full(let house): texts.full(house)
    case .nearlyFull(let house):
      house.countsInside
        ? texts.nearlyFullInside(house.people, of: house.capacity)
        : texts.nearlyFull(house.people, of: house.capacity)
    case .unknownEvent(let event): texts.unknownEvent(DisplayText.cleaned(event.id))
    case .alone(let since): texts.aloneSince(time.minutes(since))
    case .over(let since): texts.overSince(time.minutes(since))
    }
  }

  private func variants(_ notice: Notice) -> [String] {
    switch notice {
    case .clockWrong: return texts.clockWrong
    case .clockOffset(let seconds):
      let span = AgeText.rounded(
        seconds: Int(min(abs(seconds.isFinite ? seconds : 0), 1e12)), texts)
      return texts.clockOff(by: span, isAhead: seconds > 0)
    case .slowService: return texts.slowService
    case .certificateRefused: return texts.certificateRefused
    case .notRecording: return texts.notRecording
    case .storeSetAside(let name): return texts.storeSetAside(DisplayText.cleaned(name))
    case .serviceDenies: return texts.serviceDenies
    case .preloadForbidden(let kinds): return texts.preloadForbidden(texts.many(kinds))
    case .scannerWithoutEnd(let lost): return texts.scannerWithoutEnd(lost: lost)
    case .otherEvent(let event): return texts.otherEvent(event.displayName(texts))
    case .hookFailed(let failure): return texts.hookFailed(failure)
    case .mostNotTonight(let rule): return texts.mostNotTonight(rule: DisplayText.cleaned(rule))
    }
  }
}

extension Texts {
  /// The fullest text first.
  func full(_ house: FullHouse) -> [String] {
    house.countsInside
      ? fullInside(house.people, of: house.capacity) : full(house.people, of: house.capacity)
  }
}
