import DoorScreen
import Foundation
import TestSupport
import Testing
import Waiting

@testable import Door

extension HookTests {
  /// Real programs, started as a hook is.
  @Suite struct HookProgramTests {
    private func run(
      _ script: HookScript, input: String = "{}\n", patience: Duration = .seconds(60),
      environment: [String: String] = [:], timer: any WaitClock = .box
    ) async -> HookFailure? {
      await HookProgram(
        path: script.path, environment: environment, patience: patience, timer: timer
      )
      .run(input: input)
    }

    @Test(arguments: [("{\"customer\":\"Ana García 🍾\"}\n", 1), ("", 1), ("a", 1 << 20)])
    func `It reads exactly what it is given`(text: String, times: Int) async throws {
      let input = String(repeating: text, count: times)
      let script = try HookScript("cat >\"$here/input\"")
      #expect(await run(script, input: input) == nil)
      let isWhole = script.text("input") == input
      #expect(isWhole)
    }

    @Test func `Its environment is PATH and LANG`() async throws {
      let script = try HookScript("tr '\\0' '\\n' </proc/$$/environ >\"$here/environment\"")
      let given = [
        "PATH": "/usr/bin:/bin", "LANG": "es_ES.UTF-8", "DOORCHECK_FOURVENUES_API_KEY": "secret",
        "LC_ALL": "C",
      ]
      #expect(await run(script, environment: given) == nil)
      #expect(script.lines("environment").sorted() == ["LANG=es_ES.UTF-8", "PATH=/usr/bin:/bin"])
      let bare = try HookScript("tr '\\0' '\\n' </proc/$$/environ >\"$here/environment\"")
      #expect(await run(bare, environment: ["LANG": ""]) == nil)
      #expect(
        bare.lines("environment").sorted() == ["LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin"])
    }

    @Test func `It inherits no descriptor, and has nothing to write to`() async throws {
      let script = try HookScript("exec ls -l /proc/self/fd >\"$here/descriptors\"")
      // One that would leak.
      let leak = open("/dev/zero", O_RDONLY)
      defer { close(leak) }
      #expect(await run(script) == nil)
      let open = script.lines("descriptors").compactMap { line -> String? in
        guard let arrow = line.range(of: " -> ") else { return nil }
        let number = line[..<arrow.lowerBound].split(separator: " ").last ?? ""
        return "\(number) \(line[arrow.upperBound...])"
      }
      #expect(open.count == 4, "its own, and that of the list\n\(open)")
      #expect(open.contains { $0.hasPrefix("0 /memfd:doorcheck-verdict") })
      #expect(open.contains { $0.hasPrefix("1 ") && $0.hasSuffix("/descriptors") })
      #expect(open.contains("2 /dev/null"))
      #expect(!open.contains { $0.contains("/dev/zero") })
    }

    @Test func `No signal is ignored or blocked, and its session is its own`() async throws {
      let script = try HookScript(
        """
        grep -E '^Sig(Blk|Ign):' /proc/self/status >"$here/signals"
        echo $$ $(cut -d' ' -f5,6 /proc/$$/stat) >"$here/session"
        pwd >"$here/folder"
        """)
      signal(SIGPIPE, SIG_IGN)
      signal(SIGUSR2, SIG_IGN)
      defer { signal(SIGUSR2, SIG_DFL) }
      #expect(await run(script) == nil)
      let masks = script.lines("signals").compactMap { UInt64($0.suffix(16), radix: 16) }
      // The C library keeps two signals, 32 and 33, to itself.
      #expect(masks.map { $0 & ~0x1_8000_0000 } == [0, 0])
      let session = script.text("session").split(whereSeparator: \.isWhitespace)
      #expect(session.count == 3)
      #expect(Set(session).count == 1, "\(session)")
      #expect(session.first.map(String.init) != "\(getsid(0))")
      #expect(script.text("folder") == "/\n")
    }

    @Test(arguments: [
      ("exit 0", HookFailure?.none), ("exit 3", .exited(3)), ("exit 255", .exited(255)),
      ("kill -SEGV $$", .killed(signal: SIGSEGV)), ("kill -KILL $$", .killed(signal: SIGKILL)),
      ("cat </dev/null; echo unread", nil),
    ])
    func `How it ended is told`(body: String, failure: HookFailure?) async throws {
      let end = await run(try HookScript(body), input: String(repeating: "a", count: 200_000))
      #expect(end == failure)
    }

