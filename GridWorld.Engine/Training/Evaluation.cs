namespace GridWorld;

/// <summary>
/// Runs greedy episodes on a copy of the agent's values, with separate random streams. Of equal values, the first is greedy, as in
/// <see cref="DistanceToOptimum"/>.
/// </summary>
internal static class Evaluation
{
    /// <summary>
    /// Number of steps before the first check that the episode can still end, doubled each time. Many greedy episodes cannot end.
    /// </summary>
    const int Patience = 1000;

    public static EvaluationResult Run(World world, Mdp mdp, int stepLimit, ReadOnlySpan<double> q, ulong seed, int episodes)
    {
        new Faults().Require(episodes is >= 1 and <= 1_000_000,
            $"The number of episodes must be between 1 and 1000000 (got {episodes}).").ThrowIfAny();
        // Without chance, every episode is like the first.
        if (!mdp.HasChance && mdp.Starts.Count == 1 && episodes > 1)
            return Run(world, mdp, stepLimit, q, seed, 1) with { Episodes = episodes };
        var frozen = new FrozenLearner { Epsilon = 0, TieBreaking = TieBreaking.First };
        // Uses the streams of another seed, so that an evaluation does not change those of the run and is repeatable.
        var loop = LoopBuilder.Build(mdp, frozen, stepLimit, Rng.Streams(~seed));
        q.CopyTo(loop.Values.Values);
        loop.Apply(new(frozen));
        var goals = world.Goals.ToHashSet();
        var endless = new EndlessPlay(mdp, loop.Values);
        var (returns, lengths) = (new double[episodes], new double[episodes]);
        var episode = new EpisodeBuffer(1);
        int successes = 0;
        for (int i = 0; i < episodes; i++)
        {
            episode.Count = 0;
            double? reward = null;
            for (long patience = Patience; !episode.IsFull && reward is null; patience *= 2)
            {
                loop.Advance(patience, 1, episode);
                reward = loop.InEpisode ? endless.RewardPerStep(loop.State) : null;
            }

            var (earned, taken) = loop.Unfinished;
            (returns[i], lengths[i]) = reward is { } r
                ? (earned + r * (stepLimit - taken), stepLimit)
                : (episode.Returns[0], episode.Lengths[0]);
            successes += reward is null && goals.Contains(loop.State) ? 1 : 0;
            if (reward is not null)
                loop.LeaveEpisode();
        }

        var summary = Summary.Of(returns);
        return new(episodes, (double)successes / episodes, summary.Mean, summary.Std, lengths.Average());
    }

    sealed record FrozenLearner : LearnerOptions
    {
        public override string Name => "frozen";

        public override TrainingLoop Build(LoopBuilder loop) => loop.For(new Frozen(loop.NewTable(0)));
    }

    readonly struct Frozen(QTable table) : ILearner
    {
        public QTable Values => table;

        public void Apply(in Hyperparameters hyperparameters)
        {
        }

        public double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior =>
            t.Value;

        public void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
        }

        public void Save(StateWriter state)
        {
        }

        public void Load(StateReader state)
        {
        }
    }
}
