namespace GridWorld.Tests;

/// <summary>Processes and learners written outside the library.</summary>
public class OwnSimulatorTests
{
    [Fact]
    public void Loop_trains_in_a_process_written_elsewhere()
    {
        var loop = LoopBuilder.Build(new Corridor(5), new QLearning { LearningRate = 0.5, DiscountFactor = 1 }, seed: 3,
            terminalStates: [4]);

        var episodes = loop.Train(300);

        Assert.Equal(Enumerable.Range(1, 300).Select(k => (long)k), episodes.Select(e => e.Episode));
        Assert.All(episodes, e => Assert.True(e.Terminated && e.Return == -e.Length));
        Assert.Equal([-4, -3, -2, -1, 0], Enumerable.Range(0, 5).Select(s => loop.Values.Row(s).ToArray().Max()),
            (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(loop.Steps, Enumerable.Range(0, 10).Sum(i => loop.VisitsOf(i / 2, i % 2)));
    }

    [Fact]
    public void Same_process_as_tables_gives_the_same_bits()
    {
        var own = LoopBuilder.Build(new Corridor(5), new DoubleQLearning(), seed: 7, terminalStates: [4]);
        var tables = Loops.Of(Mdp.FromArrays(5, 2, 1, [0, 1, 0, 2, 1, 3, 2, 4, 4, 4], [.. Enumerable.Repeat(-1.0, 10)],
            [.. Enumerable.Repeat(1.0, 10)],
            [false, false, false, false, true], [new(0, 1)]), new DoubleQLearning(), seed: 7);

        own.Train(200);
        tables.Run(200);

        Assert.Equal(tables.Values.Values.ToArray(), own.Values.Values.ToArray());
    }

    [Fact]
    public void Tables_of_a_process_without_chance_are_exact_with_one_sample()
    {
        var mdp = Mdp.FromSimulator(new Corridor(5), samples: 1);

        Assert.Equal([0, 1, 0, 2, 1, 3, 2, 4], Enumerable.Range(0, 8).Select(i => mdp.Next(i / 2, i % 2)));
        Assert.True(mdp.IsTerminal(4) && mdp.Ends(3, 1) && !mdp.Ends(3, 0));
        Assert.Equal([-4, -3, -2, -1, 0], Planner.Solve(mdp, 1, Loops.Token).Values);
    }

    [Fact]
    public void Tables_of_a_process_with_chance_are_estimated()
    {
        const int samples = 100_000;
        var mdp = Mdp.FromSimulator(new Coin(), samples, seed: 2);

        double heads = Enumerable.Range(0, mdp.OutcomesPerPair).Where(k => mdp.Reward(0, 0, k) == 1).Sum(k => mdp.Probability(0, 0, k));
        Assert.InRange(heads, 0.25 - 4 * Math.Sqrt(0.25 * 0.75 / samples), 0.25 + 4 * Math.Sqrt(0.25 * 0.75 / samples));
        Assert.NotEqual(0.25, heads);
        Assert.Equal("samples must be between 1 and 1000000 (got 0).",
            Assert.Throws<InputException>(() => Mdp.FromSimulator(new Coin(), 0)).Message);
        Assert.Contains("Astray.Step returned state 7", Assert.Throws<InputException>(() => Mdp.FromSimulator(new Astray())).Message);
    }

    /// <summary>Heads, with a quarter's chance, pay 1 and end the episode; tails cost 1.</summary>
    readonly struct Coin : ISimulator
    {
        public int States => 2;

        public int Actions => 1;

        public int Start(ref Rng world) => 0;

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world) =>
            world.Next() < ulong.MaxValue / 4 ? TimeStep.Terminated(1, 1) : TimeStep.Mid(0, -1);
    }

    [Fact]
    public void State_out_of_range_is_refused_before_it_reaches_the_tables() =>
    Assert.Equal("Astray.Step returned state 7. A state must be between 0 and 2.",
        Assert.Throws<InputException>(() => LoopBuilder.Build(new Astray(), new QLearning()).Train(1)).Message);

    [Fact]
    public void All_faults_of_a_process_come_at_once() => Assert.Equal(
        ["A simulator must have at least 1 state (got 0).", "A simulator must have 1 to 32 actions (got 33).",
            "The step limit must be at least 1 (got 0).", "Learning rate must be between 0.001 and 1.0 (got 5)."],
        Assert.Throws<InputException>(() => LoopBuilder.Build(new Shapeless(), new QLearning { LearningRate = 5 }, stepLimit: 0)).Errors);

    [Fact]
    public void Learner_with_a_table_of_another_size_is_refused() =>
        Assert.Equal("The table of QLearner must have 5 states and 2 actions. Create it with NewTable.",
        Assert.Throws<InputException>(() => LoopBuilder.Build(new Corridor(5), new WrongTable())).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(10_000_001)]
    public void Number_of_episodes_is_checked(int episodes) =>
    Assert.Equal($"The number of episodes must be between 1 and 10000000 (got {episodes}).",
        Assert.Throws<InputException>(() => LoopBuilder.Build(new Corridor(5), new QLearning()).Train(episodes)).Message);

    readonly record struct Corridor(int States) : ISimulator
    {
        public int Actions => 2;

        public int Start(ref Rng world) => 0;

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world)
        {
            int next = Math.Max(0, state + (action == 1 ? 1 : -1));
            return next == States - 1 ? TimeStep.Terminated(next, -1) : TimeStep.Mid(next, -1);
        }
    }

    readonly record struct Astray : ISimulator
    {
        public int States => 3;

        public int Actions => 4;

        public int Start(ref Rng world) => 0;

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world) => TimeStep.Mid(7, 0);
    }

    readonly record struct Shapeless : ISimulator
    {
        public int States => 0;

        public int Actions => 33;

        public int Start(ref Rng world) => 0;

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world) => default;
    }

    sealed record WrongTable : LearnerOptions
    {
        public override string Name => "wrong-table";

        public override TrainingLoop Build(LoopBuilder loop) => loop.For(new QLearner(new(1, 1)));
    }
}
