using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld.Tests;

/// <summary>
/// A process that trains one run and can be killed: this test assembly, started again with a variable set. It says
/// "training ID" once it trains and "ended STATE" at its end, and gives each command when the run is far enough.
/// </summary>
internal sealed class TrainingProcess : IDisposable
{
    readonly Process process;

    TrainingProcess(Process process) => this.process = process;

    public static RunSpecification Specification =>
        new(Worlds.FrozenLake8x8(), new QLearning { LearningRate = 0.2, Epsilon = 0.4 }, Seed: 42, Episodes: 12_000);

    static readonly (long Episode, Action<Run> Give, Predicate<RunEvent> IsIt)[] Commands =
    [
        (200, run => run.Set(epsilon: 0.2), e => e.NewValue == "0.2"),
        (700, run => run.SaveCheckpoint("seven hundred"), e => e.Message == "seven hundred"),
        (1000, run => run.SetReward(1, 0, -0.5), e => e.NewValue == "-0.5"),
        (1300, run => run.Set(learningRate: 0.05), e => e.NewValue == "0.05"),
        (2500, run => run.Set(epsilon: 0.01), e => e.NewValue == "0.01"),
    ];

    /// <summary>The events that its commands leave, in their order.</summary>
    public static IReadOnlyList<RunEventKind> Given { get; } =
        [RunEventKind.ParamChange, RunEventKind.Checkpoint, RunEventKind.RewardChange, RunEventKind.ParamChange, RunEventKind.ParamChange];

    public int Id => process.Id;

    /// <summary>Starts a process that begins a run.</summary>
    /// <param name="store">The folder.</param>
    /// <param name="pace">Steps a second.</param>
    /// <param name="isEndless">Whether it trains until it is ended, with no checkpoints of its own accord.</param>
    public static TrainingProcess Start(string store, double? pace = null, bool isEndless = false) =>
        new(Process.Start(OwnProcess.As("training", FormattableString.Invariant($"{store}|{pace}|{isEndless}")))!);

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
    internal static void TrainWhereAsked() => OwnProcess.Play("training", Train);

    public static void Train(string told)
    {
        if (told.Split('|') is not [var store, var pace, var endless])
            throw new ArgumentException(told);
        bool isEndless = bool.Parse(endless);
        var run = Run.Start(isEndless ? Specification with { Episodes = null } : Specification, new()
        {
            Store = store, CheckpointEvery = isEndless ? long.MaxValue : 20,
            Pace = pace.Length > 0 ? double.Parse(pace, CultureInfo.InvariantCulture) : null,
        });
        Console.WriteLine($"training {run.Id}");
        while (!run.Completion.IsCompleted)
        {
            Command(run);
            Thread.Yield();
        }

        Console.WriteLine($"ended {run.State}");
        Environment.Exit(0);
    }

    /// <summary>
    /// Gives a run the commands whose episode has come, each once, whatever process gave those before; whether these were all.
    /// </summary>
    public static bool Command(Run run)
    {
        foreach (var (episode, give, isIt) in Commands)
        {
            if (run.Episodes < episode)
                return false;
            if (run.EventLog.Any(e => isIt(e)))
                continue;
            try
            {
                give(run);
            }
            catch (InputException) when (run.State == RunState.Completed)
            {
                // On a machine so busy that the run is over before this thread had a turn, there is no one left to command.
            }
        }

        return true;
    }
}
