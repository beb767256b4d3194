namespace GridWorld;

/// <summary>
/// The exact expected returns between which scores of a world are normalized: those of the uniform random policy and of the optimal one,
/// both undiscounted and under the step limit.
/// </summary>
/// <param name="Random">Expected return of the policy that takes every action with the same probability.</param>
/// <param name="Optimal">Expected return of an optimal policy.</param>
public sealed record ReturnScale(double Random, double Optimal)
{
    /// <summary>Solves a world.</summary>
    /// <param name="mdp">The compiled world.</param>
    /// <param name="stepLimit">Number of steps after which an episode is truncated, at least 1.</param>
    /// <param name="discountFactor">The discount factor for which the policy is optimal, in [0, 1]. Default 1.</param>
    /// <exception cref="InputException">There is no finite optimum at this discount factor, or random and optimal policy have the same
    /// return.</exception>
    public static ReturnScale Of(Mdp mdp, int stepLimit, double discountFactor = 1)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        var (_, optimal) = KnownPlans.Of(mdp, discountFactor, stepLimit);
        double random = FiniteHorizon.ExpectedReturn(mdp, StationaryPolicy.Uniform(mdp), stepLimit);
        return optimal > random && double.IsFinite(optimal - random) ? new(random, optimal) : throw new InputException(
            $"Scores cannot be normalized in this world: the random policy returns {Printable.Number(random)}, the optimal one "
            + $"{Printable.Number(optimal)}.");
    }

    /// <summary>The score of a mean return: 0 for the random policy, 1 for the optimal one.</summary>
    public double Normalize(double meanReturn) => (meanReturn - Random) / (Optimal - Random);
}
