namespace GridWorld.Tests;

/// <summary>Returns of n steps, worked by hand with γ = α = ½ on the chain 0 →(1) 1 →(2) 2 →(4) end, from Q = 10, 20, 40.</summary>
public class NStepTests
{
    static readonly Mdp Chain = Loops.Chain(1, 2, 4);

    [Fact]
    public void Two_steps_to_the_end_bootstrap_from_the_value_two_ahead()
    {
        var loop = Loops.Of(Chain, new NStepSarsa { StepsAhead = 2, LearningRate = 0.5, DiscountFactor = 0.5 }).With(10, 20, 40, 0);

        loop.Run(1);

        // G₀ = 1 + ½(2 + ½·40) = 12, G₁ = 2 + ½·4 = 4, G₂ = 4; each value goes half the way.
        Assert.Equal([11, 12, 22, 0], loop.Values.Values.ToArray());
    }

    [Theory]
    [InlineData("n-step-sarsa")]
    [InlineData("n-step-tree-backup")]
    public void Truncation_bootstraps_every_return_that_is_still_open(string learner)
    {
        LearnerOptions options = learner == "n-step-sarsa" ? new NStepSarsa { StepsAhead = 2 } : new NStepTreeBackup { StepsAhead = 2 };
        var loop = Loops.Of(Chain, options with { LearningRate = 0.5, DiscountFactor = 0.5 }, stepLimit: 2).With(10, 20, 40, 0);

        loop.Run(1);

        // G₀ = 1 + ½(2 + ½·40) = 12 and G₁ = 2 + ½·40 = 22. Taken for a termination they would be 2 and 2.
        Assert.Equal([11, 21, 40, 0], loop.Values.Values.ToArray());
    }

    [Fact]
    public void More_steps_than_the_episode_has_are_its_whole_return()
    {
        var loop = Loops.Of(Chain, new NStepSarsa { StepsAhead = 1000, LearningRate = 0.5, DiscountFactor = 0.5 }).With(10, 20, 40, 0);

        loop.Run(1);

        // G₀ = 1 + ½(2 + ½·4) = 3, G₁ = 4, G₂ = 4.
        Assert.Equal([6.5, 12, 22, 0], loop.Values.Values.ToArray());
    }

    [Fact]
    public void One_step_is_sarsa()
    {
        var n = Loops.Of(Worlds.Windy(), new NStepSarsa { StepsAhead = 1, LearningRate = 0.5, DiscountFactor = 1 });
        var one = Loops.Of(Worlds.Windy(), new Sarsa { LearningRate = 0.5, DiscountFactor = 1 });

        n.Run(50);
        one.Run(50);

        // The same updates; r + γ·Q − Q is rounded alike.
        Assert.Equal(one.Values.Values.ToArray(), n.Values.Values.ToArray());
    }

    [Fact]
    public void One_step_of_the_tree_is_expected_sarsa()
    {
        // At ε = 1 what is learned leads to no other actions.
        var tree = Loops.Of(Worlds.CliffWalking(), new NStepTreeBackup { StepsAhead = 1, Epsilon = 1 });
        var one = Loops.Of(Worlds.CliffWalking(), new ExpectedSarsa { Epsilon = 1 });

        tree.Run(20);
        one.Run(20);

        // Means are summed in another order.
        Assert.All(one.Values.Values.ToArray().Zip(tree.Values.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Tree_weighs_the_branch_taken_with_its_probability()
    {
        var table = new QTable(3, 2);
        new double[] { 10, 0, 20, 8, 40, 4 }.CopyTo(table.Values);
        var learner = new NStepTreeBackupLearner(table, new(), 2);
        var behavior = new EpsilonGreedy<FirstTies, AnyActions>(2);
        var random = new Rng(1, 2, 3, 4);
        learner.Apply(new() { LearningRate = 0.5 });
        behavior.Apply(new() { Epsilon = 0.5 });

        learner.Learn(new(0, 0, 0, 10, 1, 0.5, 1, -1, 1, default, StepEnd.None), ref behavior, ref random);
        learner.Learn(new(1, 1, 3, 8, 2, 0.5, 2, -1, 3, default, StepEnd.None), ref behavior, ref random);

        // π = ¾ and ¼. Leaf: 2 + ½(¾·40 + ¼·4) = 17.5; root: 1 + ½(¾·20 + ¼·17.5) = 10.6875; Q = 10 + ½·0.6875.
        Assert.Equal([10.34375, 0, 20, 8, 40, 4], table.Values.ToArray());
    }
}
