import CheckIn
package import NightStore

// The store keeps what the service layer asks for, under the same names.

extension NightStore: NightLedger, LedgerReplica, PassMemory, EntryOutbox {}

extension PassClaimFile: PassClaims {}

extension UnsavedFiles: KeptAdmissions {}
