package import Waiting

/// All that is done behind the screen, in one group: what is added begins at once, and nothing outlives
/// the end.
package final class BackgroundWork: Sendable {
  package typealias Job = @Sendable () async -> Void

  private let jobs: AsyncStream<Job>.Continuation
  private let group: Task<Void, Never>

  package init() {
    let (stream, jobs) = AsyncStream.makeStream(of: Job.self)
    self.jobs = jobs
    group = Task {
      await withDiscardingTaskGroup { group in
        for await job in stream { group.addTask(operation: job) }
        group.cancelAll()
      }
    }
  }

  deinit { group.cancel() }

  /// - Parameter job: goes on until it is done or cancelled. Does nothing after the end.
  package func add(_ job: @escaping Job) { jobs.yield(job) }

  /// Cancels everything and waits for it.
  /// - Returns: false where something has not ended in that time.
  @discardableResult
  package func end(within patience: Duration, on timer: any WaitClock = .box) async -> Bool {
    jobs.finish()
    group.cancel()
    return await group.value(within: patience, on: timer) != nil
  }
}
