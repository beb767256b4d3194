namespace GridWorld;

/// <summary>
/// Textbook value iteration from 0 in a chosen order, for teaching and comparison. It stops by the change of a pass, which at discount 1 is
/// a poor measure of the error; <see cref="Planner.Solve"/> is exact. At discount 1 it uses the exact solution to find the states without a
/// finite value.
/// </summary>
public static class ValueIteration
{
    /// <summary>
    /// Repeats passes until all values change by less than <paramref name="threshold"/>. <see cref="Plan.Iterations"/> includes the last
    /// pass, which changed nothing. In prioritized order, one pass is as many updates as there are states.
    /// </summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1].</param>
    /// <param name="order">Order in which a pass updates the states.</param>
    /// <param name="threshold">
    /// Positive, in the unit of the rewards. Default: 1e-12 of the largest reward, but not below the rounding error of the largest value.
    /// </param>
    /// <param name="maxPasses">The most passes. Default: 100,000, or more if the discount factor requires it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">
    /// A value is out of range, the values have not converged after <paramref name="maxPasses"/> passes, or the start has no finite value.
    /// </exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Plan Solve(Mdp mdp, double discountFactor, ValueIterationOrder order, double? threshold = null, long? maxPasses = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        Planner.CheckDiscount(discountFactor);
        new Faults().Require(threshold is null or > 0, $"The threshold must be above 0 (got {threshold}).")
            .Require(Enum.IsDefined(order),
                $"The order must be one of {string.Join(", ", Enum.GetNames<ValueIterationOrder>())} (got {order}).")
            .ThrowIfAny();
        var model = new ExpectedModel(DerivedMdp.WithLastAction(mdp), discountFactor);
        long most = maxPasses ?? Math.Max(100_000, Necessary(discountFactor));
        double least = threshold ?? Rounding(model);
        var exact = discountFactor == 1 ? Planner.Solve(mdp, 1, cancellationToken) : null;
        var values = Array.ConvertAll(exact?.AllValues ?? new double[model.States], v => double.IsFinite(v) ? 0 : v);
        var passes = StatePasses.Of(model, values, order, least);
        long count = 0;
        do
        {
            if (count++ == most)
            {
                throw new InputException($"Value iteration has not converged after {most} passes at discount factor {discountFactor}. "
                    + "Raise the threshold, allow more passes, or use Planner.Passes, which returns each of them.");
            }

            passes.Pass(cancellationToken);
        }
        while (!passes.IsAtRest(least));
        values = passes.Values;

        // If rewards of both signs cancel on a cycle, passes from 0 can converge to values that no policy earns.
        if (exact is not null && model.IsMixed && Math.Abs(exact.StartValue - model.StartValue(values))
            > 1e-6 * model.LargestSize * Math.Max(1, Math.Abs(exact.StartValue) / model.LargestSize))
        {
            throw new InputException(
                $"Value iteration from 0 converges to {model.StartValue(values)}, but the optimum is {exact.StartValue}. "
                + "The cause is a cycle whose rewards cancel at discount factor 1. Use Planner.Solve.");
        }

        return Planner.Finish(mdp, model, new(() => new(model)), new(values, count, null), cancellationToken);
    }

    // A change shrinks by the factor γ per pass. It exceeds the rounding of values as large as 1 / (1 − γ) while it is above 1e-16 of them.
    static long Necessary(double discount) => discount == 1
        ? 0
        : 1000 + (long)Math.Ceiling(Math.Log(1e-18 * Math.Max(1e-18, 1 - discount)) / Math.Log(discount));

    /// <summary>The threshold that no one has to choose: 1e-12 of the largest reward.</summary>
    internal static double Rounding(ExpectedModel model) => Math.Max(1e-12 * model.LargestSize, double.Epsilon);
}
