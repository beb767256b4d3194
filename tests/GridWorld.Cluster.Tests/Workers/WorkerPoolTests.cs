namespace GridWorld.Tests;

/// <summary>The threads of a worker lose nothing, whatever happens to the connection.</summary>
public sealed class WorkerPoolTests : IDisposable
{
    static readonly UnitId unit = new(1, 7, 0);
    static readonly TimeSpan saveEvery = SweepWorker.SaveEvery;

    public void Dispose() => SweepWorker.SaveEvery = saveEvery;

    [Fact]
    public void Long_work_saves_its_state_on_the_way_and_another_worker_goes_on_from_it_to_the_same_bits()
    {
        SweepWorker.SaveEvery = TimeSpan.FromMilliseconds(20);
        var work = Work(episodes: 300_000);
        using var pool = new WorkerPool(1);

        pool.Add(new(unit, work, null));
        Wait.Until(() => pool.States.Count > 0, "No state is saved.");
        var (_, episode, packed) = pool.States[0];
        pool.Forget([unit]);

        Assert.InRange(episode, 1, 299_999);
        var state = SeedTable.Unpack(packed);
        var (rest, straight) = (Train(work, state), Train(work, null));
        Assert.Equal(straight.Result, rest.Result);
    }

    [Fact]
    public void Held_work_is_given_back_with_its_state()
    {
        using var pool = new WorkerPool(1);
        pool.Join("sweep");
        SweepWorker.SaveEvery = TimeSpan.FromMilliseconds(20);
        pool.Add(new(unit, Work(episodes: 1_000_000_000), null));
        // Work that no thread has begun has no state.
        Wait.Until(() => pool.States.Count > 0, "It does not begin.");

        pool.Hold(true);

        Wait.Until(() => pool.Report() is { Held: [], Returned: [] }, "It is returned before its state.");
        var (_, _, packed) = pool.States[0];
        pool.Sent(unit, packed);
        Assert.Equal([unit], pool.Report().Returned);
        pool.Taken([], [unit], []);
        Assert.True(pool.IsEmpty);
    }

    [Fact]
    public void Result_is_reported_until_home_has_taken_it()
    {
        using var pool = new WorkerPool(1);
        pool.Join("sweep");
        pool.Add(new(unit, Work(episodes: 10), null));
        Wait.Until(() => pool.Report().Done.Length > 0, "There is no result.");
        var done = pool.Report().Done;

        pool.Taken(done, [], [unit]); // home does not know the work yet
        Assert.Equal([unit], pool.Report().Done.Select(d => d.Unit));
        Assert.False(pool.IsNew(unit));
        pool.Taken(done, [], []);
        Assert.Empty(pool.Report().Done);
    }

    [Fact]
    public void Work_of_another_sweep_is_forgotten()
    {
        using var pool = new WorkerPool(1);
        pool.Join("first");
        pool.Add(new(unit, Work(episodes: 1_000_000_000), null));
        pool.Add(new(unit with { Seed = 8 }, Work(episodes: 10), null));

        pool.Join("second");

        Assert.True(pool.IsEmpty);
        pool.Add(new(unit, Work(episodes: 10), null));
        Wait.Until(() => pool.Report().Done.Length > 0, "The thread is not free.");
        Assert.Equal(10, pool.Report().Done[0].Episodes);
    }

    static SeedWork Work(long episodes) => new(new(Worlds.CliffWalking(), new Sarsa { LearningRate = 0.5 }, 7, episodes), episodes, true,
        new(SweepObjectives.Parse("mean_return_last_100")));

    static SeedOutcome Train(SeedWork work, IReadOnlyList<StateSection>? state) =>
        SweepWorker.Train(work, () => state, () => false, (_, _) => { })!;
}
