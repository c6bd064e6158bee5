/// The page's looks: one column on a phone, contents beside it on a wide screen, ink on paper when printed.
///
/// The chart colours are those of Okabe and Ito, which people of any colour vision tell apart, darkened on paper and
/// lightened on black until each has a contrast of 3 to 1. Source: "Color Universal Design", 2008.
enum PageStyle {
  static let css = [colors, text, layout, figures, tables, charts, printing].joined(separator: "\n")

  private static let colors = """
    :root { color-scheme: light dark; --ink: #1b1d21; --paper: #fff; --soft: #5c626b; --line: #dfe2e7; --panel: #f5f6f8;
    --accent: #0b5c95; --good: #0a6b52; --bad: #b3470a;
    --c1: #0072b2; --c2: #d55e00; --c3: #008a66; --c4: #b5578f; --c5: #a87800; --c6: #2f8fc6; --c7: #5b5f66; --c8: #7a4fb5 }
    @media (prefers-color-scheme: dark) { :root { --ink: #e9eaed; --paper: #15171a; --soft: #a3a9b2; --line: #33373e;
    --panel: #1d2025; --accent: #7cc4f2; --good: #4fcfa6; --bad: #f7a265;
    --c1: #4aa8e0; --c2: #f0813a; --c3: #2fbf95; --c4: #dd86b8; --c5: #e6b422; --c6: #9ad3f5; --c7: #a6abb3; --c8: #b596e6 } }
    """

  private static let text = """
    * { box-sizing: border-box }
    html { scroll-behavior: smooth; scroll-padding-top: 1rem }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: break-word }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; letter-spacing: -.01em } h2 { font-size: 1.3rem; margin: 0 0 .5rem }
    h3, figcaption { font-size: 1rem; font-weight: 600; margin: 1.75rem 0 .5rem } small { font-size: .8em; font-weight: 400; color: var(--soft) }
    .period { color: var(--soft); margin: .35rem 0 0 } .lead { margin: .25rem 0; max-width: 46rem }
    .note { color: var(--soft); font-size: .875rem; margin: .4rem 0 } .empty { color: var(--soft); font-style: italic; margin: .25rem 0 }
    .sentences { padding-left: 1.2rem; max-width: 46rem } .sentences li { margin: .3rem 0 }
    dl { margin: 1rem 0; max-width: 56rem } dl div { padding: .35rem 0; border-bottom: 1px solid var(--line) } @media (min-width: 40rem) { dl div { display: grid; grid-template-columns: minmax(8rem, 15rem) minmax(0, 1fr); gap: 0 1.25rem } }
    dt { color: var(--soft) } dd { margin: 0 }
    a { color: var(--accent) } .skip { position: absolute; left: -99rem } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; z-index: 9 }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
    """

  private static let layout = """
    .page { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
    nav { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; padding-bottom: .75rem; font-size: .875rem }
    nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: 0; padding: 0 }
    nav a { text-decoration: none; display: block; padding: .2rem 0 } nav a:hover { text-decoration: underline }
    section, footer { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 1.5rem } header + section { margin-top: 1.5rem }
    footer { font-size: .875rem } footer h2 { font-size: 1rem }
    @media (min-width: 75rem) {
    .page { max-width: 82rem; display: grid; grid-template-columns: 12.5rem minmax(0, 60rem); gap: 0 4rem; padding-top: 2.5rem }
    nav { border: 0; margin: 0; padding: 0; position: sticky; top: 2.5rem; align-self: start; max-height: 90vh; overflow-y: auto }
    nav ol { display: block } nav a { padding: .3rem 0 .3rem .8rem; border-left: 2px solid var(--line) } nav a:hover { border-color: var(--accent) } }
    """

  private static let figures = """
    .figures { list-style: none; margin: 1.25rem 0; padding: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)) }
    .figures li { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem } .figures p { margin: 0 }
    .figures .name { color: var(--soft); font-size: .875rem } .figure { font-size: 1.6rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
    .figure small { font-size: .875rem } .change { font-size: .875rem; color: var(--soft) } .change.welcome { color: var(--good) } .change.unwelcome { color: var(--bad) }
    .figures .note { margin-top: .15rem; font-size: .8125rem }
    """

