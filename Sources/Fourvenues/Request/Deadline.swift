/// The outcome of `work`, or nil once `deadline` has passed or the caller is cancelled. Either way
/// `work` is over when this returns: it is cancelled and waited for.
func outcome<Value: Sendable>(
  by deadline: ContinuousClock.Instant, of work: @escaping @Sendable () async -> Value
) async -> Value? {
  await withTaskGroup(of: Value?.self) { group in
    group.addTask { await work() }
    group.addTask {
      try? await Task.sleep(until: deadline, tolerance: .zero, clock: .continuous)
      return nil
    }
    defer { group.cancelAll() }
    return await group.next() ?? nil
  }
}
