import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EnduranceTests {
  /// In which order the system is asked to keep an admission and to show it.
  @Suite(.enabled(if: SystemCalls.canTrace, "needs strace"))
  struct TraceTests {
    /// Green and red take turns, so that each panel is painted whole.
    private static let scans: [(code: String, name: String)] = [
      ("ADA4M7X2", "Ada Romero"), ("CANCEL88", "Diego Torres"),
      ("GROUP4XYZ", "Carmen Ortega"), ("ARCHIVE7", "Joan Puig"), ("FREEGST1", "Pau Ferrer"),
      ("FULL3OF3", "Bruno Costa"), ("WEEK3OF7", "Miguel Perez"),
    ]

    private func newFile() throws -> String {
      let folder = BuiltProgram.newFolder()
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      return folder + "/trace"
    }

    @Test func `An admission is synced before its panel is painted`() async throws {
      let file = try newFile()
      let door = try await DoorUnderTest(
        through: SystemCalls.tracing(into: file), at: SandboxVenue.start())
      var reasons: [String] = []
      for (index, scan) in Self.scans.enumerated() {
        try door.scan(scan.code)
        let screen = try await door.session.waitFor("#\(index + 1)", deadline: .seconds(60)) {
          $0.reason(of: index + 1) != nil
        }
        reasons.append(screen.reason(of: index + 1) ?? "")
      }
      try await door.press("\u{1B}[21~")
      #expect(try await door.session.waitForEnd(deadline: .seconds(60)) == .exited(0))
      await door.venue.stop()

      let calls = try SystemCalls(file: file)
      for (scan, reason) in zip(Self.scans, reasons) {
        let read = try #require(
          calls.first("read", to: "</dev/pts/", with: scan.code, from: 0)?.ended, "\(scan)")
        let paint = try #require(
          calls.first("write", to: "</dev/pts/", with: scan.name, from: read)?.begun, "\(scan)")
        let isSynced = calls.syncsAdmission(
          of: "Plsandbox\(scan.code)", door: "North", from: read, to: paint)
        #expect(isSynced == (reason == "valid"), "\(scan), \(reason), \(file)")
      }
      print("Trace of the screen: \(reasons), each valid one synced before it was painted")
    }

    @Test func `An admission is synced before its line is printed`() async throws {
      let file = try newFile()
      let venue = try await SandboxVenue.start()
      let stream = try ScanStream(
        through: SystemCalls.tracing(into: file), environment: DoorUnderTest.settings(for: venue),
        event: venue.tonightEventID)
      var told: [VerdictLine] = []
      var lines = stream.lines.makeAsyncIterator()
      for scan in Self.scans {
        stream.feed([scan.code])
        guard case .verdict(let line) = await lines.next() else { break }
        told.append(line)
      }
      stream.endInput()
      while await lines.next() != nil {}
      #expect(told.count == Self.scans.count)
      await venue.stop()

      let calls = try SystemCalls(file: file)
      for line in told {
        let read = try #require(calls.first("read", to: "(0<", with: line.code, from: 0)?.ended)
        let printed = try #require(
          calls.first("write", to: "(1<", with: line.code, from: read)?.begun, "\(line)")
        let isSynced = calls.syncsAdmission(
          of: "Plsandbox\(line.code)", door: "North", from: read, to: printed)
        #expect(isSynced == (line.reason == "valid"), "\(line), \(file)")
      }
      print("Trace of scan: \(told.map(\.reason)), each valid one synced before it was printed")
    }
  }
}
