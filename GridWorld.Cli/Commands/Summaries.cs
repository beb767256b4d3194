using System.Globalization;

namespace GridWorld.Cli;

/// <summary>A run in the numbers that <c>train --json</c> prints.</summary>
internal static class Summaries
{
    public static IReadOnlyList<(string Name, object? Value)> Of(RunView view)
    {
        var truth = view.SettleTruth(); // first: a status without it sets off a second reckoning
        var status = view.Status();
        return
        [
            ("run_id", status.RunId),
            .. status.ParentRunId is null ? [] : new (string, object?)[] { ("parent_run_id", status.ParentRunId), ("parent_episode", status.ParentEpisode) },
            ("episodes", status.Episodes),
            ("steps", status.Steps),
            ("steps_per_second", status.StepsPerSecond),
            ("mean_return_last_100", status.MeanReturnLast100),
            ("greedy_value", truth?.Distance?.GreedyValue),
            ("optimal_value", truth?.OptimalValue),
            .. status.TruthMessage is { } why ? new (string, object?)[] { ("truth_message", why) } : [],
            ("q_checksum", RunStatus.Checksum(view.Agent().Q)),
        ];
    }

    /// <summary>A seed as JSON has it: beyond 2^53 a number is not read back exactly everywhere.</summary>
    public static object Seed(ulong seed) => seed <= 1UL << 53 ? (long)seed : seed.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number's name for a person, who may see a discounted and an undiscounted optimum on one screen.</summary>
    public static string Label(string name) => name.Replace('_', ' ') + name switch
    {
        "mean_return_last_100" => " (undiscounted)",
        "greedy_value" or "optimal_value" => " (discounted, at the start)",
        "optimal_return" => " (undiscounted, under the step limit)",
        _ => "",
    };

    public static void Print(IReadOnlyList<(string Name, object? Value)> summary, bool json)
    {
        if (json)
            Json.Print(writer => JsonLinesExport.Row([.. summary.Select(f => f.Name)], [.. summary.Select(f => f.Value)], writer));
        else
            Facts.Print([.. summary.Select(f => (Label(f.Name), Facts.Shown(f.Name, f.Value)))]);
    }
}
