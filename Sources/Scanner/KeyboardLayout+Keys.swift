extension KeyboardLayout {
  /// What the 47 printable keys of a US keyboard are under a layout, row by row from the key left of
  /// "1" to the one right of ".": first without Shift, then with it.
  struct Keys: Sendable {
    /// A dead key stands as the accent it makes.
    var host: String
    /// The dead ones, as they are on a US keyboard.
    var dead = ""

    static let us =
      #"`1234567890-=qwertyuiop[]\asdfghjkl;'zxcvbnm,./"#
      + #"~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?"#
  }

  var keys: Keys {
    switch self {
    case .us: Keys(host: Keys.us)
    case .uk:
      Keys(
        host: #"`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./"#
          + #"¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?"#)
    case .fr:
      Keys(
        host: #"²&é"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!"#
          + #"~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§"#,
        dead: "[{")
    case .be:
      Keys(
        host: #"²&é"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:="#
          + #"³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+"#,
        dead: "[{")
    case .de:
      Keys(
        host: #"^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-"#
          + #"°!"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"#,
        dead: "`=+")
    case .ch:
      Keys(
        host: #"§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-"#
          + #"°+"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_"#,
        dead: "=+]")
    case .es:
      Keys(
        host: #"º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-"#
          + #"ª!"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_"#,
        dead: #"[{'""#)
    case .it:
      Keys(
        host: #"\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-"#
          + #"|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_"#)
    case .pt:
      Keys(
        host: #"\1234567890'«qwertyuiop+´~asdfghjklçºzxcvbnm,.-"#
          + ##"|!"#$%&/()=?»QWERTYUIOP*`^ASDFGHJKLÇªZXCVBNM;:_"##,
        dead: #"]}\|"#)
    }
  }
}
