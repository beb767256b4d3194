using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

/// <summary>A process that trains a sweep until it is killed: this test assembly, started again.</summary>
internal static class SweepProcess
{
    /// <summary>Starts or resumes a sweep, and kills it once more results are in its file.</summary>
    /// <param name="store">The folder.</param>
    /// <param name="definition">The sweep's file.</param>
    /// <param name="moreSeeds">Number of results to come before the kill.</param>
    public static void TrainAndKill(string store, string definition, int moreSeeds)
    {
        int before = Results(store);
        using var process = Process.Start(OwnProcess.As("sweep", $"{store}|{definition}"))!;
        Wait.Until(() => process.HasExited || Results(store) >= before + moreSeeds, "No result was stored.");
        Assert.False(process.HasExited, $"It ended before it was killed, with {Results(store)} results.");
        process.Kill();
        process.WaitForExit();
    }

    static int Results(string store) => SweepFolder.List(store) is [{ Error: null } one]
        ? SweepFile.Read(one.Path, c => SweepTables.Seed.Read(c).Count) : 0;

    [ModuleInitializer]
    internal static void TrainWhereAsked()
    {
        if (OwnProcess.Told("sweep")?.Split('|') is not [var store, var definition])
            return;
        var options = new SweepRunOptions { Store = store, Threads = 2 };
        var sweep = SweepFolder.List(store) is [var one] ? SweepRun.Resume(one.Id, store, options) : Sweep.Read(definition).Start(options);
        sweep.Completion.Wait();
        Environment.Exit(3);
    }
}
