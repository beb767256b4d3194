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
        var model = new ExpectedModel(mdp.Sticky > 0 ? DerivedMdp.WithLastAction(mdp) : mdp, discountFactor);
        var graph = new TransitionGraph(model);
        long most = maxPasses ?? Math.Max(100_000, Necessary(discountFactor));
        double least = threshold ?? Math.Max(1e-12 * model.LargestSize, double.Epsilon);
        var exact = discountFactor == 1 ? Planner.Solve(mdp, 1, cancellationToken) : null;
        var values = Array.ConvertAll(exact?.AllValues ?? new double[model.States], v => double.IsFinite(v) ? 0 : v);
        long passes = order switch
        {
            ValueIterationOrder.Synchronous => Synchronous(model, ref values, least, most, cancellationToken),
            ValueIterationOrder.Prioritized => Prioritized(model, graph, values, least, most, cancellationToken),
            _ => InPlace(model, values, Order(model, graph, order), least, most, cancellationToken),
        };
        if (passes > most)
        {
            throw new InputException($"Value iteration has not converged after {most} passes at discount factor {discountFactor}. "
                + "Raise the threshold or allow more passes.");
        }

        // If rewards of both signs cancel on a cycle, passes from 0 can converge to values that no policy earns.
        if (exact is not null && model.IsMixed && Math.Abs(exact.StartValue - model.StartValue(values))
            > 1e-6 * model.LargestSize * Math.Max(1, Math.Abs(exact.StartValue) / model.LargestSize))
        {
            throw new InputException(
                $"Value iteration from 0 converges to {model.StartValue(values)}, but the optimum is {exact.StartValue}. "
                + "The cause is a cycle whose rewards cancel at discount factor 1. Use Planner.Solve.");
        }

        return Planner.Finish(mdp, model, new(graph), new(values, passes, null), cancellationToken);
    }

    // A change shrinks by the factor γ per pass. It exceeds the rounding of values as large as 1 / (1 − γ) while it is above 1e-16 of them.
    static long Necessary(double discount) => discount == 1
        ? 0
        : 1000 + (long)Math.Ceiling(Math.Log(1e-18 * Math.Max(1e-18, 1 - discount)) / Math.Log(discount));

    static bool IsAtRest(double change, double threshold, double size) => change < threshold || change <= 4e-16 * size;

    static int[] Order(ExpectedModel model, TransitionGraph graph, ValueIterationOrder order)
    {
        var states = Enumerable.Range(0, model.States).Where(s => !model.Terminal[s]);
        if (order == ValueIterationOrder.InPlace)
            return [.. states];
        var near = new List<int>();
        var layer = Reach.Layers(graph, [.. model.Terminal, false], null, near);
        return [.. near.Where(n => n != graph.RestartNode && !model.Terminal[n]), .. states.Where(s => layer[s] < 0)];
    }

    static long Synchronous(ExpectedModel model, ref double[] values, double threshold, long maxPasses, CancellationToken cancellationToken)
    {
        var next = new double[values.Length];
        for (long pass = 1; pass <= maxPasses; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double change = 0, size = 0, restart = model.StartValue(values);
            for (int s = 0; s < values.Length; s++)
            {
                next[s] = model.Terminal[s] || !double.IsFinite(values[s]) ? values[s] : model.BestValue(s, values, restart);
                if (!double.IsFinite(values[s]))
                    continue;
                change = Math.Max(change, Math.Abs(next[s] - values[s]));
                size = Math.Max(size, Math.Abs(next[s]));
            }

            (values, next) = (next, values);
            if (IsAtRest(change, threshold, size))
                return pass;
        }

        return maxPasses + 1;
    }

    static long InPlace(ExpectedModel model, double[] values, int[] order, double threshold, long maxPasses,
        CancellationToken cancellationToken)
    {
        for (long pass = 1; pass <= maxPasses; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double change = 0, size = 0, restart = model.StartValue(values);
            foreach (int s in order)
            {
                if (!double.IsFinite(values[s]))
                    continue;
                double value = model.BestValue(s, values, restart);
                change = Math.Max(change, Math.Abs(value - values[s]));
                size = Math.Max(size, Math.Abs(value));
                values[s] = value;
            }

            if (IsAtRest(change, threshold, size))
                return pass;
        }

        return maxPasses + 1;
    }

    static long Prioritized(ExpectedModel model, TransitionGraph graph, double[] values, double threshold, long maxPasses,
        CancellationToken cancellationToken)
    {
        var open = new PriorityHeap(model.States);
        for (int s = 0; s < values.Length; s++)
            Consider(s);
        long updates = 0, limit = maxPasses > long.MaxValue / model.States ? long.MaxValue : maxPasses * model.States;
        while (open.Count > 0)
        {
            if (updates++ % 65536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (updates > limit)
                return maxPasses + 1;
            int state = open.Pop();
            values[state] = model.BestValue(state, values, model.StartValue(values));
            Consider(state);
            foreach (int pair in graph.Into(state))
            {
                if (pair != graph.RestartPair)
                {
                    Consider(graph.NodeOf(pair));
                    continue;
                }

                foreach (int restart in graph.Into(graph.RestartNode))
                    Consider(graph.NodeOf(restart));
            }
        }

        return (updates + model.States - 1) / model.States + 1;

        void Consider(int state)
        {
            if (model.Terminal[state] || !double.IsFinite(values[state]))
                return;
            double change = Math.Abs(model.BestValue(state, values, model.StartValue(values)) - values[state]);
            if (!IsAtRest(change, threshold, Math.Abs(values[state])))
                open.Raise(state, change);
        }
    }
}
