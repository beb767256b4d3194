using System.Globalization;

namespace GridWorld;

/// <summary>
/// Writes the report of a run. All texts from elsewhere are encoded. The page's content security policy allows no scripts and no requests.
/// </summary>
internal sealed class ReportPage(RunView run, TextWriter html)
{
    const int MostEvents = 500, MostSpecification = 20_000;
    readonly ExactSolution? solution = run.SolveExactly(); // first, because a status without it starts a second computation
    readonly RunStatus status = run.Status();
    readonly IReadOnlyList<RunEvent> events = run.EventLog;
    readonly ReportLinks links = new(run);

    public void Write()
    {
        var facts = new RunFacts(run, status);
        string title = Html.Encode(run.Name);
        html.WriteLine($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy"
              content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <style>{ReportStyle.Sheet}</style>
            </head>
            <body>
            <main>
            <h1{links.After(status.Episodes)}>{title}</h1>
            <p class="soft">{Html.Encode(facts.Caption())}</p>
            """);
        Pairs(facts.Rows());
        Section("Learning curve", () => Picture(CurveChart.Of(run).Drawing));
        Section("Learned values and policy", () =>
        {
            html.WriteLine("<div class=\"row\">");
            Map(MapChart.Of(run, MapMarks.Policy).Drawing, "value");
            Picture(MapChart.Of(run, MapMarks.Values).Drawing);
            html.WriteLine("</div>");
        });
        Section("Comparison with the optimum", WriteOptimum);
        Section("Hyperparameters", WriteHyperparameters);
        Section("Events", WriteEvents, links.Tab("events"));
        Section("Diagnostics", WriteDiagnostics);
        Section("Reproduce this run", WriteRecipe);
        Section("Data", WriteData, links.Tab("downloads"));
        html.WriteLine("</main>\n</body>\n</html>");
    }

    void WriteOptimum()
    {
        if (solution is null)
        {
            html.WriteLine("<p>At the run's discount factor, this world has no finite optimum, or the optimum is unknown.</p>");
            return;
        }

        Table(["", "agent", "optimum (exact)"],
        [
            ["value at the start (discounted)", Numerals.Short(solution.Distance?.GreedyValue), Numerals.Short(solution.OptimalValue)],
            ["return (sum of rewards), mean of the last 100 episodes",
                Numerals.Short(status.MeanReturnLast100), Numerals.Short(solution.OptimalReturn)],
            ["states whose greedy action is optimal", solution.Distance is { } d ? Percent(d.OptimalActionShare) : Numerals.None, "100 %"],
            ["greedy policy ends with probability 1", solution.Distance is null ? Numerals.None
                : solution.Distance.IsProper ? "yes" : "no", ""],
        ]);
        var world = run.World;
        var optimal = new ValueMap(world, solution.OptimalQ, s => !world.IsTerminal(s), () => run.Agent().Tables);
        Map(MapChart.Draw(optimal, MapMarks.Policy, "Optimal value and policy",
            $"{world.Name} with the exact value of the best action in every state, and an optimal policy."), "optimal_value");
    }

    void WriteHyperparameters()
    {
        Table(["at the start", "value"], run.Specification.Learner.Settings
            .Select(s => (string[])[s.Title, s.ToJson(run.Specification.Learner).Trim('"')]));
        var changes = events.Where(e => e.IsChange).ToList();
        if (changes.Count == 0)
            html.WriteLine("<p>No hyperparameter changed during training.</p>");
        else
            Table(["changed after episode", "setting", "from", "to"], changes.Take(MostEvents)
                .Select(e => (string[])[Numerals.Count(e.Episode), e.Param ?? "", e.OldValue ?? "", e.NewValue ?? ""]));
    }

    void WriteEvents()
    {
        Table(["seq", "episode", "event", "details", "UTC"], events.Take(MostEvents).Select(e => (string[])
        [
            Numerals.Count(e.Seq), Numerals.Count(e.Episode), e.Word,
            e.Message ?? (e.Param is null ? "" : $"{e.Param} {e.OldValue} → {e.NewValue}"),
            e.Timestamp.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        ]), EventAnchors());
        if (events.Count > MostEvents)
            html.WriteLine($"<p>{Numerals.Count(events.Count - MostEvents)} more events are in the data.</p>");
    }

    /// <summary>The anchors of the events' rows: one for each episode that has an event.</summary>
    IEnumerable<string> EventAnchors()
    {
        var seen = new HashSet<long> { status.Episodes };
        return events.Select(e => seen.Add(e.Episode) ? links.After(e.Episode) : "");
    }

    void WriteDiagnostics()
    {
        var d = run.Diagnostics();
        Pairs(
        [
            ("Visited states",
                $"{Numerals.Count(d.VisitedStates)} of {Numerals.Count(d.ReachableStates)} that can be reached "
                + $"({Percent(d.VisitedShare)})"),
            ("Mean |expected TD error|", Numerals.Short(d.MeanTdError)),
            ("Greedy values", $"{Numerals.Short(d.MinQ)} to {Numerals.Short(d.MaxQ)}, mean {Numerals.Short(d.MeanQ)}"),
            ("Actions taken",
                string.Join(", ", run.World.ActionNames.Zip(d.ActionDistribution, (name, share) => $"{name} {Percent(share)}"))),
        ]);
        foreach (var flag in d.Flags)
            html.WriteLine($"<p class=\"flag\"><b>{Html.Encode(flag.Word)}</b> {Html.Encode(flag.Text)}</p>");
    }

    void WriteRecipe()
    {
        html.WriteLine("<p>A run is its world, its learner's options, its seed and its events. The same specification with the same "
            + "changes after the same episodes reproduces the Q-table bit for bit.</p>");
        if (status.QChecksum is { } sum)
            html.WriteLine($"<p>Sum of the Q-table, for comparison: <code>{sum.ToString("R", CultureInfo.InvariantCulture)}</code></p>");
        string specification = ReportData.Specification(run.Specification);
        html.WriteLine(specification.Length <= MostSpecification
            ? $"<pre>{Html.Encode(specification)}</pre>"
            : "<p>The specification is in the data.</p>");
    }

    void WriteData()
    {
        html.WriteLine("<ul>");
        foreach (var (name, type, what, content) in ReportData.Files(run))
            html.WriteLine($"<li><a download=\"{Html.Encode(name)}\" href=\"data:{type};base64,{Convert.ToBase64String(content)}\">"
                + $"{Html.Encode(name)}</a> {Html.Encode(what)}</li>");
        html.WriteLine("</ul>");
    }

    void Section(string title, Action write, string anchor = "")
    {
        html.WriteLine($"<section{anchor}>\n<h2>{Html.Encode(title)}</h2>");
        write();
        html.WriteLine("</section>");
    }

    void Picture(Drawing drawing) => html.WriteLine($"<figure>{SvgImage.Write(drawing)}</figure>");

    /// <summary>A map whose cells have links. In the live view, the map of values is shown without naming it.</summary>
    void Map(Drawing drawing, string layer)
    {
        string cells = links.Cells(drawing, layer == "value" ? null : layer);
        html.WriteLine($"<figure{links.Layer(layer)}>{SvgImage.Write(drawing, cells)}</figure>");
    }

    void Pairs(IEnumerable<(string Name, string Text)> rows)
    {
        html.WriteLine("<table class=\"pairs\">");
        foreach (var (name, text) in rows)
            html.WriteLine($"<tr><th scope=\"row\">{Html.Encode(name)}</th><td>{Html.Encode(text)}</td></tr>");
        html.WriteLine("</table>");
    }

    void Table(string[] columns, IEnumerable<string[]> rows, IEnumerable<string>? anchors = null)
    {
        var heads = string.Concat(columns.Select(c => $"<th scope=\"col\">{Html.Encode(c)}</th>"));
        html.WriteLine($"<table><thead><tr>{heads}</tr></thead><tbody>");
        foreach (var (row, anchor) in rows.Zip(anchors ?? Enumerable.Repeat("", int.MaxValue)))
            html.WriteLine($"<tr{anchor}>{string.Concat(row.Select(c => $"<td>{Html.Encode(c)}</td>"))}</tr>");
        html.WriteLine("</tbody></table>");
    }

    static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
