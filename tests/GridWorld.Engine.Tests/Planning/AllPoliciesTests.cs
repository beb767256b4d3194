namespace GridWorld.Tests;

/// <summary>Small random processes, where every deterministic policy can be tried: the plan is the best of them, state by state.</summary>
public class AllPoliciesTests
{
    const int States = 4, Actions = 2, Trials = 400;

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.0)]
    [InlineData(1, 0.9)]
    [InlineData(2, 0.9)]
    [InlineData(1, 0.0)]
    public void The_plan_is_as_good_as_the_best_of_all_policies(int outcomes, double discount)
    {
        int compared = 0, refused = 0;
        for (ulong seed = 0; seed < Trials; seed++)
        {
            var mdp = Draw(seed, outcomes);
            if (Best(mdp, discount) is not { } best)
                continue;
            if (!double.IsFinite(best[0]))
            {
                Assert.Throws<InputException>(() => Plans.Of(mdp, discount));
                refused++;
                continue;
            }

            var plan = Plans.Of(mdp, discount);

            for (int s = 0; s < States; s++)
                Assert.True(best[s] == plan.Values[s] || Math.Abs(best[s] - plan.Values[s]) < 1e-9,
                    $"seed {seed}, state {s}: {best[s]} expected, {plan.Values[s]} found");
            var values = PolicyEvaluation.Evaluate(mdp, StationaryPolicy.Optimal(plan), discount, Plans.Token);
            Assert.True(Math.Abs(values.Values[0] - best[0]) < 1e-9, $"seed {seed}: the policy is worth {values.Values[0]}, not {best[0]}");
            compared++;
        }

        Assert.True(compared > Trials / 8, $"{compared} compared, {refused} refused");
        Assert.True(discount < 1 ? refused == 0 : refused > 0);
    }

    // The largest value of each state over all policies; null where a policy both costs and pays forever, which has no value.
    static double[]? Best(Mdp mdp, double discount)
    {
        var best = new double[States];
        Array.Fill(best, double.NegativeInfinity);
        for (int code = 0; code < 1 << (States - 1); code++)
        {
            int[] policy = [code & 1, code >> 1 & 1, code >> 2 & 1, 0];
            var values = PolicyEvaluation.Evaluate(mdp, StationaryPolicy.Deterministic(policy, Actions), discount, Plans.Token).Values;
            if (values.Any(double.IsNaN))
                return null;
            best = [.. best.Zip(values, Math.Max)];
        }

        return best;
    }

    // The last state is terminal; rewards are −1, 0 or 1, so that ties and free loops are common.
    static Mdp Draw(ulong seed, int outcomes)
    {
        var (rng, _, _) = Rng.Streams(seed);
        int entries = States * Actions * outcomes;
        var next = new int[entries];
        var reward = new double[entries];
        var p = new double[entries];
        int sign = rng.Below(3) - 1; // only costs, only gains, or both
        for (int i = 0; i < entries; i++)
        {
            next[i] = rng.Below(States);
            int r = rng.Below(3) - 1;
            reward[i] = sign == 0 ? r : sign * Math.Abs(r);
            p[i] = outcomes == 1 ? 1 : i % 2 == 0 ? 0.25 : 0.75;
        }

        return Mdp.FromArrays(States, Actions, outcomes, next, reward, p, [false, false, false, true], [new(0, 1)]);
    }
}
