import Admission
import Formatting

/// A code that differs by one character from the one that was typed, as it may stand on the screen:
/// masked, but for that character, by which staff tell it from others.
struct NearMissCode {
  let text: String

  init(_ code: String, typed: String) {
    let shown = Array(DisplayText.cleaned(code))
    let common = zip(shown, typed).prefix { isSameCode(String($0), String($1)) }.count
    let hidden = 2..<max(2, shown.count - 3)
    guard shown.count >= typed.count, shown.count > 5, hidden.contains(common) else {
      text = masked(code: String(shown))
      return
    }
    let before = common == hidden.lowerBound ? "" : "…"
    let after = common == hidden.upperBound - 1 ? "" : "…"
    text = "\(String(shown.prefix(2)))\(before)\(shown[common])\(after)\(String(shown.suffix(3)))"
  }
}
