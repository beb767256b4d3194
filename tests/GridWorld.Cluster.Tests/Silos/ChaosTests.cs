using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>Whatever happens to home and its workers, the table is that of a single process. The suite runs the first case.</summary>
public sealed class ChaosTests
{
    // Long enough that everything happens while it trains.
    static readonly int episodes = Long.Is("cluster") ? (int)Long.Count("cluster", 0, isLong: 150_000) : 300;
    static readonly Dictionary<string, Action<Stage>> cases = new()
    {
        ["three workers"] = _ => { },
        ["a worker is added in the middle"] = stage => stage.Add(),
        ["clients"] = stage =>
        {
            stage.Add("--client");
            stage.Add("--client");
        },
        ["a worker is killed"] = stage => stage.Say($"others get the work of a killed worker after {stage.Kill(0):F1} s"),
        ["all workers are killed"] = stage =>
        {
            stage.Say($"home notices that all workers were killed after {stage.Kill(0, 1, 2):F1} s");
            stage.Add();
            stage.Add();
        },
        ["home is killed and away for 3 s"] = stage => stage.RestartHome(3),
        ["home is killed and away for 60 s"] = stage => stage.RestartHome(60),
        ["a worker is frozen for 5 s"] = stage => Stage.Freeze(stage.Workers[0], 5),
        ["a worker is frozen for 30 s"] = stage => Stage.Freeze(stage.Workers[0], 30),
        ["home is frozen for 5 s"] = stage => Stage.Freeze(stage.Home, 5),
        ["home is frozen for 30 s"] = stage => Stage.Freeze(stage.Home, 30),
    };

    static readonly Lazy<string> alone = new(() =>
    {
        using var study = new Study(episodes);
        return study.Alone();
    });

    // One kill of a worker and of home, and a freeze, are in the suite: ClusterTests.
    public static TheoryData<string> Cases => [.. cases.Keys.Where(_ => Long.Is("cluster"))];

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Cases))]
    public void Table_of_a_cluster_is_that_of_a_single_process(string what)
    {
        string expected = alone.Value;
        using var stage = new Stage(episodes);
        Wait.Until(() => stage.Study.Ended >= 10, $"It does not go on. {stage.Home}");

        cases[what](stage);

        var begun = Stopwatch.GetTimestamp();
        Assert.True(stage.Home.End() == 0, $"{stage.Home}");
        Assert.Equal(expected, Study.Table(stage.Home.Output));
        double later = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        stage.Say($"{what}: the table of 300 trials equals the single process's, {later:F0} s later");
    }

    [Fact]
    public void No_worker_is_given_up_while_all_cores_are_busy()
    {
        int seconds = Long.Is("cluster") ? 180 : 20;
        using var stage = new Stage(episodes: 10_000_000, threads: Environment.ProcessorCount);
        foreach (var worker in stage.Workers)
            stage.Home.Line($"{worker.Id} has joined");

        Thread.Sleep(TimeSpan.FromSeconds(seconds));

        Assert.Empty(stage.Home.Lines("is gone"));
        stage.Say($"no worker was given up in {seconds} s with {3 * Environment.ProcessorCount} busy threads");
    }
}

/// <summary>Home and three workers.</summary>
internal sealed class Stage : IDisposable
{
    public Stage(int episodes, int threads = 1)
    {
        Study = new(episodes);
        Home = Study.Home();
        Address = Home.Address;
        for (int k = 0; k < 3; k++)
            Workers.Add(Study.Worker(Address, "--threads", $"{threads}"));
    }

    public Study Study { get; }

    public Actor Home { get; private set; }

    public string Address { get; }

    public List<Actor> Workers { get; } = [];

    public void Add(params string[] more) => Workers.Add(Study.Worker(Address, more));

    /// <summary>Kills workers at once, and returns the seconds until home has given their work away.</summary>
    public double Kill(params int[] workers)
    {
        foreach (int k in workers)
            Home.Line($"{Workers[k].Id} has joined");
        foreach (int k in workers)
            Workers[k].Kill();
        long begun = Stopwatch.GetTimestamp();
        foreach (int k in workers)
            Home.Line($"{Workers[k].Id} is gone");
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Assert.InRange(seconds, 0, 15);
        return seconds;
    }

    public void RestartHome(double seconds)
    {
        Home.Kill();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        Home = Study.Home(Address, isResumed: true);
    }

    public static void Freeze(Actor actor, double seconds)
    {
        actor.Signal("STOP");
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        actor.Signal("CONT");
    }

    public void Say(string figures) => Long.Say("cluster", figures);

    public void Dispose() => Study.Dispose();
}
