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
      return """
        <figure>
        <svg viewBox="0 0 \(card.code.side) \(card.code.side)" role="img" \
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
    figure { display: inline-flex; align-items: center; width: 85.6mm; height: 54mm; margin: 0;
      box-sizing: border-box; border: 1px dashed #999; break-inside: avoid; overflow: hidden; }
    svg { width: 50mm; height: 50mm; flex: none; }
    figcaption { padding-right: 2mm; overflow-wrap: anywhere; }
    b { display: block; margin-bottom: 0.5rem; }
    @page { size: A4; margin: 12mm; }
    @media print { body { margin: 0; } }
    """
}
