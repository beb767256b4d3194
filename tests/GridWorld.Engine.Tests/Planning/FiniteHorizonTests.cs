namespace GridWorld.Tests;

/// <summary>FrozenLake within a number of steps; the numbers were computed outside this project from Gymnasium's own tables.</summary>
public class FiniteHorizonTests
{
    static Mdp Lake(bool large) => (large ? Worlds.FrozenLake8x8() : Worlds.FrozenLake4x4()).Compile();

    [Theory]
    [InlineData(false, 100, 0.74419028782927)]
    [InlineData(true, 100, 0.640719270270889)]
    [InlineData(false, 200, 0.816733504680278)]
    [InlineData(true, 200, 0.913220150201629)]
    public void Best_success_within_a_horizon_is_the_known_one(bool large, int steps, double expected) =>
        Assert.Equal(expected, FiniteHorizon.BestSuccessProbability(Lake(large), steps, Plans.Token), 1e-9);

    [Theory]
    [InlineData(false, 0.99, 100, 0.740164897758705, 0.823529411764705)]
    [InlineData(true, 0.99, 200, 0.862955379961113, 0.893840610357634)]
    [InlineData(false, 0.95, 100, 0.729766017418755, 0.780487804878048)]
    [InlineData(true, 0.95, 200, 0.738575811577216, 0.74879040429291)]
    [InlineData(false, 0.9, 100, 0.729766017418755, 0.780487804878048)]
    [InlineData(true, 0.9, 200, 0.738575811577216, 0.74879040429291)]
    [InlineData(false, 0.995, 100, 0.740164897758705, 0.823529411764705)]
    [InlineData(true, 0.995, 200, 0.893568385974862, 0.959709000026278)]
    [InlineData(false, 0.999, 100, 0.740164897758705, 0.823529411764705)]
    [InlineData(true, 0.999, 200, 0.885653919319602, 1)]
    public void Discounted_policies_succeed_as_often_as_known(bool large, double discount, int limit, double limited, double unlimited)
    {
        var mdp = Lake(large);
        var policy = StationaryPolicy.Optimal(Plans.Of(mdp, discount));

        Assert.Equal(limited, FiniteHorizon.SuccessProbability(mdp, policy, limit, Plans.Token), 1e-9);
        Assert.Equal(unlimited, FiniteHorizon.SuccessProbability(mdp, policy, null, Plans.Token), 1e-9);
    }

    [Theory]
    [InlineData(false, 100, 44.5657118611222, 48.7058823529412)]
    [InlineData(true, 200, 84.2804233453302, 85.8724914282079)]
    public void Episodes_of_the_optimal_policy_are_as_long_as_known(bool large, int limit, double limited, double unlimited)
    {
        var mdp = Lake(large);
        var policy = StationaryPolicy.Optimal(Plans.Of(mdp, 0.99));

        Assert.Equal(limited, FiniteHorizon.MeanLength(mdp, policy, limit, Plans.Token), 1e-9);
        Assert.Equal(unlimited, PolicyEvaluation.MeanLength(mdp, policy, Plans.Token)!.Value, 1e-9);
    }

    [Theory]
    [InlineData(false, 100, 0.0139397959591714, 0.0139397962423158, 0.0123561373251632)]
    [InlineData(true, 200, 0.00190139549482305, 0.00190371334908475, 0.00109961481036586)]
    public void Random_policy_succeeds_as_seldom_as_known(bool large, int limit, double limited, double unlimited, double discounted)
    {
        var mdp = Lake(large);
        var random = StationaryPolicy.Uniform(mdp);

        Assert.Equal(limited, FiniteHorizon.SuccessProbability(mdp, random, limit, Plans.Token), 1e-12);
        Assert.Equal(unlimited, FiniteHorizon.SuccessProbability(mdp, random, null, Plans.Token), 1e-12);
        Assert.Equal(discounted, PolicyEvaluation.Evaluate(mdp, random, 0.99, Plans.Token).StartValue!.Value, 1e-12);
    }

    [Theory]
    [InlineData(false, 14.0 / 17)]
    [InlineData(true, 1)]
    public void Undiscounted_policy_reaches_the_goal_as_often_as_any_can(bool large, double expected)
    {
        var mdp = Lake(large);
        var policy = StationaryPolicy.Optimal(Plans.Of(mdp));

        Assert.Equal(expected, FiniteHorizon.BestSuccessProbability(mdp, Plans.Token), 1e-9);
        Assert.Equal(expected, FiniteHorizon.SuccessProbability(mdp, policy, null, Plans.Token), 1e-9);
        Assert.True(PolicyEvaluation.Evaluate(mdp, policy, 1, Plans.Token).IsProper);
    }

    // k passes of iterative policy evaluation from 0 are the expected return of k steps: figure 4.1, by state.
    [Theory]
    [InlineData(2, 1, -1.75)]
    [InlineData(2, 5, -2)]
    [InlineData(3, 1, -2.4375)]
    [InlineData(3, 5, -2.875)]
    [InlineData(3, 2, -2.9375)]
    [InlineData(3, 3, -3)]
    [InlineData(10, 1, -6.1379699707031)]
    [InlineData(10, 2, -8.3523559570312)]
    [InlineData(10, 3, -8.9673156738281)]
    [InlineData(10, 5, -7.7373962402344)]
    [InlineData(10, 6, -8.4278259277344)]
    public void Blind_walk_of_example_4_1_costs_what_figure_4_1_says_after_so_many_steps(int steps, int state, double expected)
    {
        var world = Worlds.SuttonBarto41();
        var mdp = world.With(world.Rules with { Starts = [new(state % 4, state / 4)] }).Compile();

        Assert.Equal(expected, FiniteHorizon.ExpectedReturn(mdp, StationaryPolicy.Uniform(mdp), steps, Plans.Token), 1e-12);
    }

    [Fact]
    public void A_policy_that_goes_round_forever_pays_forevery_step_of_the_limit()
    {
        var mdp = Worlds.Empty(3, 3).Compile();

        Assert.Equal(-1_000_000, FiniteHorizon.ExpectedReturn(mdp, StationaryPolicy.Deterministic(new int[9], 4), 1_000_000, Plans.Token));
    }
}
