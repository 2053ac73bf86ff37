import Barcode
import DoorScreen
import Formatting

/// The staff cards as a page to print and cut: each as large as a bank card, one file that needs no
/// other.
struct StaffCardPage {
  var codes: [StaffCardCode]
  var words: CardWords
  /// The door's name (`door.name`).
  var door: String

  var markup: String {
    let cards = codes.map { card -> HTMLText in
      let caption = words.caption(of: card.command)
      let sign = StaffCardSign(command: card.command)
      return """
        <figure>
        <svg class="band" viewBox="0 0 8 54" preserveAspectRatio="none" aria-hidden="true">\
        \(sign.band)</svg>
        <svg class="sign" viewBox="0 0 28 28" aria-hidden="true">\(sign.drawing)</svg>
        <svg class="code" viewBox="0 0 \(card.code.side) \(card.code.side)" role="img" \
        aria-label="\(caption)" shape-rendering="crispEdges"><path d="\(path: card.code.path)"/></svg>
        <figcaption><b>\(caption)</b>\(door)</figcaption>
        </figure>
        """
    }
    return HTMLPage(
      languageCode: words.languageCode, title: words.title, style: Self.style,
      content: """
        <p>\(words.note)</p>
        \(cards)
        """
    ).text
  }

  private static let style: HTMLText = """
    body { font: 16px/1.4 system-ui, sans-serif; color: #000; background: #fff; margin: 1.5rem; }
    figure { display: inline-grid; grid: 32mm 1fr / 8mm 31mm 45mm; width: 85.6mm; height: 54mm;
      margin: 0; box-sizing: border-box; border: 1px dashed #999; break-inside: avoid;
      overflow: hidden; align-items: center; justify-items: center; vertical-align: top; }
    .band { grid-area: 1 / 1 / 3; width: 100%; height: 100%; }
    .sign { grid-area: 1 / 2; width: 28mm; height: 28mm; }
    .code { grid-area: 1 / 3 / 3; width: 45mm; height: 45mm; }
    figcaption { grid-area: 2 / 2; align-self: start; text-align: center; font-size: 12px;
      line-height: 1.2; overflow-wrap: anywhere; }
    b { display: block; margin-bottom: 0.2rem; font-size: 16px; }
    @page { size: A4; margin: 12mm; }
    @media print { body { margin: 0; } }
    """
}
