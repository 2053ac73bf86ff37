extension Task where Failure == Never {
  /// Its value; nil where it has not come by then. It goes on all the same.
  package func value(within patience: Duration) async -> Success? {
    let (values, post) = AsyncStream.makeStream(of: Success?.self)
    let waiting = Task<Void, Never> { post.yield(await value) }
    let clock = Task<Void, Never> {
      try? await Task<Never, Never>.sleep(for: patience)
      post.yield(nil)
    }
    defer {
      waiting.cancel()
      clock.cancel()
    }
    for await first in values { return first }
    return nil
  }
}
