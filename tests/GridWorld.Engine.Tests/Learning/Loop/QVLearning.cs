namespace GridWorld.Tests;

/// <summary>A learner as a user writes it, with settings of its own. Wiering, 2005.</summary>
internal sealed record QVLearning : LearnerOptions
{
    public override string Name => Called;

    public string Called { get; init; } = "qv-learning";

    public Schedule ValueRate { get; init; } = 0.1;

    public double Bonus { get; init; }

    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        LearnerSetting.Schedule("value_rate", "how far a step moves the value of a state", 0.001, 1,
            (QVLearning o) => o.ValueRate, (o, s) => o with { ValueRate = s }),
        LearnerSetting.Number("bonus", "reward for every step", -1, 1, (QVLearning o) => o.Bonus, (o, v) => o with { Bonus = v }),
    ];

    public override TrainingLoop Build(LoopBuilder loop) =>
        loop.For(new QVLearner(loop.NewTable(InitialValue), new double[loop.States], Bonus));
}

internal struct QVLearner(QTable q, double[] v, double bonus) : ILearner
{
    double learningRate, valueRate;

    public static bool ChangesOneEntry => true;

    public readonly QTable Values => q;

    public void Apply(in Hyperparameters hyperparameters) => 
        (learningRate, valueRate) = (hyperparameters.LearningRate, hyperparameters["value_rate"]);

    public readonly double Learn<TBehavior>(in Transition transition, ref TBehavior behavior, ref Rng model)
        where TBehavior : struct, IBehavior
    {
        double target = transition.Reward + bonus + transition.Discount * v[transition.NextState];
        v[transition.State] += valueRate * (target - v[transition.State]);
        return transition.Value + learningRate * (target - transition.Value);
    }

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    public readonly void Save(StateWriter state)
    {
        state.Write<double>("q", q.Values);
        state.Write<double>("v", v);
    }

    public readonly void Load(StateReader state)
    {
        state.Read("q", q.Values);
        state.Read("v", v.AsSpan());
    }
}
