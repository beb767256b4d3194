namespace GridWorld.Tests;

/// <summary>
/// Prediction with λ-returns, for worlds with one action: at the episode's end (eq. 12.4), or with dutch traces, true on-line (section
/// 12.5).
/// </summary>
sealed record LambdaPrediction(bool IsOffLine, double Lambda) : LearnerOptions
{
    public override string Name => "lambda-prediction";

    public override TrainingLoop Build(LoopBuilder loop) => IsOffLine
        ? loop.For(new OffLineLearner(loop.NewTable(InitialValue), [], Lambda))
        : loop.For(new TrueOnLineLearner(loop.NewTable(InitialValue), new double[loop.States], Lambda));

    struct OffLineLearner(QTable table, List<(int State, double Reward, double Discount, double NextValue)> episode, double lambda)
        : ILearner
    {
        double learningRate;

        public readonly QTable Values => table;

        public void Apply(in Hyperparameters now) => learningRate = now.LearningRate;

        public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
            episode.Add((t.State, t.Reward, t.Discount, table[t.NextState]));
            return t.Value;
        }

        // The returns of the values as they were, then one update after the other, in the order of the steps.
        public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
            var returns = new double[episode.Count];
            double next = 0;
            for (int i = returns.Length - 1; i >= 0; i--)
                next = returns[i] = episode[i].Reward + episode[i].Discount * ((1 - lambda) * episode[i].NextValue + lambda * next);
            for (int i = 0; i < returns.Length; i++)
                table[episode[i].State] += learningRate * (returns[i] - table[episode[i].State]);
            episode.Clear();
        }

        public readonly void Save(StateWriter state) => state.Write<double>("q", table.Values);

        public readonly void Load(StateReader state) => state.Read("q", table.Values);
    }

    struct TrueOnLineLearner(QTable table, double[] trace, double lambda) : ILearner
    {
        double learningRate, before;

        public readonly QTable Values => table;

        public void Apply(in Hyperparameters now) => learningRate = now.LearningRate;

        public double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
            double here = table[t.State], next = table[t.NextState], error = t.Reward + t.Discount * next - here;
            double decay = lambda, own = 1 - learningRate * decay * trace[t.State]; // γ = 1
            for (int s = 0; s < trace.Length; s++)
                trace[s] *= decay;
            trace[t.State] += own;
            for (int s = 0; s < trace.Length; s++)
                table[s] += learningRate * (error + here - before) * trace[s];
            table[t.State] -= learningRate * (here - before);
            before = next;
            return table[t.State];
        }

        public void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
            Array.Clear(trace);
            before = 0;
        }

        public readonly void Save(StateWriter state) => state.Write<double>("q", table.Values);

        public readonly void Load(StateReader state) => state.Read("q", table.Values);
    }
}
