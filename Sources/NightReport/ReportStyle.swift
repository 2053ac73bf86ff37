import Formatting

/// How the page of a report looks, on a screen and on paper. There, each row is one line and each list as
/// long as `PrintPlan` says, so that the whole is two pages.
enum ReportStyle {
  static let sheet: HTMLText = """
    body { font: 16px/1.45 system-ui, sans-serif; color: #111; background: #fff;
      max-width: 52rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
    h1 { margin-bottom: 0; }
    h2 { margin-top: 2rem; border-bottom: 1px solid #999; break-after: avoid; }
    h3 { font-size: 1rem; break-after: avoid; }
    .sentence { font-size: 1.4rem; font-weight: bold; }
    table { border-collapse: collapse; margin: 1rem 0; }
    th, td { text-align: left; vertical-align: top; padding: 0.15rem 1rem 0.15rem 0; }
    thead th { border-bottom: 1px solid #999; }
    tr { break-inside: avoid; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .brief { white-space: nowrap; }
    .total td { border-top: 1px solid #999; font-weight: bold; }
    .part th { font-weight: normal; padding-left: 1rem; }
    .note { color: #444; margin-top: 2rem; }
    .paper { display: none; }
    svg { width: 100%; height: auto; break-inside: avoid; }
    svg text { font-family: system-ui, sans-serif; }
    .admit th { color: #1a7f37; }
    .refuse th { color: #b3261e; }
    .unverified th { color: #8a5a00; }
    .out th { color: #0b5c74; }
    @page { size: A4; margin: 10mm 12mm; }
    @media print {
      body { margin: 0; padding: 0; max-width: none; font-size: 8pt; line-height: 1.2; }
      h1, .hours, h2, h3, th, td { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
      h1 { font-size: 15pt; margin: 0; }
      h2 { font-size: 10pt; margin: 6pt 0 2pt; }
      h3, .sentence { font-size: 8pt; margin: 2pt 0; }
      .sentence { font-size: 12pt; margin: 4pt 0; }
      p { margin: 1pt 0; }
      .note { margin-top: 4pt; }
      table { width: 100%; table-layout: fixed; margin: 2pt 0; }
      th, td { padding: 0 6pt 0 0; height: 10pt; }
      .number { width: 11%; }
      .brief { width: 13%; }
      .hours .number { width: 6%; }
      .types .number { width: 15%; }
      .types th { font-size: 7pt; }
      .cases th:last-child, .cases td:last-child { width: 36%; }
      .figures th { width: 38%; }
      .figures th, .figures td { white-space: normal; }
      .beside { display: grid; grid-template-columns: minmax(0, 11fr) minmax(0, 9fr);
        column-gap: 6mm; }
      .second { break-before: page; }
      .screen { display: none; }
      .paper { display: revert; }
      tr.paper { display: table-row; }
    }
    """
}
