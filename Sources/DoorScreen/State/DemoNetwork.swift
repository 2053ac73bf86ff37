/// How a demo's network is, which F9 changes.
package enum DemoNetwork: Sendable, Equatable {
  case normal, gone, slow
}
