using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The speed of training, on the very path that <c>train</c> takes.</summary>
internal static class BenchCommand
{
    // Until the loop has been compiled for good: the runtime looks at a method again after 30 calls and a tenth of a second, twice.
    static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);
    static readonly Option Steps = Options.Value("--steps", "N", "Steps a seed, exactly.");
    static readonly Option Seeds = Options.Value("--seeds", "K", "How many seeds, from --seed on. Default 1.");

    public static Command Make() => CommandAction.Command("bench", "Measure the speed of training.", [.. TrainingInput.All, Steps, Seeds, Options.Json], RunAsync);

    static async Task<bool> RunAsync(Given given)
    {
        long steps = given.Whole(Steps, 1L) ?? 1;
        given.Faults.Require(given.Has(Steps), "Say how many steps to take with --steps, for example --steps 100000000.");
        int seeds = given.Whole(Seeds, 1, 1_000_000) ?? 1;
        var first = TrainingInput.Read(given, episodes: null);
        new Faults().Require(first.Seed <= ulong.MaxValue - (ulong)(seeds - 1), $"Seeds go up to {ulong.MaxValue}; {seeds} seeds from {first.Seed} on go beyond.").ThrowIfAny();

        await WarmUpAsync(first);
        var results = new List<BenchResult>();
        for (int k = 0; k < seeds; k++)
            results.Add(await MeasureAsync(first with { Seed = first.Seed + (ulong)k }, steps));
        Print(results, given.Flag(Options.Json));
        return results.TrueForAll(r => r.Error is null);
    }

    static async Task WarmUpAsync(RunSpecification specification)
    {
        var run = Run.Start(specification, RunOptions.InMemory);
        await Task.Delay(WarmUp);
        run.Stop();
        await run.Completion;
    }

    static async Task<BenchResult> MeasureAsync(RunSpecification specification, long steps)
    {
        var run = Run.Start(specification, RunOptions.InMemory with { StepBudget = steps });
        await run.Completion;
        return BenchResult.Of(run);
    }

    static void Print(List<BenchResult> results, bool asJson)
    {
        long episodes = results.Sum(r => r.Episodes), steps = results.Sum(r => r.Steps);
        double total = 0, seconds = results.Sum(r => r.Steps / r.StepsPerSecond);
        foreach (var result in results)
            total += result.TotalReturn;
        double speed = steps / seconds, meanReturn = episodes == 0 ? 0 : total / episodes;
        foreach (var error in results.Select(r => r.Error).OfType<string>())
            Console.Error.WriteLine(error);
        if (!asJson)
        {
            Facts.Print(("steps per second", speed), ("mean return", meanReturn), ("episodes", episodes), ("steps", steps),
                ("q checksum", string.Join(" ", results.Select(r => Printable.Number(r.Checksum)))));
            return;
        }

        Json.PrintObject(json =>
        {
            json.Number("steps_per_second", speed);
            json.Number("mean_return", meanReturn);
            json.WritePropertyName("q_checksum");
            if (results.Count > 1)
                json.WriteStartArray();
            foreach (var result in results)
                json.Number(result.Checksum);
            if (results.Count > 1)
                json.WriteEndArray();
            json.WriteNumber("episodes", episodes);
            json.WriteNumber("steps", steps);
            json.WriteNumber("seconds", seconds);
        });
    }
}

/// <summary>What one seed came to.</summary>
internal sealed record BenchResult(long Steps, long Episodes, double TotalReturn, double StepsPerSecond, double Checksum, string? Error)
{
    public static BenchResult Of(Run run)
    {
        var status = run.View.Status();
        double checksum = 0;
        foreach (double q in run.View.Agent().Q)
            checksum += q;
        return new(status.Steps, status.Episodes, run.TotalReturn, status.StepsPerSecond, checksum, status.Message);
    }
}
