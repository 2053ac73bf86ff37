import Formatting

/// How the page of a report looks, on a screen and on paper.
enum ReportStyle {
  static let sheet: HTMLText = """
    body { font: 16px/1.45 system-ui, sans-serif; color: #111; background: #fff;
      max-width: 48rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
    h1 { margin-bottom: 0; }
    h2 { margin-top: 2rem; border-bottom: 1px solid #999; break-after: avoid; }
    h3 { font-size: 1rem; break-after: avoid; }
    table { border-collapse: collapse; margin: 1rem 0; }
    th, td { text-align: left; vertical-align: top; padding: 0.15rem 1rem 0.15rem 0; }
    thead th { border-bottom: 1px solid #999; }
    tr { break-inside: avoid; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .part th { font-weight: normal; padding-left: 1rem; }
    .note { color: #444; margin-top: 2rem; }
    svg { width: 100%; height: auto; break-inside: avoid; }
    svg text { font: 13px system-ui, sans-serif; fill: #111; }
    .people { fill: #2b5797; }
    .admit { fill: #1a7f37; }
    .refuse { fill: #b3261e; }
    .unverified { fill: #b07a00; }
    .grid { stroke: #ccc; }
    .tick { stroke: #111; }
    .change { stroke: #111; stroke-dasharray: 4 3; }
    @media print { body { margin: 0; max-width: none; font-size: 11pt; } }
    """
}
