/// Words that services, gateways and proxies use of what went wrong: those that may stand in a log
/// with a capital, which else may be a person's name.
enum LogWords {
  static let known = Set(
    (english + spanish).split(whereSeparator: \.isWhitespace).map(String.init))

  private static let english = """
    a access accepted again all already amazon an and apache api are argument at authentication
    authorization back backend bad bearer body busy can cannot check checked checkin client close
    closed cloudflare cloudfront code conflict connect connection content could credentials customer
    database date default denied disabled does doctype down empty endpoint entry error errors event
    events exceeded exception exists expected expired failed failure field fields forbidden format
    found gateway get guest has header headers host html http https id in internal invalid is it json
    key later limit limited list lists load log login long lost maintenance malformed many message
    method missing must name network nginx no not null object of on only option order organization
    our out page parameter parameters pass passes path payload permission permissions please post
    problem proxy put query quota rate rates reached refused rejected request requested requests
    required reset resource response retry revoked route scope secret server service services session
    site slow something sorry status stop success temporarily that the there this ticket tickets time
    timed timeout to token too try type unauthenticated unauthorized unavailable undefined unexpected
    unknown unprocessable unsupported upstream url uri used user validation value venue version wait
    was we went with wrong xml you your
    """

  private static let spanish = """
    acceso autorizado caducada caducado clave código demasiadas denegado el encontrada encontrado
    evento existe falta fecha inválida inválido interno la límite lista los no ocurrido pase pases
    permiso petición peticiones ruta se servicio servidor solicitud solicitudes tiempo un una usuario
    vacía vacío
    """
}
