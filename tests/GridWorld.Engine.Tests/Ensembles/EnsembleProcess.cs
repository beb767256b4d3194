using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

/// <summary>A process that trains an ensemble until it is killed: this test assembly, started again.</summary>
internal static class EnsembleProcess
{
    public static readonly RunSpecification Specification = new(Worlds.CliffWalking(), new Sarsa { LearningRate = 0.5 }, Seed: 5,
        Episodes: 1_000_000);

    public const int Seeds = 6;

    /// <summary>Starts one, and kills it once its file holds training.</summary>
    /// <param name="store">The folder.</param>
    /// <param name="resume">The ensemble to resume; null to start one.</param>
    /// <param name="from">The file must hold more than this many episodes.</param>
    public static void StartAndKill(string store, string? resume, long from)
    {
        using var process = Process.Start(OwnProcess.As("ensemble", $"{store}|{resume}"))!;
        Wait.Until(() => process.HasExited || SweepFolder.List(store) is [{ Error: null } one]
            && Ensemble.Open(one.Id, store).Status().Episodes > from, "The ensemble was never saved.");
        Assert.False(process.HasExited, "It ended before it was killed.");
        process.Kill();
        process.WaitForExit();
    }

    [ModuleInitializer]
    internal static void TrainWhereAsked()
    {
        if (OwnProcess.Told("ensemble")?.Split('|') is not [var store, var resume])
            return;
        var options = new EnsembleOptions { Store = store, Threads = 1 };
        var ensemble = resume.Length > 0 ? Ensemble.Resume(resume, store, options: options) : Ensemble.Start(Specification, Seeds, options);
        if (resume.Length == 0)
            ensemble.Set(epsilon: 0.02);
        ensemble.Completion.Wait();
        // Whoever was to kill it is late; it must not look as if it had ended well.
        Environment.Exit(3);
    }
}
