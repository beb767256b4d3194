#:package GridWorld.Interactive@0.1.*
#:property PublishAot=false
// Train it: dotnet run MyLearner.cs
// Watch it: dotnet tool install --global GridWorld.Cli, then gridworld serve

using GridWorld;

// With a name in the catalog, runs of the learner can be stored, resumed and replayed.
LearnerCatalog.Register(() => new MyLearner());
var world = Worlds.CliffWalking();

// Many seeds say more than one. As it stands, the learner is Q-learning, so nothing differs.
var mine = world.Train(new MyLearner { LearningRate = 0.5 }, episodes: 500, seeds: 10);
var baseline = world.Train(new QLearning { LearningRate = 0.5 }, episodes: 500, seeds: 10);
await mine;
await baseline;
Console.WriteLine($"my-learner against q-learning: {mine.Compare(baseline).Sentence}");

/// <summary>The settings of the learner: learning rate, discount factor, epsilon and others come with LearnerOptions.</summary>
public sealed record MyLearner : LearnerOptions
{
    public override string Name => "my-learner";

    public override TrainingLoop Build(LoopBuilder loop) => loop.For(new MyLearnerAlgorithm(loop.NewTable(InitialValue)));
}

/// <summary>The algorithm: one-step Q-learning, to be changed.</summary>
public struct MyLearnerAlgorithm(QTable q) : ILearner
{
    double learningRate;

    /// <summary>Learn changes no entry but Q(S, A). Leave this out if yours does.</summary>
    public static bool ChangesOneEntry => true;

    public readonly QTable Values => q;

    public void Apply(in Hyperparameters now) => learningRate = now.LearningRate;

    /// <summary>Returns the new Q(S, A). The discount is 0 after a termination.</summary>
    public readonly double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
        double target = t.Reward + t.Discount * t.Next.Value; // the greatest value of the next state
        return t.Value + learningRate * (target - t.Value);
    }

    public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
    {
    }

    /// <summary>Everything that later learning depends on: checkpoints and replay need it.</summary>
    public readonly void Save(StateWriter state) => state.Write<double>("q", q.Values);

    public readonly void Load(StateReader state) => state.Read("q", q.Values);
}
