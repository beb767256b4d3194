using System.Diagnostics;

namespace GridWorld.Cli;

/// <summary>The costs of a run other than the time of its steps.</summary>
/// <param name="StartSeconds">Time from the parsed map to the first steps of a run in memory, including compilation of the map.</param>
/// <param name="BytesPerState">Memory of the run, including the text of the map, divided by the number of states.</param>
/// <param name="CheckpointMilliseconds">Median time that training pauses for a checkpoint.</param>
/// <param name="AllocatedBytesPerStep">Bytes that the training thread allocates per step of the loop.</param>
internal sealed record BenchCosts(double StartSeconds, double BytesPerState, double CheckpointMilliseconds, double AllocatedBytesPerStep)
{
    const int Steps = 1_000_000, Checkpoints = 21;

    // Time until the loop has its final compilation: the runtime recompiles a method after 30 calls and a tenth of a second, twice.
    static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);

    /// <summary>Measures the costs and warms up the loop.</summary>
    public static async Task<BenchCosts> MeasureAsync(RunSpecification specification)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true), begun = Stopwatch.GetTimestamp();
        var run = Run.Start(specification, RunOptions.InMemory);
        while (run.Steps == 0 && !run.Completion.IsCompleted)
            Thread.Yield();
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        long held = GC.GetTotalMemory(forceFullCollection: true) - before + (long)specification.World.States * sizeof(char);
        await Task.Delay(WarmUp);
        run.Stop();
        await run.Completion;
        var (pause, allocated) = Measure(new(specification, specification.World.Compile()));
        return new(seconds, (double)held / specification.World.States, pause, allocated);
    }

    static (double Pause, double Allocated) Measure(RunLoop runLoop)
    {
        // Checkpoints come first, because they are taken at the end of an episode. As in a run, each reuses the memory of the one before
        // last.
        var pauses = new List<double>();
        Checkpoint? spare = null, last = null;
        for (int i = 0; i < Checkpoints; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            (spare, last) = (last, runLoop.Checkpoint(0, null, spare));
            pauses.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        var buffer = new EpisodeBuffer(EpisodeBuffer.Rows);
        long allocated = GC.GetAllocatedBytesForCurrentThread(), from = runLoop.Loop.Steps;
        while (runLoop.Loop.Steps < Steps && !runLoop.Loop.IsNonFinite)
        {
            buffer.Clear();
            runLoop.Advance(Steps - runLoop.Loop.Steps, long.MaxValue, buffer);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return (pauses.Order().ElementAt(Checkpoints / 2), (double)allocated / (runLoop.Loop.Steps - from));
    }
}
