/// A key or password. It shows itself nowhere: neither printed, nor dumped, nor mirrored.
struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let value: String

  init(_ value: String) { self.value = value }

  /// The secret itself, for the request's header and nothing else.
  var revealed: String { value }

  var description: String { "<secret>" }
  var debugDescription: String { "<secret>" }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
