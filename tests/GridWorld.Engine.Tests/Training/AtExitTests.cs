using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

public sealed class AtExitTests
{
    // What a kernel does when its editor has died. In a process of its own, since it stops every run.
    [Fact]
    public void Runs_ensembles_and_sweeps_stop_also_an_endless_one_in_memory()
    {
        using var folder = new TemporaryFolder();
        using var process = Process.Start(OwnProcess.As("stop all", folder.Path))!;
        try
        {
            Assert.True(process.WaitForExit(Wait.Patience), "Something did not stop.");
            Assert.Equal("Stopped, Stopped, Stopped, Stopped", process.StandardOutput.ReadToEnd().Trim());
        }
        finally
        {
            process.Kill();
        }
    }

    [ModuleInitializer]
    internal static void StopWhereAsked()
    {
        if (OwnProcess.Told("stop all") is not { } store)
            return;
        var endless = new RunSpecification(Worlds.FrozenLake4x4(), new QLearning(), Episodes: null);
        Run[] runs = [Run.Start(endless, RunOptions.InMemory), Run.Start(endless, new() { Store = store })];
        var ensemble = Ensemble.Start(endless, 3, new() { Store = store });
        var sweep = new Sweep { Episodes = 1_000_000_000, Settings = new([new("learning_rate", 0.5)]) }.Start(new() { Store = store });
        AtExit.StopAll();
        Task.WaitAll([.. runs.Select(r => r.Completion), ensemble.Completion, sweep.Completion]);
        Console.WriteLine(string.Join(", ", [.. runs.Select(r => r.State), ensemble.Status().State, sweep.State]));
        Environment.Exit(0);
    }
}
