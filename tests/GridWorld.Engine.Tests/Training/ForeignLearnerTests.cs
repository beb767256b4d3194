using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

/// <summary>Learners written elsewhere: what they do wrong is told, and ends no more than their run.</summary>
public class ForeignLearnerTests
{
    [Fact]
    public async Task What_it_throws_is_told_with_its_place_and_the_agent_is_that_of_the_last_whole_episode()
    {
        var run = Worlds.CliffWalking()
            .Train(new Faulty { At = 50_000, How = Fault.Throw }, episodes: 100_000, options: RunOptions.InMemory);
        await run;

        var status = run.Status();

        Assert.Equal(RunState.Failed, run.State);
        Assert.Matches(@"^DivideByZeroException in episode \d+, state \d+, action \d: nothing left at .*FaultyLearner.*Do\(",
            status.Message);
        Assert.Equal(status.Episodes, run.Agent().Episode);
        Assert.InRange(run.Agent().Step, 1, 49_999);
        Assert.Equal(run.Agent().Visits.Sum(), run.Agent().Step);
    }

    [Fact]
    public async Task One_that_never_returns_is_left_behind_when_it_is_to_stop()
    {
        var run = Worlds.CliffWalking().Train(new Faulty { At = 5000, How = Fault.Hang }, episodes: null, options: RunOptions.InMemory);
        await Task.Run(Hanging.Reached.Wait, TestContext.Current.CancellationToken);

        run.Stop();
        await run.Completion.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        Hanging.End.Set();

        Assert.Equal(RunState.Stopped, run.State);
        Assert.Contains("abandoned", run.EventLog.Last().Message);
        Assert.Equal(run.Agent().Visits.Sum(), run.Agent().Step);
        Assert.Contains("abandoned", Assert.Throws<InputException>(() => run.Continue(10)).Message);
    }

    [Fact]
    public async Task One_that_claims_to_change_one_entry_and_changes_others_is_found_out()
    {
        var run = Worlds.CliffWalking()
            .Train(new Faulty { At = 5000, How = Fault.Mislead }, episodes: 100_000, options: RunOptions.InMemory);
        await run;

        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("FaultyLearner sets ChangesOneEntry, but Learn changed the row of state", run.Status().Message);
    }

    enum Fault
    {
        Throw,
        Hang,
        Mislead,
    }

    static class Hanging
    {
        public static readonly ManualResetEventSlim Reached = new(), End = new();
    }

    sealed record Faulty : LearnerOptions
    {
        public override string Name => "faulty";

        public long At { get; init; }

        public Fault How { get; init; }

        public override TrainingLoop Build(LoopBuilder loop) => loop.For(new FaultyLearner(loop.NewTable(0), new long[1], At, How));
    }

    readonly struct FaultyLearner(QTable table, long[] steps, long at, Fault how) : ILearner
    {
        public static bool ChangesOneEntry => true;

        public QTable Values => table;

        public void Apply(in Hyperparameters hyperparameters)
        {
        }

        public double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
            if (++steps[0] >= at)
                Do(t.State);
            return t.Value + 0.1 * (t.Reward + t.Discount * t.Next.Value - t.Value);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Do(int state)
        {
            if (how == Fault.Throw)
                throw new DivideByZeroException("nothing left");
            if (how == Fault.Mislead)
            {
                table.Row((state + 7) % 48)[1] += 5;
                return;
            }

            Hanging.Reached.Set();
            Hanging.End.Wait(CancellationToken.None);
        }

        public void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
        }

        public void Save(StateWriter state)
        {
            state.Write<double>("q", table.Values);
            state.Write<long>("steps", steps);
        }

        public void Load(StateReader state)
        {
            state.Read("q", table.Values);
            state.Read("steps", steps.AsSpan());
        }
    }
}
