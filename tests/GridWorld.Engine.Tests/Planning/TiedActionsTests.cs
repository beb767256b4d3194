namespace GridWorld.Tests;

public class TiedActionsTests
{
    static string Letters(Plan plan, string letters, int state) => string.Concat(plan.BestActions(state).Select(a => letters[a]));

    [Fact]
    public void Example_3_5_has_the_ties_of_figure_3_5()
    {
        string[] expected =
        [
            "E", "NESW", "W", "NESW", "W",
            "NE", "N", "NW", "W", "W",
            "NE", "N", "NW", "NW", "NW",
            "NE", "N", "NW", "NW", "NW",
            "NE", "N", "NW", "NW", "NW",
        ];

        var plan = Plans.Of(Worlds.SuttonBarto35(), 0.9);

        Assert.Equal(expected, Enumerable.Range(0, 25).Select(s => Letters(plan, "NESW", s)));
    }

    [Fact]
    public void FrozenLake_4x4_has_the_known_policy_and_its_one_tie()
    {
        var plan = Plans.Of(Worlds.FrozenLake4x4(), 0.99);

        string policy = string.Concat(Enumerable.Range(0, 16).Select(s => plan.Mdp.IsTerminal(s) ? '.' : "LDRU"[plan.Policy[s]]));
        Assert.Equal("LUUUL.L.UDL..RD.", policy);
        Assert.Equal([6], Enumerable.Range(0, 16).Where(s => plan.BestActions(s).Count > 1));
        Assert.Equal("LR", Letters(plan, "LDRU", 6));
    }

    [Theory]
    [InlineData(27, "DU")]
    [InlineData(34, "LU")]
    [InlineData(43, "DR")]
    [InlineData(50, "DR")]
    [InlineData(51, "LU")]
    [InlineData(53, "LR")]
    [InlineData(60, "DR")]
    public void FrozenLake_8x8_has_the_known_ties(int state, string expected) =>
        Assert.Equal(expected, Letters(Plans.Of(Worlds.FrozenLake8x8(), 0.99), "LDRU", state));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void At_discount_1_however_ties_are_broken_FrozenLake_8x8_ends_at_the_goal(bool slippery)
    {
        var plan = Plans.Of(Worlds.FrozenLake8x8(slippery));
        StationaryPolicy[] policies =
        [
            StationaryPolicy.Optimal(plan),
            StationaryPolicy.EpsilonGreedy(plan, 0),
            Pick(plan, best => best[0]),
            Pick(plan, best => best[^1]),
        ];

        Assert.All(policies, policy => Assert.Equal(1, FiniteHorizon.SuccessProbability(plan.Mdp, policy, null, Plans.Token), 1e-9));
    }

    [Fact]
    public void Far_from_the_goal_where_all_values_are_equal_to_the_last_bit_the_policy_still_gets_there()
    {
        var plan = Plans.Of(Worlds.Empty(200, 200), 0.9);

        Assert.Equal(398, PolicyEvaluation.MeanLength(plan.Mdp, StationaryPolicy.Optimal(plan), Plans.Token)!.Value, 1e-9);
    }

    [Fact]
    public void Every_action_of_the_plan_is_within_the_tie_of_its_value()
    {
        var plan = Plans.Of(Worlds.WindyStochastic());

        for (int s = 0; s < plan.Values.Length; s++)
            Assert.All(plan.BestActions(s), a => Assert.Equal(plan.Values[s], plan.Q[s * 4 + a], Plan.Tie));
    }

    static StationaryPolicy Pick(Plan plan, Func<IReadOnlyList<int>, int> pick) => StationaryPolicy.Deterministic(
        [.. Enumerable.Range(0, plan.Mdp.States).Select(s => plan.BestActions(s) is { Count: > 0 } best ? pick(best) : 0)],
        plan.Mdp.Actions);
}
