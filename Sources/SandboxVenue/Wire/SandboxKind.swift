/// What a code at the door stands for. The names are those that `door.accepts` takes.
package enum SandboxKind: String, Sendable, Codable, CaseIterable {
  case pass, ticket, list, booking
}
