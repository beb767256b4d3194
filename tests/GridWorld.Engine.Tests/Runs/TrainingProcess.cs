using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using GridWorld.Tests;

namespace GridWorld.Tests;

/// <summary>
/// A process that trains one run and can be killed: this test assembly, started again with a variable set. It says
/// "training ID" once it trains and "ended STATE" at its end, and gives each command when the run is far enough.
/// </summary>
internal sealed class TrainingProcess : IDisposable
{
    readonly Process process;

    TrainingProcess(Process process) => this.process = process;

    /// <summary>The same run by a learner that only that process has registered.</summary>
    public static RunSpecification OfOwnLearner =>
        Specification with { Learner = Own with { ValueRate = Schedule.Linear(0.5, 0.1, 3000) } };

    static QVLearning Own => new() { Called = "qv-of-another-process", LearningRate = 0.2, Epsilon = 0.4 };

    public static RunSpecification Specification =>
        new(Worlds.FrozenLake8x8(), new QLearning { LearningRate = 0.2, Epsilon = 0.4 }, Seed: 42, Episodes: 12_000);

    static IReadOnlyList<(long Episode, Action<Run> Give, Predicate<RunEvent> IsIt)> Commands =>
    [
        (200, run => run.Set(epsilon: 0.2), e => e.NewValue == "0.2"),
        (700, run => run.SaveCheckpoint("seven hundred"), e => e.Message == "seven hundred"),
        (1300, run => run.Set(learningRate: 0.05), e => e.NewValue == "0.05"),
        (2500, run => run.Set(epsilon: 0.01), e => e.NewValue == "0.01"),
    ];

    public int Id => process.Id;

    /// <summary>Starts a process that begins a run, or goes on with one.</summary>
    /// <param name="store">The folder.</param>
    /// <param name="run">The run to go on with; null begins one.</param>
    /// <param name="pace">Steps a second.</param>
    /// <param name="isEndless">Whether it trains until it is ended, with no checkpoints of its own accord.</param>
    /// <param name="isOwn">Whether its learner is the one that it has registered.</param>
    public static TrainingProcess Start(string store, string? run = null, double? pace = null, bool isEndless = false,
        bool isOwn = false) =>
        new(Process.Start(OwnProcess.As("training", FormattableString.Invariant($"{store}|{run}|{pace}|{isEndless}|{isOwn}")))!);

    /// <summary>The id of the run, once it trains.</summary>
    public string Training() => Said("training ");

    /// <summary>The state in which it ended.</summary>
    public string Ended() => Said("ended ");

    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Sends a signal, and gives the exit code.</summary>
    public int Signal(PosixSignal signal)
    {
        Assert.Equal(0, kill(process.Id, signal switch { PosixSignal.SIGHUP => 1, PosixSignal.SIGINT => 2, _ => 15 }));
        if (!process.WaitForExit(Wait.Patience))
            Assert.Fail($"The process did not end within {Wait.Patience} of {signal}.");
        return process.ExitCode;
    }

    [DllImport("libc")]
    static extern int kill(int process, int signal);

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    string Said(string what)
    {
        string? line = process.StandardOutput.ReadLine();
        return line?.StartsWith(what, StringComparison.Ordinal) == true
            ? line[what.Length..]
            : throw new InvalidOperationException(
                $"The training process said '{line}' instead of '{what}'. {process.StandardError.ReadToEnd()}");
    }

    [ModuleInitializer]
    internal static void TrainWhereAsked()
    {
        var assembly = typeof(TrainingProcess).Assembly;
        if (OwnProcess.Told("training")
            ?.Split('|') is not [_, _, _, _, _] told || AssemblyLoadContext.GetLoadContext(assembly) != AssemblyLoadContext.Default)
            return;
        // While an assembly is being initialized, no other thread can run its code, and a learner of this one trains on another. So it is
        // loaded once more.
        var again = new AssemblyLoadContext("initialized").LoadFromAssemblyPath(assembly.Location);
        again.GetType(typeof(TrainingProcess).FullName!)!.GetMethod(nameof(Train))!.Invoke(null, told);
    }

    public static void Train(string store, string id, string pace, string isEndless, string isOwn)
    {
        var options = new RunOptions { Store = store, CheckpointEvery = bool.Parse(isEndless) ? long.MaxValue : 20,
            Pace = pace.Length > 0 ? double.Parse(pace, CultureInfo.InvariantCulture) : null };
        LearnerCatalog.Register(() => Own);
        var specification = bool.Parse(isOwn) ? OfOwnLearner : Specification;
        var run = id.Length > 0 ? Run.Resume(id, store, options: options)
            : Run.Start(bool.Parse(isEndless) ? specification with { Episodes = null } : specification, options);
        Console.WriteLine($"training {run.Id}");
        foreach (var (episode, give, isIt) in Commands)
        {
            while (run.Episodes < episode && !run.Completion.IsCompleted)
                Thread.Yield();
            if (!run.EventLog.Any(e => isIt(e)))
                GiveUnlessOver(give);
        }

        run.Completion.Wait();
        Console.WriteLine($"ended {run.State}");
        Environment.Exit(0);

        // On a machine so busy that the run is over before this thread had a turn, there is no one left to command.
        void GiveUnlessOver(Action<Run> give)
        {
            try
            {
                give(run);
            }
            catch (InputException) when (run.State == RunState.Completed)
            {
            }
        }
    }
}
