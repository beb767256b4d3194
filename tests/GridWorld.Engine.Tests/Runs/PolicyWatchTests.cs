namespace GridWorld.Tests;

public sealed class PolicyWatchTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Episodes_that_ended_since_are_added_to_what_is_known()
    {
        var run = Run.Start(new(Worlds.FrozenLake8x8(), new QLearning(), Seed: 5, Episodes: 400), RunOptions.InMemory);
        await run;
        var watch = new PolicyWatch();
        var first = Complete(watch, run);
        run.Continue(400);
        await run;

        var all = Complete(watch, run);

        Assert.Equal((400, 800), (first.Episodes, all.Episodes));
        Assert.Equal(run.PolicyChanges(cancellationToken: Cancel).LastChange, all.LastChange);
        Assert.NotEqual(first.LastChange, all.LastChange);
    }

    [Fact]
    public async Task Earlier_moment_has_its_own_last_changes()
    {
        var run = Run.Start(new(Worlds.FrozenLake8x8(), new QLearning(), Seed: 5, Episodes: 800), RunOptions.InMemory);
        await run;
        var watch = new PolicyWatch();
        Complete(watch, run);
        var past = run.Past(300, Cancel);

        Assert.Equal(past.PolicyChanges(cancellationToken: Cancel).LastChange, Complete(watch, past).LastChange);
    }

    [Fact]
    public async Task Work_ends_when_no_one_asks_any_more()
    {
        // Far more to replay than anyone waits for.
        var run = Run.Start(new(Worlds.Empty(500, 500), new QLearning { Epsilon = 1 }, Seed: 1, Episodes: 2000, MaxSteps: 200_000),
            RunOptions.InMemory with { StepBudget = 40_000_000 });
        await run;
        var watch = new PolicyWatch(interest: TimeSpan.FromMilliseconds(50));

        watch.At(run, run.Episodes);

        Wait.Until(() => watch.IsAtRest, "The work did not end.");
        Assert.Null(watch.At(run, run.Episodes));
    }

    static PolicyChanges Complete(PolicyWatch watch, RunView run)
    {
        PolicyChanges? found = null;
        Wait.Until(() => (found = watch.At(run, run.Status().Episodes)) is { After: 0 } && found.Episodes == run.Status().Episodes,
            "The changes did not become complete.");
        return found!;
    }
}
