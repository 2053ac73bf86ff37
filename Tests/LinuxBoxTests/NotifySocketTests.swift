import TestSupport
import Testing

@testable import LinuxBox

@Suite struct NotifySocketTests {
  @Test(arguments: [false, true])
  func `A datagram a message, by path and by abstract name`(isAbstract: Bool) throws {
    let manager = try StandInServiceManager(isAbstract: isAbstract)
    let socket = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": manager.name]))
    #expect(socket.send("READY=1"))
    #expect(socket.send("WATCHDOG=1\nSTATUS=one"))
    #expect(manager.messages == ["READY=1", "WATCHDOG=1\nSTATUS=one"])
  }

  @Test(arguments: ["", "@", "/", "relative", "vsock:2:1", String(repeating: "/long", count: 40)])
  func `What is no socket's name is none`(name: String) throws {
    let socket = NotifySocket(environment: ["NOTIFY_SOCKET": name])
    #expect(socket == nil || socket?.send("READY=1") == false)
  }

  @Test func `A service manager that has gone, or never reads, holds nothing up`() throws {
    var manager: StandInServiceManager? = try StandInServiceManager()
    let name = try #require(manager?.name)
    let socket = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": name]))
    // It never reads: sooner or later one is not taken, and none waits.
    #expect((0..<100_000).contains { _ in !socket.send("WATCHDOG=1") })
    manager = nil
    #expect(!socket.send("WATCHDOG=1"))
  }
}
