/// What must be in order before the doors open, in the order in which it is told. The names are
/// public: `check --format json` prints them.
package enum CheckPoint: String, FindingPoint {
  case configuration
  /// It answers, and as Fourvenues does.
  case service
  /// Which endpoints it may use.
  case key
  case event, passes, rates, clock, store
  /// Its size.
  case terminal
  case colours, locale, scanner
}

package typealias CheckFinding = Finding<CheckPoint>
