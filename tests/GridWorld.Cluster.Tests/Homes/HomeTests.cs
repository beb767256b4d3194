namespace GridWorld.Tests;

/// <summary>Home gives each piece of work to one worker at a time, and counts each result once.</summary>
public sealed class HomeTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly HashSet<string> dead = [];
    readonly List<string> said = [];
    readonly SweepRun run;
    readonly Home home;

    public HomeTests() => (run, home) = Begin(Definition.Start(Options));

    static Sweep Definition { get; } = new()
    {
        Name = "small", Episodes = 30, Seeds = 2, TestSeeds = 2, Sampler = SweepSampler.Random, Trials = 8,
        Space = [SearchParameter.Uniform("learning_rate", 0.1, 1)],
    };

    SweepRunOptions Options => new() { Store = folder.Path, Threads = 0, IsShared = true };

    public void Dispose()
    {
        run.Stop();
        home.Tick();
        folder.Dispose();
    }

    [Fact]
    public async Task Results_are_those_of_a_sweep_without_workers()
    {
        PaperWorker one = new(home, "one"), two = new(home, "two") { Want = 3 };
        Busy(one);
        Busy(two);

        one.Train(one.Held.First());
        one.Want = 0;
        one.Exchange();
        two.TrainAll();
        await run;

        var alone = Definition.Start(new() { Store = folder.At("alone"), Threads = 1 });
        await alone;
        Assert.Equal(alone.TrialResults(), run.TrialResults());
        Assert.Equal(alone.Hash(), run.Hash());
    }

    [Fact]
    public void A_worker_that_wants_everything_leaves_others_their_part()
    {
        PaperWorker one = new(home, "one"), greedy = new(home, "greedy") { Want = 10 };
        Busy(one);
        Wait.Until(() => run.Board.Waiting == Definition.Trials * Definition.Seeds - 1, "Not all work waits.");

        greedy.Exchange();

        Assert.Equal(Definition.Trials * Definition.Seeds / 4, greedy.Held.Count); // half of its half
    }

    [Fact]
    public void Work_of_a_silent_worker_goes_to_another_and_its_late_result_is_compared()
    {
        PaperWorker silent = new(home, "silent"), other = new(home, "other") { Want = 100 };
        var unit = Busy(silent);
        Busy(other);
        Assert.DoesNotContain(unit, other.Held);

        for (int k = 0; k <= Home.LeaseTicks; k++)
            home.Tick();
        TakeOver(other, unit);
        other.Train(unit);
        other.Exchange();
        silent.Train(unit);
        silent.Exchange();

        Assert.Equal((1, null), (home.Verified, run.Message));
        Assert.Contains("worker silent is gone; others get its 1 run", said);
    }

    [Fact]
    public async Task A_worker_that_left_at_the_end_is_not_said_to_be_gone()
    {
        var worker = new PaperWorker(home, "one") { Want = 100 };
        worker.TrainAll();
        await run;

        for (int k = 0; k <= Home.LeaseTicks; k++)
            home.Tick();

        Assert.Equal(["worker one has joined with 1 thread"], said);
    }

    [Fact]
    public async Task A_late_result_with_another_hash_stops_the_sweep_and_names_the_trial()
    {
        PaperWorker first = new(home, "first"), second = new(home, "second") { Want = 100 };
        var unit = Busy(first);
        for (int k = 0; k <= Home.LeaseTicks; k++)
            home.Tick();
        TakeOver(second, unit);

        first.Train(unit, result => result with { Hash = "0123" });
        first.Exchange();
        second.Train(unit);
        second.Exchange();
        for (int k = 0; k <= Home.LeaseTicks; k++)
            home.Tick();
        await run;

        Assert.Equal(RunState.Failed, run.State);
        Assert.StartsWith($"Trial {unit.Trial} is not deterministic: seed {unit.Seed} was trained twice", run.Message);
        Assert.Contains("second", run.Message);
    }

    [Fact]
    public void A_worker_whose_silo_is_dead_is_fenced_and_its_work_given_away_at_once()
    {
        PaperWorker zombie = new(home, "zombie") { Silo = "one" }, other = new(home, "other") { Want = 100 };
        var unit = Busy(zombie);

        dead.Add("one");
        home.Tick();

        Assert.True(zombie.Exchange().IsFenced);
        TakeOver(other, unit);
        // It comes back with a new silo, and with the work that it has.
        var again = new PaperWorker(home, "zombie") { Silo = "two" };
        Assert.False(again.Exchange().IsFenced);
    }

    [Fact]
    public void Work_whose_order_got_lost_is_given_again()
    {
        var worker = new PaperWorker(home, "one");
        Wait.Until(() => worker.Exchange(isLost: true).Start.Length > 0, "There is no work.");
        Assert.Empty(worker.Held);

        var again = worker.Exchange();

        Assert.Single(again.Start);
    }

    [Fact]
    public async Task Home_that_starts_again_lets_workers_go_on_with_what_they_have()
    {
        var worker = new PaperWorker(home, "one") { Want = 3 };
        Busy(worker);
        worker.Train(worker.Held.First());
        var (held, before) = (worker.Held.ToList(), home);
        run.Stop();
        for (int k = 0; k <= Home.LeaseTicks; k++)
            before.Tick();
        await run;

        var (resumed, next) = Begin(SweepRun.Resume(run.Id, folder.Path, Options));
        var told = new List<Orders>();
        worker.Home = next;
        do
        {
            told.Add(worker.Exchange());
        }
        while (told[^1].Unknown.Length > 0);
        worker.TrainAll();
        await resumed;

        Assert.All(told, orders => Assert.Empty(orders.Abandon));
        Assert.All(told, orders => Assert.DoesNotContain(orders.Start, o => held.Contains(o.Unit)));
        Assert.Equal(RunState.Completed, resumed.State);
    }

    [Fact]
    public void Results_of_another_sweep_are_not_taken()
    {
        var worker = new PaperWorker(home, "one");
        worker.Train(Busy(worker), result => result with { Hash = "0123" });
        var (other, next) = Begin(Definition.Start(Options));
        worker.Home = next;

        var orders = worker.Exchange();

        Assert.Equal(other.Id, orders.Sweep);
        Assert.Equal(0, other.Status().Ended);
        other.Stop();
    }

    [Theory]
    [InlineData("0.0.1", null, null, "The worker has version 0.0.1, home has")]
    [InlineData(null, null, "guessed", "The worker's token is not that of home. Set GRIDWORLD_TOKEN")]
    public void A_worker_that_does_not_fit_is_refused_in_words(string? version, string? mathematics, string? token, string why)
    {
        var here = Compatibility.Here;
        var worker = new PaperWorker(home, "other")
        {
            Own = new(version ?? here.Version, mathematics ?? here.Mathematics, token ?? here.Token),
        };

        Assert.StartsWith(why, worker.Exchange().Refusal);
        Assert.Empty(home.Workers);
    }

    [Theory]
    [InlineData("epsilon-greedy", false)]
    [InlineData("softmax", true)]
    [InlineData("ucb", true)]
    public void Another_kind_of_machine_is_refused_where_it_matters_to_the_bits(string behavior, bool isRefused)
    {
        var sweep = Definition with { Settings = new([new("behavior", behavior)]) };
        var here = Compatibility.Here;

        string? refusal = here.Refusal(here with { Mathematics = "macOS, arm64, no FMA" }, Compatibility.NeedsMathematics(sweep));

        Assert.Equal(isRefused, refusal?.StartsWith("The worker runs on macOS, arm64, no FMA, home on", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void State_goes_to_home_and_to_the_next_worker_in_parts()
    {
        PaperWorker first = new(home, "first"), second = new(home, "second") { Want = 100 };
        var unit = Busy(first);
        var noise = new byte[3 << 20];
        var rng = new Rng(1, 2, 3, 4);
        foreach (ref byte one in noise.AsSpan())
            one = (byte)rng.Next();
        var state = new StateSection[] { new("q", noise), new("rng", [1, 2, 3]) };

        foreach (var part in StatePart.Of(unit, 7, SeedTable.Pack(state)))
        {
            Assert.InRange(part.Bytes.Length, 1, StatePart.Most);
            home.Keep("first", part);
            home.Keep("first", part); // sent again
        }

        for (int k = 0; k <= Home.LeaseTicks; k++)
            home.Tick();
        Assert.True(TakeOver(second, unit).HasState);
        var bytes = new List<byte>();
        for (int k = 0; home.Fetch("second", unit, k) is { } part; k++)
            bytes.AddRange(part.Bytes);

        var fetched = SeedTable.Unpack([.. bytes]);
        Assert.Equal(["q", "rng"], fetched.Select(s => s.Name));
        Assert.Equal(noise, fetched[0].Bytes);
        Assert.Null(home.Fetch("first", unit, 0)); // it has no lease any more
    }

    [Fact]
    public async Task Stopped_sweep_takes_its_work_back_and_is_resumed()
    {
        var worker = new PaperWorker(home, "one") { Want = 4 };
        Busy(worker);

        run.Stop();
        Wait.Until(() => worker.Exchange().IsHeld, "The worker is not told.");
        for (int k = 0; k <= Home.LeaseTicks; k++)
            home.Tick();
        await run;

        Assert.Equal(RunState.Stopped, run.State);
        Assert.False(worker.Exchange().IsOver);
    }

    (SweepRun Run, Home Home) Begin(SweepRun sweep)
    {
        var made = new Home(Compatibility.Here, TimeProvider.System, dead.Contains, said.Add);
        made.Serve(sweep);
        return (sweep, made);
    }

    // Trains other work until it gets this one.
    static UnitOrder TakeOver(PaperWorker worker, UnitId unit)
    {
        UnitOrder? order = null;
        Wait.Until(() =>
        {
            order = worker.Exchange().Start.FirstOrDefault(o => o.Unit == unit);
            foreach (var other in worker.Held.Where(held => held != unit).ToList())
                worker.Train(other);
            return order is not null;
        }, "The work is not given to the other.");
        return order!;
    }

    // Waits until the worker has as much work as it wants, or all that there is.
    static UnitId Busy(PaperWorker worker)
    {
        Wait.Until(() => worker.Exchange() is var _ && worker.Held.Count > 0, "There is no work.");
        return worker.Held.First();
    }
}
