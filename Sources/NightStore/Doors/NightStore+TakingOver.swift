import Admission
import GRDB

/// Who came in at other doors, before a scan of the pass is judged.
extension NightStore {
  /// Takes over what other doors did, in the transaction that is open. Where nothing is new, that costs
  /// one look an admission.
  /// - Returns: this door's own that the store lacks. They may have been shown, so they count; whether
  ///   they were, somebody else finds out.
  static func takeOver(
    _ admissions: [LedgerAdmission], thisDoor doorID: String, in database: Database
  ) throws -> [OthersAdmission] {
    let news = try news(of: admissions, thisDoor: doorID, in: database)
    try OthersAdmission.takeOver(news.filter { !$0.isOwn }, in: database)
    return news.filter(\.isOwn)
  }

  /// Those of a ledger's admissions that the store does not have as they stand.
  static func news(
    of admissions: [LedgerAdmission], thisDoor doorID: String, in database: Database
  ) throws -> [OthersAdmission] {
    let news = try admissions.filter { try OthersAdmission.isNews($0, in: database) }
    if news.isEmpty { return [] }
    let ours = try StoreRow.fetch(database)?.clockOffset
    return news.map { OthersAdmission($0, thisDoor: doorID, clockOffset: ours) }
  }
}
