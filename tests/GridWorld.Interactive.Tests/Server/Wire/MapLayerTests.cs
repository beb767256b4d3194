namespace GridWorld.Tests;

public class MapLayerTests
{
    [Theory]
    [InlineData("frozen-lake-4x4", 1)]
    [InlineData("frozen-lake-8x8", 1)]
    [InlineData("frozen-lake-8x8", 0.99)]
    [InlineData("cliff-walking", 1)]
    [InlineData("dyna-maze", 0.95)]
    public void Policy_layer_has_the_share_of_optimal_actions_that_the_facts_have(string name, double discount)
    {
        var world = Worlds.Get(name);
        var mdp = world.Compile();
        var plan = Planner.Solve(mdp, discount, TestContext.Current.CancellationToken);
        var solution = new ExactSolution(plan.Values, plan.Q, plan.StartValue, null, discount) { Plan = plan };
        var random = Rng.Streams(7).World;
        for (int table = 0; table < 50; table++)
        {
            // Of most states one of the tied actions is greedy, of some any.
            var q = new double[world.States * world.Actions];
            for (int s = 0; s < world.States; s++)
            {
                int[] tied = [.. Enumerable.Range(0, world.Actions).Where(a => plan.IsTied(s, a))];
                q[s * world.Actions
                    + (tied.Length > 0 && random.Below(50) > 0 ? tied[random.Below(tied.Length)] : random.Below(world.Actions))] = 1;
            }

            var layer = MapLayer.Of("policy",
                new(world, new(1, 1, 0, [.. q], [.. Enumerable.Repeat(1L, q.Length)]), solution, discount, new(() => null)))!;

            var shown = Enumerable.Range(0, world.States).Where(s => plan.Reachable[s] && !world.IsTerminal(s)).Select(layer);
            Assert.Equal(DistanceToOptimum.Of(plan, q, TestContext.Current.CancellationToken).OptimalActionShare, shown.Average(), 1e-12);
        }
    }
}
