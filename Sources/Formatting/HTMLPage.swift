/// A whole page that needs nothing else: no scripts, nothing to fetch, readable on paper. Well-formed
/// as XML, too, so that a mistake in it can be found by a machine.
package struct HTMLPage {
  /// As in BCP 47.
  var languageCode: String
  /// Also its first heading.
  var title: String
  var style: HTMLText
  /// What follows the first heading.
  var content: HTMLText

  package init(languageCode: String, title: String, style: HTMLText, content: HTMLText) {
    self.languageCode = languageCode
    self.title = title
    self.style = style
    self.content = content
  }

  package var text: String {
    let document: HTMLText = """
      <html lang="\(languageCode)">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(title)</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <h1>\(title)</h1>
      \(content)
      </body>
      </html>
      """
    return "<!DOCTYPE html>\n\(document)\n"
  }
}