  private static let tables = """
    .scroll { overflow: auto; max-height: 34rem; border: 1px solid var(--line); border-radius: .5rem }
    table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .9375rem; font-variant-numeric: tabular-nums }
    th, td { text-align: left; vertical-align: top; padding: .45rem .8rem; border-bottom: 1px solid var(--line); font-weight: 400 }
    thead th { position: sticky; top: 0; z-index: 2; background: var(--panel); color: var(--soft); font-size: .8125rem; font-weight: 600; vertical-align: bottom; line-height: 1.3 }
    td span, tbody th span, tfoot th span { display: inline-block; width: max-content; max-width: 11rem; overflow-wrap: anywhere } @media (min-width: 40rem) { td span, tbody th span, tfoot th span { max-width: 20rem } }
    .n, .t { white-space: nowrap } .n { text-align: right } thead th { white-space: normal } tbody tr:last-child > * { border-bottom: 0 } tbody tr:hover > * { background: var(--panel) }
    tfoot > tr > * { position: sticky; bottom: 0; background: var(--panel); font-weight: 600; border-top: 2px solid var(--line); border-bottom: 0 } td i, th i { color: var(--soft); font-style: normal }
    @media (min-width: 40rem) { thead th:first-child:not(.n), tbody th, tfoot th { position: sticky; left: 0 } tbody th { background: var(--paper); z-index: 1 } thead th:first-child:not(.n) { z-index: 3 } tfoot th:first-child { z-index: 2 } }
    """

  private static let charts = """
    figure { margin: 1.75rem 0 } figcaption { margin: 0 0 .4rem } figure div > svg { display: block; width: 100%; height: auto; max-width: 60rem }
    svg text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: var(--soft); font-variant-numeric: tabular-nums } svg .name, svg .value { fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round }
    .wide { display: none } @media (min-width: 40rem) { .wide { display: block } .narrow { display: none } }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .15rem 1.2rem; margin: 0 0 .5rem; padding: 0; font-size: .875rem; color: var(--soft) } .legend li { overflow-wrap: anywhere }
    .swatch { width: 26px; height: 12px; margin-right: .45rem; vertical-align: -1px } details { font-size: .875rem; margin-top: .25rem } summary { color: var(--soft); cursor: pointer; margin-bottom: .4rem }
    .grid { stroke: var(--line); stroke-width: 1 } .axis { stroke: var(--soft); stroke-width: 1 } .band { fill: var(--c1); opacity: .16 } .part { stroke: var(--paper); stroke-width: 1 }
    path[class^="l"] { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round } .dashed { stroke-dasharray: 5 5 }
    """
    + (1...8).map { "\n.f\($0) { fill: var(--c\($0)) } .l\($0) { stroke: var(--c\($0)) }" }.joined()

  private static let printing = """
    @page { size: A4; margin: 14mm 12mm } @page broad { size: A4 landscape }
    @media print {
    :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #444; --line: #bbb; --panel: #fff; --accent: #000; --good: #000; --bad: #000;
    --c1: #0072b2; --c2: #d55e00; --c3: #008a66; --c4: #b5578f; --c5: #a87800; --c6: #2f8fc6; --c7: #5b5f66; --c8: #7a4fb5 }
    body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact } .page { display: block; max-width: none; padding: 0 }
    nav, details, .skip { display: none } section { margin-top: 1.25rem; padding-top: 1rem } .broad { page: broad; border: 0 } h1 { font-size: 18pt } h2 { font-size: 13pt }
    .wide { display: block } .narrow { display: none } .scroll { overflow: visible; max-height: none; border: 0 }
    table { font-size: 8pt; border-collapse: collapse } th, td { padding: 1.5pt 4pt } thead th { position: static; font-size: 7.5pt; border-bottom: 1px solid #000 } tfoot > tr > *, tbody th, tfoot th, thead th:first-child:not(.n) { position: static }
    thead { display: table-header-group } tfoot { display: table-row-group } td span, tbody th span, tfoot th span { max-width: 45mm }
    .figures { grid-template-columns: repeat(4, 1fr); gap: 4pt } .figures li { padding: 4pt 6pt } .figure { font-size: 13pt }
    figure, tr, .figures li, dl div { break-inside: avoid } h2, h3, figcaption, .lead { break-after: avoid } a { color: inherit; text-decoration: none }
    }
    """
}
