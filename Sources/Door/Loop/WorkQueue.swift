import Waiting

/// Does one thing after the other, in the order in which they were asked for: of two presses of a key
/// the second counts on the first.
final class WorkQueue: Sendable {
  private let jobs: AsyncStream<BackgroundWork.Job>.Continuation

  init(in work: BackgroundWork) {
    let (stream, jobs) = AsyncStream.makeStream(of: BackgroundWork.Job.self)
    self.jobs = jobs
    work.add { for await job in stream { await job() } }
  }

  func add(_ job: @escaping BackgroundWork.Job) { jobs.yield(job) }

  /// Waits until all is done that was asked for so far, as long as that.
  func finish(within patience: Duration, on timer: any WaitClock = .box) async {
    let isDone = Promise<Void>()
    add { isDone.fulfil(with: ()) }
    _ = await isDone.value(within: patience, on: timer)
  }
}
