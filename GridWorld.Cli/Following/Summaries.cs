namespace GridWorld.Cli;

/// <summary>The facts of a run that <c>train --json</c> and <c>runs show</c> print.</summary>
internal static class Summaries
{
    static readonly Column<RunMoment>[] columns = RunColumns.All.Only("run_id", "parent_run_id", "parent_episode", "episodes", "steps",
        "steps_per_second", "mean_return_last_100", "greedy_value", "optimal_value", "truth_message", "q_checksum");

    public static IReadOnlyList<(string Name, object? Value)> Of(RunView view)
    {
        var moment = RunMoment.Of(view);
        moment = moment with { Status = moment.Status with { QChecksum = RunStatus.Checksum(view.Agent().Q.AsSpan()) } };
        return [.. columns.Select(c => (c.Name, c.Cell(moment)))
            .Where(f => f is not ("parent_run_id" or "parent_episode" or "truth_message", null))];
    }

    /// <summary>All facts of a run.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Facts(RunView view) =>
        RunMoment.Of(view) is var moment ? [.. RunColumns.All.Select(c => (c.Name, c.Cell(moment)))] : [];

    /// <summary>The label of a number, which distinguishes the discounted optimum from the undiscounted one.</summary>
    public static string Label(string name, bool isPlanned = false) => name.Replace('_', ' ') + (name, isPlanned) switch
    {
        ("episodes", true) => " (passes)",
        ("steps", true) => " (updates of a state)",
        ("mean_return_last_100", true) => " (value at the start after the last pass)",
        ("optimal_return", true) => " (value at the start)",
        ("mean_return_last_100", _) => " (undiscounted)",
        ("greedy_value" or "optimal_value", _) => " (discounted, at the start)",
        ("optimal_return", _) => " (undiscounted, under the step limit)",
        _ => "",
    };

    public static void Print(IReadOnlyList<(string Name, object? Value)> summary, bool json, bool isPlanned = false)
    {
        if (json)
            Json.Print(writer => JsonLinesExport.Row([.. summary.Select(f => f.Name)], [.. summary.Select(f => f.Value)], writer));
        else
            Cli.Facts.Print([.. summary.Select(f => (Label(f.Name, isPlanned), Cli.Facts.Shown(f.Name, f.Value)))]);
    }
}
