namespace GridWorld.Tests;

public sealed class InitialQTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Learners => [.. LearnerCatalog.All.Select(l => l.Name)];

    [Theory, MemberData(nameof(Learners))]
    public async Task Every_learner_starts_from_the_values_and_a_terminal_state_stays_worth_0(string name)
    {
        var world = Worlds.CliffWalking();
        var values = Enumerable.Range(0, world.States * world.Actions).Select(i => -1.0 / (i + 1)).ToArray();

        var run = Run.Start(new(world, LearnerCatalog.Create(name), Episodes: 3) { InitialQ = new(values) }, RunOptions.InMemory);
        await run.Completion;

        var before = run.AgentAt(0, TestContext.Current.CancellationToken).Q;
        Assert.Equal(values.Take(47 * 4).Concat([0, 0, 0, 0]), before);
        Assert.NotEqual(before, run.Agent().Q);
    }

    [Theory]
    [InlineData("q-learning")]
    [InlineData("double-q-learning")]
    [InlineData("monte-carlo")]
    public async Task Resumed_run_comes_exactlys_of_one_that_nothing_interrupted(string learner)
    {
        var world = Worlds.Windy();
        var specification = new RunSpecification(world, LearnerCatalog.Create(learner), Seed: 5,
            Episodes: 40) { InitialQ = new(Enumerable.Range(0, world.States * world.Actions).Select(i => Math.Sin(i)).ToArray()) };

        var run = Run.Start(specification, new() { Store = folder.Path, CheckpointEvery = 7 });
        await run.Completion;
        var resumed = Run.Resume(run.Id, folder.Path, moreEpisodes: 20);
        await resumed.Completion;

        new Straight(specification, [], 60).AssertSame(Run.Open(run.Id, folder.Path), RunFiles.PathOf(folder.Path, run.Id));
        Assert.Equal(specification, Run.Open(run.Id, folder.Path).Specification);
    }

    [Fact]
    public void Other_values_are_another_specification()
    {
        RunSpecification one = With(0.5), same = With(0.5), other = With(-0.5), none = new(World.Parse("SG"), new QLearning());

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
        Assert.NotEqual(one, none);
        Assert.Equal(one, SpecificationJson.Read(SpecificationJson.Write(one)));
        Assert.DoesNotContain("initial_q", SpecificationJson.Write(none));

        static RunSpecification With(double value) =>
            new(World.Parse("SG"), new QLearning()) { InitialQ = new(Enumerable.Repeat(value, 8).ToArray()) };
    }

    [Fact]
    public void Values_of_another_size_and_such_as_are_no_numbers_are_faults()
    {
        Assert.Equal("The number of initial values must be 2 states × 4 actions = 8 (got 7).",
            Assert.Throws<InputException>(() => Run.Start(new(World.Parse("SG"), new QLearning()) { InitialQ = new(new double[7]) },
            RunOptions.InMemory)).Message);
        Assert.Equal("The initial value of entry 2 is NaN; it must be finite.",
            Assert.Throws<InputException>(() => new InitialQ([0, 1, double.NaN])).Message);
    }

    [Theory]
    [InlineData("\"AA==\"")]
    [InlineData("\"not base64\"")]
    [InlineData("7")]
    public void Damaged_values_in_a_file_are_a_fault(string json) => Assert.Throws<InputException>(() => SpecificationJson.Read(
        """{"world":{"map":["SG"]},"learner":{"name":"q-learning"},"seed":1,"episodes":null,"max_steps":null,"initial_q":""" + json + "}"));
}
