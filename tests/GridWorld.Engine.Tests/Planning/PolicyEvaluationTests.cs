namespace GridWorld.Tests;

/// <summary>Values of given policies; the numbers were computed outside this project.</summary>
public class PolicyEvaluationTests
{
    static PolicyValues Evaluate(Mdp mdp, StationaryPolicy policy, double discount = 1) =>
        PolicyEvaluation.Evaluate(mdp, policy, discount, Plans.Token);

    static double Online(World world, double epsilon)
    {
        var plan = Plans.Of(world);
        return Evaluate(plan.Mdp, StationaryPolicy.EpsilonGreedy(plan, epsilon)).StartValue!.Value;
    }

    static double Soft(World world, double epsilon, double discount = 1) =>
        Planner.SolveSoft(world.Compile(), epsilon, discount, Plans.Token).StartValue;

    [Fact]
    public void Random_policy_of_example_3_5_has_the_values_of_figure_3_2()
    {
        double[] expected =
        [
            3.3089963356346, 8.7892918625961, 4.4276191825833, 5.3223675933702, 1.4921787587402,
            1.5215880689552, 2.9923178561728, 2.2501399507095, 1.9075717045593, 0.5474027057725,
            0.0508224901494, 0.7381705896184, 0.6731132598379, 0.3581862148558, -0.4031411434165,
            -0.9735923036145, -0.4354954300785, -0.3548822670153, -0.5856050882883, -1.1830750812851,
            -1.8577005502986, -1.3452312637821, -1.2292672615389, -1.4229181478367, -1.9751790482771,
        ];
        var mdp = Worlds.SuttonBarto35().Compile();

        var values = Evaluate(mdp, StationaryPolicy.Uniform(mdp), 0.9).Values;

        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Random_policy_of_example_4_1_has_the_values_of_figure_4_1()
    {
        var mdp = Worlds.SuttonBarto41().Compile();

        var values = Evaluate(mdp, StationaryPolicy.Uniform(mdp)).Values;

        double[] expected = [0, -14, -20, -22, -14, -18, -20, -20, -20, -20, -18, -14, -22, -20, -14, 0];
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [InlineData(ValueIterationOrder.Synchronous, 1e-4, 173)]
    [InlineData(ValueIterationOrder.Synchronous, 1e-6, 258)]
    [InlineData(ValueIterationOrder.Synchronous, 1e-9, 384)]
    [InlineData(ValueIterationOrder.InPlace, 1e-4, 114)]
    [InlineData(ValueIterationOrder.InPlace, 1e-6, 167)]
    [InlineData(ValueIterationOrder.InPlace, 1e-9, 246)]
    public void Iterative_evaluation_of_example_4_1_takes_the_known_passes(ValueIterationOrder order, double threshold, long passes)
    {
        var mdp = Worlds.SuttonBarto41().Compile();

        Assert.Equal(passes, PolicyEvaluation.Iterate(mdp, StationaryPolicy.Uniform(mdp), 1, order, threshold).Passes);
    }

    [Theory]
    [InlineData(0.1, -50.8000476667694, -20.7076773986692)]
    [InlineData(0.05, -29.8927129971608, -17.5192318559022)]
    [InlineData(0.01, -16.1051648375933, -15.440810659879)]
    public void On_the_cliff_softness_costs_the_optimal_policy_more_than_the_best_soft_one(double epsilon, double greedy, double soft)
    {
        Assert.Equal(greedy, Online(Worlds.CliffWalking(), epsilon), 1e-9);
        Assert.Equal(soft, Soft(Worlds.CliffWalking(), epsilon), 1e-9);
    }

    [Fact]
    public void Soft_policies_of_the_windy_gridworld_take_the_known_steps()
    {
        Assert.Equal(-17.053330013528, Online(Worlds.Windy(), 0.1), 1e-9);
        Assert.Equal(-17.0483228063793, Soft(Worlds.Windy(), 0.1), 1e-9);
    }

    [Fact]
    public void Dyna_maze_takes_the_known_steps_at_random_and_softly()
    {
        var mdp = Worlds.DynaMaze().Compile();

        Assert.Equal(868.725427561479, PolicyEvaluation.MeanLength(mdp, StationaryPolicy.Uniform(mdp), Plans.Token)!.Value, 1e-8);
        Assert.Equal(15.8125016599896, -Planner.SolveSoft(DerivedMdp.WithRewards(mdp, _ => -1), 0.1, 1, Plans.Token).StartValue, 1e-9);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(19, -1)]
    public void Random_walks_have_their_linear_values(int length, double leftReward)
    {
        // States 0 and length + 1 are ends; S&B examples 6.2 (left 0) and 7.1 (left −1).
        double left = length == 5 ? 0 : leftReward;
        int n = length + 2;
        var next = new int[n * 2];
        var reward = new double[n * 2];
        for (int s = 1; s <= length; s++)
        {
            (next[2 * s], next[2 * s + 1]) = (s - 1, s + 1);
            (reward[2 * s], reward[2 * s + 1]) = (s == 1 ? left : 0, s == length ? 1 : 0);
        }

        var terminal = new bool[n];
        terminal[0] = terminal[^1] = true;
        var p = new double[n * 2];
        Array.Fill(p, 1);
        var mdp = Mdp.FromArrays(n, 2, 1, next, reward, p, terminal, [new(n / 2, 1)]);

        var values = Evaluate(mdp, StationaryPolicy.Uniform(mdp)).Values;

        for (int i = 1; i <= length; i++)
            Assert.Equal(length == 5 ? i / 6.0 : -1 + i / 10.0, values[i], 1e-12);
    }

    [Fact]
    public void Standing_still_forever_at_a_cost_is_worth_minus_infinity()
    {
        var mdp = Worlds.Empty(3, 3).Compile();

        var up = Evaluate(mdp, StationaryPolicy.Deterministic(new int[9], 4));

        Assert.False(up.IsProper);
        Assert.Null(up.StartValue);
        Assert.Equal(double.NegativeInfinity, up.Values[0]);
    }

    [Fact]
    public void A_band_too_wide_to_eliminate_gives_the_same_values_by_passes()
    {
        var world = Worlds.Empty(40, 40);
        var model = new ExpectedModel(world.With(world.Rules with { Slip = 0.3 }).Compile(), 1);
        var plan = Plans.Of(world.With(world.Rules with { Slip = 0.3 }));
        var policy = StationaryPolicy.Optimal(plan);
        var rows = Enumerable.Range(0, model.States - 1).ToArray();
        var chain = PolicySystem.Build(model, policy, rows, new double[model.States]);

        var direct = ChainSolver.Solve(chain, null, 1, 1e-11, null, Plans.Token);
        var passes = ChainSolver.Solve(chain, null, 1, 1e-11, null, Plans.Token, mayBeDirect: false);

        Assert.All(direct.Zip(passes), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    [Theory]
    [InlineData(0, "The number of probabilities must be a multiple of the number of actions, 0 (got 4).")]
    [InlineData(3, "The number of probabilities must be a multiple of the number of actions, 3 (got 4).")]
    [InlineData(2, "The probabilities of state 1 must be between 0 and 1 and add up to 1 (they add up to 1.25).")]
    public void Probabilities_that_are_no_policy_are_refused_with_the_reason(int actions, string reason) =>
        Assert.Equal(reason, Assert.Throws<InputException>(() =>
            StationaryPolicy.FromProbabilities([0.5, 0.5, 0.25, 1], actions)).Message);
}
