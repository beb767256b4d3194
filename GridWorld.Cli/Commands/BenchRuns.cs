using System.Diagnostics;

namespace GridWorld.Cli;

/// <summary>The runs that <c>bench</c> measures, which use the trainer for an exact number of steps.</summary>
internal static class BenchRuns
{
    static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Measures one run without a store and a live view.</summary>
    public static async Task<BenchResult> MeasureAsync(RunSpecification specification, long steps)
    {
        var run = Run.Start(specification, RunOptions.InMemory with { StepBudget = steps });
        await run.Completion;
        return BenchResult.Of(run);
    }

    /// <summary>Measures all seeds on one core.</summary>
    public static List<BenchResult> Measure(RunSpecification specification, int seeds, long steps)
    {
        specification.Check();
        var mdp = specification.World.Compile();
        var runs = Enumerable.Range(0, seeds)
            .Select(k => new SeedTraining(specification with { Seed = specification.Seed + (ulong)k }, mdp)).ToList();
        long begun = Stopwatch.GetTimestamp();
        runs.ForEach(run => run.AdvanceTo(specification.Episodes ?? long.MaxValue, [], () => false, steps));
        double stepsPerSecond = runs.Sum(run => run.Steps) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return [.. runs.Select(run => new BenchResult(run.Steps, run.Episodes, run.TotalReturn, stepsPerSecond,
            RunStatus.Checksum(run.Loop.Values.Values), run.Fault is null ? null : $"Seed {run.Seed}: {run.Fault}"))];
    }

    /// <summary>Measures one run with a store and an open live view.</summary>
    public static async Task<BenchResult> WatchAsync(RunSpecification specification, long steps)
    {
        string store = Directory.CreateTempSubdirectory("gridworld-bench-").FullName;
        try
        {
            await using var server = WidgetServer.Start();
            var run = Run.Start(specification, new() { Store = store, StepBudget = steps, StartPaused = true });
            server.Register(run);
            await using var page = await WidgetPage.OpenAsync(new(server.Url(run.Id)), run.Id, FrameInterval);
            run.Resume();
            await run.Completion;
            return BenchResult.Of(run) with { Frames = page.Frames };
        }
        finally
        {
            Directory.Delete(store, recursive: true);
        }
    }
}
