namespace GridWorld.Tests;

/// <summary>Planning with a model: Sutton and Barto, 2nd ed., examples 8.1 to 8.4. γ 0.95, ε 0.1.</summary>
public class DynaTests
{
    static readonly Mdp Maze = Worlds.DynaMaze().Compile();

    static readonly int[] Shown = [1, 2, 3, 4, 5, 6, 10, 15, 20, 25, 30];

    // Mean steps of the episodes shown, and of 41 to 50. Wrong: another number of planning steps than was asked for.
    [Theory]
    [InlineData(0, new[] { 856, 689, 506, 334, 268, 222, 130, 84.6, 48.0, 25.3, 18.6 }, 17.86, 0.03, 16.74, 149)]
    [InlineData(5, new[] { 857, 149, 62.2, 34.7, 23.5, 19.1, 17.0, 16.8, 16.8, 16.8, 16.7 }, 16.74, 0.03, 17.86, 39.5)]
    [InlineData(50, new[] { 832, 39.5, 17.6, 17.2, 17.0, 17.0, 17.1, 17.1, 17.0, 16.9, 16.8 }, 16.81, 0.04, 17.86, 149)]
    public void Episodes_get_shorter_as_in_the_example(int planningSteps, double[] expected, double late, double lateError, double wrong,
    double wrongSecond)
    {
        var sample = Sample.Of(400, seed =>
        {
            var lengths = Loops.Of(Maze, new DynaQ { LearningRate = 0.1, DiscountFactor = 0.95, PlanningSteps = planningSteps }, seed)
                .Run(50).Lengths;
            return [.. Shown.Select(e => (double)lengths[e - 1]), lengths[40..].Average()];
        });

        for (int i = 0; i < Shown.Length; i++)
            sample.Near(i, expected[i], sample.Spread(i) / Math.Sqrt(2000) + (expected[i] < 100 ? 0.02 : 0.2),
                wrong: i == 1 ? wrongSecond : null);
        sample.Near(Shown.Length, late, lateError, wrong: wrong);
    }

    // Wrong: the other of the two.
    [Theory]
    [InlineData("blocking-maze", 1.0, 10, 0, 1000, 3000, 42.5, 0.8, 24, 73.5, 1.3, 41, 134.1)]
    [InlineData("blocking-maze", 1.0, 10, 1e-4, 1000, 3000, 60.6, 0.3, 10, 134.1, 0.5, 15, 73.5)]
    [InlineData("shortcut-maze", 0.1, 50, 0, 3000, 6000, 125.1, 2.2, 31, 290.1, 2.1, 30, 307.9)]
    [InlineData("shortcut-maze", 0.1, 50, 1e-3, 3000, 6000, 89.8, 1.3, 18, 307.9, 1.4, 20, 290.1)]
    public void Bonus_finds_what_has_changed(string maze, double learningRate, int planningSteps, double kappa, int change, int end,
        double atChange, double atChangeError, double atChangeSpread, double atEnd, double atEndError, double atEndSpread, double wrong)
    {
        var world = Worlds.Get(maze);
        LearnerOptions options = kappa == 0
            ? new DynaQ { PlanningSteps = planningSteps } : new DynaQPlus { PlanningSteps = planningSteps, Kappa = kappa };
        options = options with { LearningRate = learningRate, DiscountFactor = 0.95 };

        var sample = Sample.Of(300, seed =>
        {
            var runLoop = new RunLoop(new(world, options, seed, null), world.Compile());
            var buffer = new EpisodeBuffer(2000);
            runLoop.Advance(change, 2000, buffer);
            double before = buffer.Count; // every episode that ends pays 1
            runLoop.Advance(end - change, 2000, buffer);
            return [before, buffer.Count];
        });

        sample.Near(0, atChange, atChangeError, atChangeSpread);
        sample.Near(1, atEnd, atEndError, atEndSpread, wrong);
    }

    // 1,000 steps by the old way of 16 steps earn at most 62, by the shortcut of 10 some 90.
    [Fact]
    public void Dyna_q_hardly_ever_finds_the_shortcut_and_its_bonus_nearly_always_does()
    {
        double Found(LearnerOptions options) => Sample.Of(100, seed =>
        {
            var runLoop = new RunLoop(new(Worlds.ShortcutMaze(), options with { LearningRate = 0.1, DiscountFactor = 0.95 }, seed, null),
                Worlds.ShortcutMaze().Compile());
            runLoop.Advance(5000, 2000, new(2000));
            var last = new EpisodeBuffer(2000);
            runLoop.Advance(1000, 2000, last);
            return [last.Count > 62 ? 1 : 0];
        }).Mean(0);

        Assert.InRange(Found(new DynaQ { PlanningSteps = 50 }), 0, 0.1);
        Assert.InRange(Found(new DynaQPlus { PlanningSteps = 50, Kappa = 1e-3 }), 0.9, 1);
    }

    // Very skewed: the ratio is tested, not the means. The references are 7.9, 4.5, 3.7 and 2.9; updates in random order would come to 1.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Prioritized_sweeping_needs_less_than_half_the_updates_of_dyna_q(int scale)
    {
        var maze = Worlds.DynaMaze(scale).Compile();
        var common = new DynaQ { LearningRate = 0.5, DiscountFactor = 0.95, PlanningSteps = 5 };

        var sample = Sample.Of(scale > 2 ? 100 : 150, seed =>
        {
            var queue = new PriorityHeap(maze.States * maze.Actions);
            var swept = Loops.Of(maze, new Counted(queue) { LearningRate = 0.5, DiscountFactor = 0.95 }, seed);
            var dyna = Loops.Of(maze, common, seed);
            UntilShort(swept, maze, scale);
            UntilShort(dyna, maze, scale);
            return [queue.Pops, dyna.Steps * 6.0];
        });

        Assert.True(sample.Mean(1) > 2 * sample.Mean(0), $"{sample.Mean(1)} updates of Dyna-Q, {sample.Mean(0)} of prioritized sweeping");
    }

    // Until the greedy path, looked at after every episode, is at most 1.2 times the shortest.
    static void UntilShort(TrainingLoop loop, Mdp maze, int scale)
    {
        do
            loop.Run(1);
        while (!IsShort());

        bool IsShort()
        {
            int state = maze.Starts[0].State;
            for (int steps = 0; steps < (int)(14 * scale * 1.2); steps++)
            {
                state = maze.Next(state, Greedy.Of(loop.Values.Row(state)).First);
                if (maze.IsTerminal(state))
                    return true;
            }

            return false;
        }
    }

    sealed record Counted(PriorityHeap Queue) : LearnerOptions
    {
        public override string Name => "counted";

        protected override IEnumerable<LearnerSetting> OwnSettings =>
            [LearnerSetting.Schedule("threshold", "", 0, 1, (Counted _) => 1e-4, (o, _) => o)];

        public override TrainingLoop Build(LoopBuilder loop) =>
            loop.For(new PrioritizedSweepingLearner<FourActions>(loop.NewTable(0), new(loop.States, loop.Actions),
            new(loop.States, loop.States * loop.Actions), Queue, 5));
    }
}
