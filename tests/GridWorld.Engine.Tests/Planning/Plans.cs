namespace GridWorld.Tests;

/// <summary>Plans and evaluations that end with the test.</summary>
static class Plans
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Plan Of(World world, double discount = 1) => Of(world.Compile(), discount);

    public static Plan Of(Mdp mdp, double discount = 1) => Planner.Solve(mdp, discount, Token);
}
