namespace GridWorld;

/// <summary>The style sheet of a report: light theme, dark theme and print.</summary>
internal static class ReportStyle
{
    public const string Sheet = """

        :root { --ink: #16191f; --soft: #5b6472; --page: #fff; --edge: #e3e6eb; --fill: #f6f7f9; --link: #1f6feb; --warn: #8a5800; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8eaee; --soft: #a3abb8; --page: #14171c; --edge: #2c323c; --fill: #1c2027; --link: #79aefc; --warn: #f0b54a; }
        }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { max-width: 860px; margin: 0 auto; padding: 24px 20px 48px; }
        h1 { font-size: 24px; line-height: 1.3; margin: 0 0 4px; overflow-wrap: anywhere; }
        h2 { font-size: 17px; margin: 32px 0 10px; padding-bottom: 4px; border-bottom: 1px solid var(--edge); }
        .soft { color: var(--soft); margin: 0 0 14px; overflow-wrap: anywhere; }
        table { border-collapse: collapse; font-size: 14px; margin: 8px 0; font-variant-numeric: tabular-nums; max-width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; overflow-wrap: anywhere; }
        thead th { color: var(--soft); font-weight: 500; border-bottom: 1px solid var(--edge); }
        .pairs th { white-space: nowrap; font-weight: 600; }
        figure { margin: 10px 0; }
        svg { max-width: 100%; height: auto; border-radius: 8px; }
        svg a rect { fill: transparent; }
        svg a:hover rect { stroke: #fff; stroke-width: 1.5; }
        svg rect:target { stroke: #fff; stroke-width: 3; outline: 2px solid #000; scroll-margin: 45vh 0; }
        :is(tr, figure, section > h2):target { background: var(--fill); }
        .row { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: flex-start; }
        pre { background: var(--fill); border: 1px solid var(--edge); border-radius: 8px; padding: 10px 12px; font-size: 12px;
          line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; }
        code { overflow-wrap: anywhere; }
        a { color: var(--link); }
        .flag { border-left: 3px solid var(--warn); padding-left: 10px; }
        @media print {
          :root { --ink: #000; --soft: #444; --page: #fff; --edge: #ccc; --fill: #fff; --link: #000; --warn: #8a5800; }
          body { font-size: 11pt; }
          main { max-width: none; padding: 0; }
          figure, tr, .flag { break-inside: avoid; }
          h2 { break-after: avoid; }
        }

        """;
}
