import AsyncHTTPClient
import NIOCore
import NIOPosix

extension LogText {
  /// What went wrong on the way. Libraries write these texts, and few of them quote what came.
  static func words(for error: any Error) -> String {
    switch error {
    case let error as HTTPClientError: error.shortDescription
    case is IOError, is NIOConnectionError, is ChannelError, is CancellationError:
      String("\(error)".prefix(200))
    default: masked("\(error)", hiding: [])
    }
  }
}
