using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GridWorld.Tests;

[Collection(nameof(WholeProcess))]
public sealed class RunLogTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_life_of_a_run_is_logged_with_stable_ids_and_fields()
    {
        using var log = new TestLog();
        using var logging = RunLog.To(log);
        var run = Worlds.CliffWalking().Train(new QLearning(), episodes: null, seed: 9, options: RunOptions.InMemory);
        run.Set(learningRate: 0.05);
        run.SaveCheckpoint("before lunch");
        run.Pause();
        run.Resume();
        run.Stop();
        await run.Completion.WaitAsync(Stop);

        var lines = log.Of(run);
        Assert.Equal([(101, "run_started"), (105, "param_change"), (106, "checkpoint"), (107, "paused"), (108, "resumed"),
            (110, "stopped")], lines.Select(l => (l.Id.Id, l.Id.Name!)));
        Assert.All(lines, l => Assert.Equal((RunLog.RunCategory, LogLevel.Information), (l.Category, l.Level)));
        Assert.Equal(("q-learning", "cliff-walking", 9UL, null),
            (lines[0].Fields["Learner"], lines[0].Fields["World"], lines[0].Fields["Seed"], lines[0].Fields["Episodes"]));
        Assert.Equal(("learning_rate", "0.1", "0.05", run.EventLog[1].Episode),
            (lines[1].Fields["Param"], lines[1].Fields["OldValue"], lines[1].Fields["NewValue"], lines[1].Fields["Episode"]));
        Assert.Equal($"Run {run.Id}: checkpoint before lunch after episode {run.EventLog[2].Episode}.", lines[2].Text);
    }

    [Fact]
    public async Task Failures_are_errors()
    {
        using var log = new TestLog();
        using var logging = RunLog.To(log);
        var run = new World(["S.G"],
            new() { StepReward = 1e308, MaxSteps = 100 }).Train(new QLearning { LearningRate = 1, DiscountFactor = 1 }, episodes: 100,
            options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Stop);

        var error = log.Of(run)[^1];
        Assert.Equal((112, "training_error", LogLevel.Error, run.EventLog[^1].Message),
            (error.Id.Id, error.Id.Name, error.Level, error.Fields["Message"]));
    }

    [Fact]
    public async Task A_fork_and_a_resumed_run_tell_only_what_is_new()
    {
        var folder = Directory.CreateTempSubdirectory("gridworld-log-");
        using var log = new TestLog();
        var run = Worlds.CliffWalking().Train(new QLearning(), episodes: 50, options: new RunOptions { Store = folder.FullName });
        await run.Completion.WaitAsync(Stop);

        using (RunLog.To(log))
        {
            var fork = run.Fork(at: 20, epsilon: 0.2);
            await fork.Completion.WaitAsync(Stop);
            Assert.Equal([102, 105, 111], log.Of(fork).Select(l => l.Id.Id));
            var resumed = Run.Resume(run.Id, folder.FullName, moreEpisodes: 10);
            await resumed.Completion.WaitAsync(Stop);
            Assert.Equal([103, 109, 111], log.Of(run).Select(l => l.Id.Id));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_kind_of_event_has_an_id_of_its_own()
    {
        using var log = new TestLog();
        var run = Worlds.CliffWalking().Train(new QLearning(), episodes: 1, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Stop);
        // An event that is dropped is rewritten: it was told when it was given.
        RunEventKind[] kinds = [.. Enum.GetValues<RunEventKind>()
            .Where(kind => kind is not (RunEventKind.Dropped or RunEventKind.Unknown))];

        using (RunLog.To(log))
            foreach (var kind in kinds)
                RunTelemetry.Tell(run.EventLog[0] with { Kind = kind }, run.Specification);

        Assert.Equal(kinds.Select(kind => Words.Of(kind)).Order(), log.Of(run).Select(l => l.Id.Name!).Order());
        Assert.Equal(kinds.Length, log.Of(run).Select(l => l.Id.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_server_is_logged_without_its_token()
    {
        using var log = new TestLog();
        string token;
        using (RunLog.To(log))
        {
            await using var server = new ServerFixture();
            token = server.Token;
            await server.Send("GET", "/api/training-sessions", $"Authorization: Bearer {token[1..]}");
        }

        Assert.Contains(log.Lines, l => l.Id == new EventId(201, "server_started") && l.Category == RunLog.ServerCategory);
        Assert.Contains(log.Lines, l => l.Id.Id == 203 && Equals(l.Fields["Status"], 401) && l.Level == LogLevel.Warning);
        Assert.Contains(log.Lines, l => l.Id.Id == 202);
        Assert.DoesNotContain(log.Lines, l => l.Text.Contains(token[1..]));
    }

    [Fact]
    public async Task A_logger_that_fails_costs_the_run_nothing_and_one_that_was_disposed_of_hears_nothing()
    {
        using var log = new TestLog { Fails = true };
        RunLog.To(log).Dispose();
        var quiet = Worlds.CliffWalking().Train(new QLearning(), episodes: 20, options: RunOptions.InMemory);
        await quiet.Completion.WaitAsync(Stop);
        Run run;
        using (RunLog.To(log))
        {
            run = Worlds.CliffWalking().Train(new QLearning(), episodes: 20, options: RunOptions.InMemory);
            await run.Completion.WaitAsync(Stop);
        }

        Assert.Empty(log.Of(quiet));
        Assert.Equal((2, RunState.Completed), (log.Of(run).Count, run.State));
    }

    sealed record Line(string Category, LogLevel Level, EventId Id, string Text, IReadOnlyDictionary<string, object?> Fields);

    sealed class TestLog : ILoggerFactory
    {
        public ConcurrentQueue<Line> Lines { get; } = [];

        public bool Fails { get; init; }

        public IReadOnlyList<Line> Of(Run run) => [.. Lines.Where(l => Equals(l.Fields.GetValueOrDefault("RunId"), run.Id))];

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        sealed class Logger(TestLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
                Func<TState, Exception?, string> formatter)
            {
                var fields = ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary(f => f.Key, f => f.Value);
                log.Lines.Enqueue(new(category, logLevel, eventId, formatter(state, exception), fields));
                if (log.Fails)
                    throw new InvalidOperationException("full");
            }
        }
    }
}