    @Test func `What cannot be started is told`() async throws {
      let missing = HookProgram(path: "/nonexistent/hook", environment: [:])
      #expect(await missing.run(input: "{}") == .notStarted("No such file or directory"))
      let script = try HookScript("")
      try Data("echo no shell reads this >\(script.folder)/ran\n".utf8)
        .write(to: URL(filePath: script.path))
      guard case .notStarted(let reason) = await run(script) else {
        Issue.record("it started")
        return
      }
      #expect(reason.contains("#!"))
      #expect(script.text("ran").isEmpty, "by a shell, it would have run")
      chmod(script.path, 0o644)
      #expect(await run(script) == .notStarted("Permission denied"))
    }

    /// Other tests start programs at the same time, and each has the scripts that are just being written
    /// open until it runs: without this, all of these tests would fail now and then.
    @Test func `One that is being written is started when it is written`() async throws {
      let script = try HookScript("exit 0")
      let writer = open(script.path, O_WRONLY | O_CLOEXEC)
      #expect(await run(script) == .notStarted("Text file busy"))
      let clock = ManualClock()
      async let end = run(script, timer: clock)
      try await clock.untilWaiting()
      close(writer)
      clock.advance(by: .milliseconds(25))
      #expect(await end == nil)
    }

    /// The script itself, a child of it, and a child that ignores what can be ignored.
    @Test func `After its time it is killed with all that it started`() async throws {
      let script = try HookScript(
        """
        sleep 600 & echo $! >>"$here/running"
        (trap '' TERM HUP INT; sleep 600) & echo $! >>"$here/running"
        echo $$ >>"$here/running"
        cat >"$here/input"
        wait
        """)
      #expect(await run(script, patience: .seconds(2)) == .overdue)
      let identifiers = script.lines("running").compactMap { Int32($0) }
      #expect(identifiers.count == 3)
      for identifier in identifiers {
        #expect(await SeenProcess(identifier: identifier).dies(), "\(identifier)")
      }
    }

    @Test func `What it leaves running ends with it`() async throws {
      let script = try HookScript("sleep 600 & echo $! >\"$here/running\"")
      #expect(await run(script) == nil)
      let identifier = try #require(script.lines("running").first.flatMap { Int32($0) })
      #expect(await SeenProcess(identifier: identifier).dies())
    }

    @Test func `Nothing of it is left behind`() async throws {
      let scripts = try ["exit 0", "exit 1", "sleep 600"].map(HookScript.init)
      for script in scripts { _ = await run(script, patience: .milliseconds(300)) }
      let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
      }
      // Of other tests at the same time there may be one each at this moment, never one for each run.
      #expect(open.count { $0.contains("doorcheck-verdict") } < scripts.count)
      for script in scripts {
        let running = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter {
          let line = try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8)
          return line?.contains(script.folder) == true
        }
        #expect(running == [])
      }
      #expect(try zombies() == [])
    }

    /// Dead children of this process that nobody has buried, by the name of the script.
    private func zombies() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
        guard let stat = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8) else {
          return false
        }
        return stat.contains("(hook-script) Z \(getpid()) ")
      }
    }

    /// What a script starts, each in a session of its own; it writes its process number to `$here/N`.
    static let escapes = [
      #"setsid sh -c 'echo $$ >"$here/1"; sleep 60' &"#,
      // It forks twice, so that its parent is gone at once.
      #"(setsid sh -c '(sh -c "echo \$\$ >$here/1; exec sleep 60") & exit' &)"#,
      #"(setsid sh -c "setsid sh -c 'echo \$\$ >$here/1; sleep 60 & sleep 60' & wait" &)"#,
      #"(setsid sh -c 'trap "" TERM HUP INT; echo $$ >"$here/1"; while :; do sleep 1; done' &)"#,
    ]

    /// The numbers are of processes that were there; nobody else has got them in this short time.
    @Test(arguments: escapes, [true, false])
    func `What moves to another session is killed too`(escape: String, isOverdue: Bool) async throws
    {
      let script = try HookScript(
        "export here\n\(escape)\nwhile [ ! -s \"$here/1\" ]; do sleep 0.01; done\n"
          + (isOverdue ? "sleep 60" : ""))
      let failure = await run(script, patience: isOverdue ? .seconds(2) : .seconds(60))
      #expect(failure == (isOverdue ? .overdue : nil))
      let number = try #require(script.lines("1").first.flatMap { pid_t($0) })
      #expect(kill(number, 0) == -1 && errno == ESRCH, "\(number) lives")
    }

    /// Another program of ours runs on.
    @Test func `What others have started is spared`() async throws {
      let other = Process()
      other.executableURL = URL(fileURLWithPath: "/bin/sleep")
      other.arguments = ["60"]
      try other.run()
      defer { other.terminate() }
      #expect(await run(try HookScript("(setsid sleep 60 &)")) == nil)
      #expect(other.isRunning)
    }
  }
}
