using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>A sweep of 300 trials in a folder of its own, trained by one process or by many.</summary>
internal sealed class Study : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly List<Actor> actors = [];

    /// <param name="episodes">Number of episodes of each run.</param>
    /// <param name="pruner">The pruner.</param>
    public Study(int episodes, string pruner = "none") => File = folder.Write("study.sweep.json", $$$"""
        {
          "name": "study", "worlds": ["cliff-walking", "windy"], "learners": ["q-learning", "sarsa", "expected-sarsa"],
          "episodes": {{{episodes}}}, "seeds": 2, "test_seeds": 2, "pruner": "{{{pruner}}}", "sampler": "random", "trials": 50,
          "space": {"learning_rate": {"uniform": [0.05, 1]}, "epsilon": {"choice": [0.01, 0.1]}}
        }
        """);

    public string File { get; }

    string Store => folder.At("cluster");

    /// <summary>What a single process prints, in one string.</summary>
    public string Alone(TimeSpan? patience = null)
    {
        using var alone = Actor.Start("the single process", folder.Path, "sweep", File, "--store", folder.At("alone"), "--json");
        Assert.True(alone.End(patience) == 0, $"{alone}");
        return Table(alone.Output);
    }

    /// <summary>Starts home, or starts it again on its port.</summary>
    public Actor Home(string listen = "127.0.0.1:0", bool isResumed = false, params string[] more) => Add(Actor.Start("home", folder.Path,
        [.. isResumed ? ["sweeps", "resume", "study"] : new[] { "sweep", File }, "--store", Store, "--threads", "0", "--json", "--listen",
        listen, .. more]));

    public Actor Worker(string home, params string[] more) => Worker(["--join", home, .. more]);

    public Actor Worker(string[] options)
    {
        string[] threads = options.Contains("--threads") ? [] : ["--threads", "1"];
        return Add(Actor.Start($"worker {actors.Count}", folder.Path, ["worker", .. threads, .. options]));
    }

    /// <summary>The number of trials that have ended, as the file has it.</summary>
    public long Ended => SweepFolder.List(Store) is [{ Error: null } one] ? one.Ended : 0;

    /// <summary>The table of results, without what differs between two sweeps: id, name and time.</summary>
    public static string Table(string json)
    {
        var sweep = JsonDocument.Parse(json).RootElement;
        Assert.Equal(300, sweep.GetProperty("trials").GetArrayLength());
        return string.Join('\n', new[] { "state", "steps", "trials", "tests", "best", "hash" }
            .Select(name => sweep.GetProperty(name).GetRawText()));
    }

    public string At(string name) => folder.At(name);

    public void Dispose()
    {
        actors.ForEach(actor => actor.Dispose());
        folder.Dispose();
    }

    Actor Add(Actor actor)
    {
        actors.Add(actor);
        return actor;
    }
}
