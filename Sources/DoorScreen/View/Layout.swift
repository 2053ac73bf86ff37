/// Which rows of the screen belong to what. On a small screen first the list goes, then the second
/// line of the header; the panel is always there (Contract: The door screen).
struct Layout: Equatable {
  /// From this many rows on, the bottom line is always there.
  private static let roomy = 16

  var header: Area
  /// That the next scan only looks.
  var look: Area
  var banners: Area
  var panel: Area
  /// Something that stands until somebody has seen it.
  var note: Area
  var strips: Area
  var list: Area
  var bottom: Area

  /// - isIdle: nobody waits for the panel, so banners may take more of the screen.
  /// - isRefusal: the panel says in big letters why, and takes rows for that from the list.
  /// - isFramed: without colours, a frame takes two more.
  /// - lasting: how many of the strips stand until somebody has seen them.
  /// - note: rows that it needs in full; 0 where there is none.
  /// - typing: rows that the field needs at least; 0 where nothing is typed.
  init(
    size: Size, banners bannerCount: Int, isIdle: Bool, look lookCount: Int, isRefusal: Bool,
    isFramed: Bool, strips stripCount: Int, lasting: Int, note noteCount: Int,
    typing: Int
  ) {
    let rows = max(0, size.rows)
    let columns = max(0, size.columns)
    let headerRows = rows >= 8 ? 2 : rows >= 3 ? 1 : 0
    let mostBanners = rows < 6 ? 0 : isIdle ? rows / 4 : max(1, rows / 12)
    let bannerRows = min(bannerCount, mostBanners)
    let lookRows = rows >= 3 ? lookCount : 0
    // A strip that stands for a minute must not hide those that go after seconds.
    let stripRows = min(stripCount, max(1, rows / 8) + min(1, lasting), rows / 6)
    let usualList = rows >= 20 ? (rows - 12) / 4 : 0
    let forLetters = (rows >= 30 ? 2 : 1) + (isFramed ? 2 : 0)
    let listRows = isRefusal ? max(0, usualList - forLetters - stripRows - bannerRows) : usualList
    let bottomRows = min(max(typing, rows >= Self.roomy ? 1 : 0), rows / 4)
    let left = rows - headerRows - lookRows - bannerRows - stripRows - listRows - bottomRows
    // Over a guest's panel it gives way to the strips; an idle one keeps its word and what to do.
    let mostNote =
      isIdle ? min(rows / 3, left - 3) : min(max(1, rows / 12), rows / 6 - stripRows)
    let noteRows = max(0, min(noteCount, mostNote))
    let panelRows = left - noteRows

    var next = 0
    func take(_ count: Int) -> Area {
      defer { next += count }
      return Area(row: next, column: 0, rows: count, columns: columns)
    }
    header = take(headerRows)
    look = take(lookRows)
    banners = take(bannerRows)
    panel = take(panelRows)
    note = take(noteRows)
    strips = take(stripRows)
    list = take(listRows)
    bottom = take(bottomRows)
  }
}
