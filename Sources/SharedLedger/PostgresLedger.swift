import CPostgres

/// The version of the client library, as it prints itself.
package var postgresLibraryVersion: Int32 { PQlibVersion() }
