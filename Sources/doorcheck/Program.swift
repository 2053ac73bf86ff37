import CProgramStart
import Dispatch
import Door
import Glibc

/// Where the program begins.
@main
enum Program {
  /// The main thread waits. An asynchronous `main` gives it up, and a thread that was given up keeps
  /// root's rights when the others lay them down (`StoreOwner`). Nothing runs on it: there is no main
  /// actor here.
  static func main() {
    // It is also the thread that signals come to, whatever its parent had blocked.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    program_use_one_heap()
    let ended = DispatchSemaphore(value: 0)
    Task.detached {
      await Doorcheck.main()
      ended.signal()
    }
    ended.wait()
  }
}
