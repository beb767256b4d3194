namespace GridWorld.Tests;

/// <summary>Simulators written elsewhere: what they do wrong is told, and ends no more than their training.</summary>
public class ForeignSimulatorTests
{
    static readonly QLearning options = new() { LearningRate = 0.5, InitialValue = 1 };

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_it_throws_is_told_with_its_place_and_the_loop_is_back_at_the_last_whole_episode(bool isAsync)
    {
        var loop = LoopBuilder.Build(new Corridor(Faulty: 3), options, seed: 5);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(async () => _ = isAsync
            ? await loop.TrainAsync(1000, Cancel) : loop.Train(1000));

        Assert.Equal($"DivideByZeroException in episode {loop.Episodes + 1}, state 3, action 0: nothing left",
            thrown.Message.Split(" at ")[0].TrimEnd());
        Assert.Contains("Corridor.Step", thrown.Message);
        Assert.IsType<DivideByZeroException>(thrown.InnerException);
        Assert.InRange(loop.Episodes, 1, 999);
        var straight = LoopBuilder.Build(new Corridor(), options, seed: 5);
        straight.Train((int)loop.Episodes);
        Assert.Equal(straight.Steps, loop.Steps);
        Assert.Equal(straight.Values.Values.ToArray(), loop.Values.Values.ToArray());
    }

    [Theory]
    [InlineData("n-step-sarsa")]
    [InlineData("n-step-tree-backup")]
    [InlineData("sarsa-lambda")]
    [InlineData("watkins-q-lambda")]
    [InlineData("monte-carlo")]
    public void Episode_that_threw_leaves_nothing_behind_in_a_learner_that_keeps_its_steps(string learner)
    {
        var options = LearnerCatalog.Create(learner) with { LearningRate = 0.5, InitialValue = 1, Epsilon = 0.5 };
        long whole = 0;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var loop = LoopBuilder.Build(new Corridor(Faulty: 3), options, seed);
            Assert.Throws<InvalidOperationException>(() => loop.Train(1000));
            whole += loop.Episodes;
            if (loop.Episodes == 0)
                continue;

            var straight = LoopBuilder.Build(new Corridor(), options, seed);
            straight.Train((int)loop.Episodes);

            Assert.Equal(straight.Values.Values.ToArray(), loop.Values.Values.ToArray());
        }

        Assert.True(whole > 0);
    }

    [Fact]
    public void What_a_start_throws_is_told_with_its_episode()
    {
        var loop = LoopBuilder.Build(new Corridor(Starts: false), options);

        var thrown = Assert.Throws<InvalidOperationException>(() => loop.Train(1000));

        Assert.StartsWith("NotSupportedException at the start of episode 1: no start ", thrown.Message);
    }

    [Fact]
    public async Task One_that_never_returns_is_left_behind_when_it_is_canceled()
    {
        var loop = LoopBuilder.Build(new Hanging(), options);
        using var stop = new CancellationTokenSource();
        var training = loop.TrainAsync(1, stop.Token);
        await Task.Run(Hanging.Reached.Wait, Cancel);

        await stop.CancelAsync();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => training.WaitAsync(TimeSpan.FromMinutes(5), Cancel));
        Assert.Contains("was abandoned", thrown.Message);
        Assert.Contains("was abandoned", Assert.Throws<InvalidOperationException>(() => loop.Train(1)).Message);
        Hanging.End.Set();
    }

    [Fact]
    public async Task Episode_without_an_end_is_canceled_and_resumed_with_the_same_result()
    {
        var loop = LoopBuilder.Build(new Corridor(Length: 12), options, seed: 9);
        long steps = 0;
        while (loop.Episodes < 200)
        {
            using var stop = new CancellationTokenSource();
            var training = loop.TrainAsync(200 - (int)loop.Episodes, stop.Token);
            await stop.CancelAsync();
            await training;
            Assert.True(loop.Steps >= steps);
            steps = loop.Steps;
        }

        var straight = LoopBuilder.Build(new Corridor(Length: 12), options, seed: 9);
        straight.Train(200);

        Assert.Equal(straight.Steps, loop.Steps);
        Assert.Equal(straight.Values.Values.ToArray(), loop.Values.Values.ToArray());
    }

    /// <summary>A corridor with the end on the right; at the faulty state, going left throws.</summary>
    readonly record struct Corridor(int Length = 5, int Faulty = -1, bool Starts = true) : ISimulator
    {
        public Corridor()
            : this(5)
        {
        }

        public int States => Length;

        public int Actions => 2;

        public int Start(ref Rng world) => Starts ? 0 : throw new NotSupportedException("no start");

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world)
        {
            // Seldom, and by the world's own stream.
            if (world.Below(20) == 0 && state == Faulty && action == 0)
                throw new DivideByZeroException("nothing left");
            int next = Math.Max(0, state + (action == 1 ? 1 : -1));
            return next == Length - 1 ? TimeStep.Terminated(next, -1) : TimeStep.Mid(next, -1);
        }
    }

    readonly struct Hanging : ISimulator
    {
        public static readonly ManualResetEventSlim Reached = new(), End = new();

        public int States => 2;

        public int Actions => 2;

        public int Start(ref Rng world) => 0;

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world)
        {
            Reached.Set();
            End.Wait(CancellationToken.None);
            return TimeStep.Mid(0, 0);
        }
    }
}
