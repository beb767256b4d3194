using System.Diagnostics;

namespace GridWorld.Cli;

/// <summary>What a run costs beside the time of its steps.</summary>
/// <param name="StartSeconds">From the parsed map to the first steps of a run in memory, compiling the map included.</param>
/// <param name="BytesPerState">What that run holds, the map's text included, divided by the states.</param>
/// <param name="CheckpointMilliseconds">How long training stands still for a checkpoint, median.</param>
/// <param name="AllocatedBytesPerStep">What the training thread allocates in the loop.</param>
internal sealed record BenchCosts(double StartSeconds, double BytesPerState, double CheckpointMilliseconds, double AllocatedBytesPerStep)
{
    const int Steps = 1_000_000, Checkpoints = 21;

    // Until the loop has been compiled for good: the runtime looks at a method again after 30 calls and a tenth of a second, twice.
    static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);

    /// <summary>Measures, and leaves the loop warm.</summary>
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

    static (double Pause, double Allocated) Measure(Course course)
    {
        // Checkpoints first: they are taken at an episode's end. As in a run, each is written into the memory of the last but one.
        var pauses = new List<double>();
        Checkpoint? spare = null, last = null;
        for (int i = 0; i < Checkpoints; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            (spare, last) = (last, course.Checkpoint(0, null, spare));
            pauses.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        var buffer = new EpisodeBuffer(EpisodeBuffer.Rows);
        long allocated = GC.GetAllocatedBytesForCurrentThread(), from = course.Loop.Step;
        while (course.Loop.Step < Steps && !course.Loop.IsNonFinite)
        {
            buffer.Clear();
            course.Advance(Steps - course.Loop.Step, long.MaxValue, buffer);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return (pauses.Order().ElementAt(Checkpoints / 2), (double)allocated / (course.Loop.Step - from));
    }
}
