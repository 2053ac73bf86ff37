/// Which rows of a long list are in sight: the selected one always is, in the middle where possible.
struct ScrollWindow: Equatable {
  let range: Range<Int>

  init(rows: Int, of total: Int, around selected: Int) {
    let count = max(0, min(rows, total))
    let first = min(max(0, selected - count / 2), total - count)
    range = first..<(first + count)
  }
}
