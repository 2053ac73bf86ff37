import Admission
import FoundationEssentials

/// What an answer says, once it is understood.
enum Reading<Content: Sendable>: Sendable {
  case found(Content)
  /// - Parameter isCertain: the answer can only be the service's own; false for one that a server
  ///   without that route, or any gateway, gives as well.
  case notFound(isCertain: Bool)
  /// The text is for the log and holds nothing of the answer itself.
  case failed(LookUpFailure, because: String)

  var failure: LookUpFailure? {
    switch self {
    case .found, .notFound: nil
    case .failed(let failure, _): failure
    }
  }

  /// - Parameter isInDoubt: nothing says that the service is at this address.
  func judged(isInDoubt: Bool) -> Self {
    guard isInDoubt, case .notFound(isCertain: false) = self else { return self }
    return .failed(
      .serviceError, because: "status 404 as for all that was asked (fourvenues.base_url?)")
  }

  func get() throws(FourvenuesError) -> Content {
    switch self {
    case .found(let content): return content
    case .notFound: throw .notFound
    case .failed(let failure, _): throw .failed(failure)
    }
  }
}

/// What an HTTP status says before its body is looked at (FourvenuesAPI: When it does not say yes).
enum StatusMeaning: Equatable {
  /// The body decides.
  case success
  case notFound
  case failure(LookUpFailure)

  init(_ status: Int) {
    switch status {
    case 200...299: self = .success
    case 404: self = .notFound
    case 401, 403: self = .failure(.unauthorized)
    case 429: self = .failure(.rateLimited)
    // A redirect too: it is not followed, since the key would travel along.
    default: self = .failure(.serviceError)
    }
  }

  /// What a gateway says while the service behind it restarts.
  static func isWorthRetrying(_ status: Int) -> Bool {
    [502, 503, 504].contains(status)
  }
}

/// Reads a body that its status does not already explain.
/// - Parameter found: reads the body of a success, which is not empty.
func read<Content>(
  status: Int, _ body: Data, found: () throws -> Reading<Content>
) -> Reading<Content> {
  switch StatusMeaning(status) {
  case .success:
    do {
      guard !body.isEmpty else { throw Problem("empty body") }
      return try found()
    } catch {
      return .failed(.serviceError, because: Problem.words(for: error))
    }
  case .notFound:
    if body.isEmpty { return .notFound(isCertain: false) }
    // A page in the place of an answer comes from a proxy, or from a server without that route.
    guard let texts = try? AnswerJSON.decode(ErrorTexts.self, from: body) else {
      return .failed(.serviceError, because: "status 404 with another body than a JSON object")
    }
    guard !texts.areAboutAccess else {
      return .failed(.serviceError, because: "status 404 about the way to the service")
    }
    return .notFound(isCertain: texts.nameAPass)
  case .failure(let failure): return .failed(failure, because: "status \(status)")
  }
}
