using System.Text;

namespace GridWorld;

/// <summary>The output of a <see cref="StateExplanation"/> in a cell: one row per action, and the last visits.</summary>
internal static class WhyOutput
{
    const string Cell = "padding:2px 10px;white-space:nowrap;text-align:right";

    public static CellOutput Of(StateExplanation why)
    {
        string text = why.ToString();
        if (why.IsWall || why.IsTerminal)
            return new(Html.Block(Html.Encode(text)), text);
        var html = new StringBuilder(
            $"<div><b>State {why.State} at ({why.X}, {why.Y}), {Html.Encode($"'{why.Cell}'")}</b>, after"
            + $" {Numerals.Count(why.Episode)} episodes: {Html.Encode(Verdict(why))}</div>");
        Table(html, ["action", "Q", "taken", "Q*", ""], why.Actions.Select((name, a) => (string[])
            [name, Numerals.Short(why.Q[a]), Numerals.Count(why.Visits[a]), Numerals.Short(why.OptimalQ?[a]),
            string.Join(", ", Marks(why, a))]));
        if (why.LastVisits.Count > 0)
        {
            html.Append("<div style=\"margin-top:6px\">Last visits, newest first:</div>");
            Table(html, ["episode", "step", "action", "reward", "next state", "Q before", "Q after"], why.LastVisits.Select(v => (string[])
                [Numerals.Count(v.Episode), Numerals.Count(v.Step), why.Actions[v.Action] + (v.Explored ? " (exploring)" : ""),
                Numerals.Short(v.Reward), $"{v.NextState}", Numerals.Short(v.OldValue), Numerals.Short(v.NewValue)]));
        }

        return new(Html.Block(html.ToString()), text);
    }

    static string Verdict(StateExplanation why) => why.Value is null ? "never visited; these are the initial values"
        : why.Gap is not { } gap ? "the optimum is not known yet"
        : gap == 0 ? "the greedy action is optimal"
        : $"{why.Actions[why.Greedy[0]]} is greedy and loses {Numerals.Short(gap)}";

    static IEnumerable<string> Marks(StateExplanation why, int action)
    {
        if (why.Greedy.Contains(action))
            yield return "greedy";
        if (why.Best?.Contains(action) == true)
            yield return "optimal";
    }

    static void Table(StringBuilder html, string[] names, IEnumerable<string[]> rows)
    {
        html.Append("<table style=\"border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;margin:4px 0\"><thead><tr"
            + " style=\"background:none;border-bottom:1px solid rgba(128,128,128,.5)\">");
        foreach (string name in names)
            html.Append($"<th style=\"{Cell}\">{Html.Encode(name)}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            var cells = row.Select(text => $"<td style=\"{Cell}\">{Html.Encode(text)}</td>");
            html.Append($"<tr style=\"background:none\">{string.Concat(cells)}</tr>");
        }
        html.Append("</tbody></table>");
    }
}
