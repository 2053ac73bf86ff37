import Admission
import FoundationEssentials

/// What a service says in an answer that holds nothing. The vendor publishes no form for it
/// (FourvenuesAPI: When it does not say yes).
struct ErrorTexts: Decodable {
  /// Each text, wherever it stood; empty ones are left out.
  private(set) var texts: [String] = []
  /// Something that is no text stands where a text is expected.
  private(set) var isUnclear = false

  private static let names = [
    "error", "errors", "message", "msg", "detail", "details", "description", "reason", "title",
    "error_description", "errorMessage", "mensaje",
  ]

  /// Where some write the HTTP status that they mean.
  private static let statusNames = ["status", "statusCode", "status_code", "code"]

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Name.self)
    for name in Self.names.map(Name.init) where fields.contains(name) {
      if let text = try? fields.decode(String.self, forKey: name) {
        if text.contains(where: { !$0.isWhitespace }) { texts.append(text) }
      } else if let inner = try? fields.decode(ErrorTexts.self, forKey: name) {
        texts += inner.texts
        isUnclear = isUnclear || inner.isUnclear || inner.texts.isEmpty
      } else if let number = try? fields.decode(Int.self, forKey: name) {
        isUnclear = isUnclear || number != 404
      } else if try !fields.decodeNil(forKey: name) {
        isUnclear = isUnclear || (try? fields.decode(Bool.self, forKey: name)) == nil
      }
    }
    for name in Self.statusNames.map(Name.init) {
      let status = try? fields.decodeIfPresent(Int.self, forKey: name)
      if let status, (400...599).contains(status), status != 404 { isUnclear = true }
    }
  }

  /// Whether all of it says that the thing asked for is not there, and nothing is wrong otherwise.
  var sayNotFound: Bool { !isUnclear && texts.allSatisfy(Self.saysNotFound) }

  /// Whether any of it is about the way to the service rather than about what was asked for.
  var areAboutAccess: Bool { texts.contains { Self.isAboutAccess(Self.words(of: $0)) } }

  /// Whether any of it says of a pass or a ticket that it is not there: nobody but the service knows of
  /// those.
  var nameAPass: Bool {
    texts.contains { text in
      let words = Self.words(of: text)
      return Self.saysNotFound(text)
        && (words.contains { $0 == "codigo" || Self.nouns.contains($0) }
          || words.contains("code") && !words.contains("status"))
    }
  }

  private static let nouns = PassKind.allCases.reduce(into: Set()) { $0.formUnion($1.api.nouns) }

  /// In English or Spanish.
  private static func saysNotFound(_ text: String) -> Bool {
    let words = words(of: text)
    guard !isAboutAccess(words) else { return false }
    let sentence = " " + words.joined(separator: " ") + " "
    return [
      " not found ", " notfound ", " does not exist ", " no encontrado ", " no encontrada ",
      " no encontrados ", " no encontradas ", " no se encontro ", " no se ha encontrado ",
      " no existe ",
    ].contains { sentence.contains($0) }
  }

  /// "API key not found" and "Route not found" are faults of ours or of the service's: no guest's
  /// pass is wrong because of them.
  private static func isAboutAccess(_ words: [String]) -> Bool {
    let subjects: Set<String> = [
      "key", "keys", "apikey", "api", "token", "credential", "credentials", "secret", "integration",
      "route", "endpoint", "url", "path", "page", "host", "server", "service", "upstream",
      "gateway",
      "backend", "cannot", "clave", "llave", "credencial", "credenciales", "integracion", "ruta",
      "pagina", "servidor", "servicio",
    ]
    return words.contains(where: subjects.contains)
  }

  /// In small letters without accents.
  private static func words(of text: String) -> [String] {
    let accents: [Character: Character] = [
      "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n",
    ]
    let plain = String(text.lowercased().map { accents[$0] ?? $0 })
    return plain.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

/// What is wrong with an answer, in words that hold nothing of it: it may name a customer.
struct Problem: Error, Equatable {
  let words: String

  init(_ words: String) {
    self.words = words
  }

  static func words(for error: any Error) -> String {
    switch error {
    case let problem as Problem: return problem.words
    case DecodingError.typeMismatch(_, let context): return "wrong type\(place(context))"
    case DecodingError.valueNotFound(_, let context): return "null\(place(context))"
    case DecodingError.keyNotFound(let key, let context):
      return "\(key.stringValue) is missing\(place(context))"
    default: return "not JSON"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return path.isEmpty ? "" : " at \(path.joined(separator: "."))"
  }
}
