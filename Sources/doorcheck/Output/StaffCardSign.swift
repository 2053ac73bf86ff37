import Admission
import Formatting

/// What tells a card from the others at arm's length and in the dark: a giant sign, and beside it a
/// band. The sign and the band's bars are black, so that a printer without colours and eyes that take
/// red for green lose only the band's colour.
struct StaffCardSign {
  let command: StaffCommand

  /// In a square of 28 units.
  var drawing: HTMLText {
    switch command {
    case .fewer: #"<rect x="2" y="11" width="24" height="6"/>"#
    case .more:
      """
      <rect x="2" y="11" width="24" height="6"/>\
      <rect x="11" y="2" width="6" height="24"/>
      """
    // An arrow that turns back.
    case .undo:
      #"<polygon points="1,9 11,0 11,6 27,6 27,27 6,27 6,21 21,21 21,12 11,12 11,18"/>"#
    // An eye.
    case .look:
      """
      <ellipse cx="14" cy="14" rx="12.5" ry="8.5" fill="none" stroke="#000" stroke-width="3"/>\
      <circle cx="14" cy="14" r="4.5"/>
      """
    // An open hand.
    case .byHand:
      """
      <rect x="8" y="14" width="15" height="13" rx="4"/>\
      <rect x="8" y="4" width="3.2" height="14" rx="1.6"/>\
      <rect x="11.9" y="1" width="3.2" height="16" rx="1.6"/>\
      <rect x="15.8" y="2" width="3.2" height="15" rx="1.6"/>\
      <rect x="19.7" y="5" width="3.2" height="14" rx="1.6"/>\
      <polygon points="9,25 2,17 3,14 5,14 9,18"/>
      """
    // A list, with a pointer to one of its lines.
    case .choose:
      """
      <rect x="11" y="3" width="16" height="3"/>\
      <rect x="11" y="10" width="16" height="8"/>\
      <rect x="11" y="22" width="16" height="3"/>\
      <polygon points="1,8 9,14 1,20"/>
      """
    // An arrow into a room.
    case .countIn:
      """
      <polyline points="15,2 26,2 26,26 15,26" fill="none" stroke="#000" stroke-width="3"/>\
      <polygon points="1,11 11,11 11,5 21,14 11,23 11,17 1,17"/>
      """
    // An arrow out of it.
    case .countOut:
      """
      <polyline points="13,2 2,2 2,26 13,26" fill="none" stroke="#000" stroke-width="3"/>\
      <polygon points="7,11 17,11 17,5 27,14 17,23 17,17 7,17"/>
      """
    // Two arrows that go past each other.
    case .turn:
      """
      <polygon points="1,6 17,6 17,1 27,8.5 17,16 17,11 1,11"/>\
      <polygon points="27,17 11,17 11,12 1,19.5 11,27 11,22 27,22"/>
      """
    }
  }

  /// In a strip of 8 by 54 units: a colour, and black bars, of which each card has another number.
  var band: HTMLText {
    let bars = (0..<bars).map { index -> HTMLText in
      #"<rect x="0" y="\#(3 + 6 * index)" width="8" height="2.5"/>"#
    }
    return #"<rect x="0" y="0" width="8" height="54" fill="\#(colour)"/>\#(bars)"#
  }

  /// How many bars the band has.
  var bars: Int { (StaffCommand.allCases.firstIndex(of: command) ?? 0) + 1 }

  /// As CSS writes it. Those of Okabe and Ito's set, made for eyes of every kind,
  /// and one of Tol's.
  var colour: String {
    switch command {
    case .fewer: "#e69f00"
    case .more: "#56b4e9"
    case .undo: "#f0e442"
    case .look: "#0072b2"
    case .byHand: "#d55e00"
    case .choose: "#cc79a7"
    case .countIn: "#009e73"
    case .countOut: "#999999"
    case .turn: "#882255"
    }
  }
}
