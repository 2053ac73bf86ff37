import SharedLedger
import Testing

@Test("The client library is there") func libraryIsThere() {
  #expect(postgresLibraryVersion >= 140_000)
}
