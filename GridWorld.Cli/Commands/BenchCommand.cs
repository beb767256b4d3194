using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Measures the speed of training, with the same code as <c>train</c>.</summary>
internal static class BenchCommand
{
    static readonly Option Steps = Options.Required("--steps", "N", "Exact number of steps per seed.");
    static readonly Option Seeds = Options.Value("--seeds", "K", "Number of seeds, starting at --seed. Default 1.");

    static readonly Option Watched = Options.Flag("--watched", "Measure with a store and an open live view.");

    public static Command Make() =>
        CommandAction.Command("bench", "Measure the speed of training.", [.. TrainingInput.All, Steps, Seeds, Watched, Options.Json],
        RunAsync);

    static async Task<bool> RunAsync(ParsedOptions given)
    {
        long steps = given.Whole(Steps, 1L) ?? 1;
        given.Faults.Require(given.Has(Steps), "Set the number of steps with --steps, for example --steps 100000000.");
        int seeds = given.Whole(Seeds, 1, 1_000_000) ?? 1;
        var first = TrainingInput.Read(given, episodes: null);
        new Faults().Require(first.Seed <= ulong.MaxValue - (ulong)(seeds - 1),
            $"The last of {seeds} seeds must be at most {ulong.MaxValue} (got first seed {first.Seed}).").ThrowIfAny();

        var costs = await BenchCosts.MeasureAsync(first);
        var results = seeds > 1 && !given.Flag(Watched) ? BenchRuns.Measure(first, seeds, steps) : [];
        for (int k = results.Count; k < seeds; k++)
        {
            var specification = first with { Seed = first.Seed + (ulong)k };
            results.Add(await (given.Flag(Watched)
                ? BenchRuns.WatchAsync(specification, steps) : BenchRuns.MeasureAsync(specification, steps)));
        }

        Print(results, costs, given.Flag(Options.Json));
        return results.TrueForAll(r => r.Error is null);
    }

    static void Print(List<BenchResult> results, BenchCosts costs, bool asJson)
    {
        long episodes = results.Sum(r => r.Episodes), steps = results.Sum(r => r.Steps);
        double total = 0, seconds = results.Sum(r => r.Steps / r.StepsPerSecond);
        foreach (var result in results)
            total += result.TotalReturn;
        double speed = steps / seconds, meanReturn = episodes == 0 ? 0 : total / episodes;
        foreach (var error in results.Select(r => r.Error).OfType<string>())
            Console.Error.WriteLine(Printable.Line(error));
        if (!asJson)
        {
            Facts.Print(("steps per second", Facts.Speed(speed)), ("mean return", meanReturn), ("episodes", episodes), ("steps", steps),
                ("q checksum", string.Join(" ", results.Select(r => Printable.Number(r.Checksum)))), ("start seconds", costs.StartSeconds),
                ("bytes per state", costs.BytesPerState), ("checkpoint milliseconds", costs.CheckpointMilliseconds),
                ("allocated bytes per step", costs.AllocatedBytesPerStep));
            return;
        }

        bool isWatched = results[0].Frames is not null;
        object checksum = results.Count > 1 ? results.Select(r => r.Checksum).ToArray() : results[0].Checksum;
        Json.Print(new(speed, meanReturn, checksum, episodes, steps, seconds, costs.StartSeconds, costs.BytesPerState,
            costs.CheckpointMilliseconds,
            costs.AllocatedBytesPerStep, isWatched ? results.Max(r => r.CheckpointPause.TotalMilliseconds) : null,
            isWatched ? results.Sum(r => r.Frames ?? 0) : null), ReportJson.Default.BenchReport);
    }
}
