namespace GridWorld;

/// <summary>
/// Value iteration from 0, as the book has it, in a chosen order: to teach and to compare. It stops by the change of a pass, which
/// at discount 1 says little about the error; <see cref="Planner.Solve"/> is exact.
/// </summary>
public static class ValueIteration
{
    /// <summary>Passes until no value changes by <paramref name="threshold"/> or more. A plan's iterations count the last pass, which found nothing; prioritized, as many updates as there are states count as one pass.</summary>
    /// <exception cref="InputException">A value is out of range, or <paramref name="maxPasses"/> passes did not do: at this discount factor the world may have no finite value.</exception>
    public static Plan Solve(Mdp mdp, double discountFactor, ValueIterationOrder order, double threshold = 1e-12, long maxPasses = 100_000, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        Planner.CheckDiscount(discountFactor);
        new Faults().Require(threshold > 0, $"The threshold must be above 0 (got {threshold}).")
            .Require(Enum.IsDefined(order), $"The order must be one of {string.Join(", ", Enum.GetNames<ValueIterationOrder>())} (got {order}).").ThrowIfAny();
        var model = new ExpectedModel(mdp.Sticky > 0 ? DerivedMdp.WithLastAction(mdp) : mdp, discountFactor);
        var graph = new TransitionGraph(model);
        var values = new double[model.States];
        long passes = order switch
        {
            ValueIterationOrder.Synchronous => Synchronous(model, ref values, threshold, maxPasses, cancellationToken),
            ValueIterationOrder.Prioritized => Prioritized(model, graph, values, threshold, maxPasses, cancellationToken),
            _ => InPlace(model, values, Order(model, graph, order), threshold, maxPasses, cancellationToken),
        };
        if (passes > maxPasses)
            throw new InputException($"Value iteration has not come to rest after {maxPasses} passes at discount factor {discountFactor}. Choose a discount factor below 1, raise the threshold, or allow more passes.");
        return Planner.Finish(mdp, model, new(graph), values, passes);
    }

    static int[] Order(ExpectedModel model, TransitionGraph graph, ValueIterationOrder order)
    {
        var states = Enumerable.Range(0, model.States).Where(s => !model.Terminal[s]);
        if (order == ValueIterationOrder.InPlace)
            return [.. states];
        var near = new List<int>();
        var layer = Reach.Layers(graph, [.. model.Terminal, false], null, near);
        return [.. near.Where(n => n != graph.RestartNode && !model.Terminal[n]), .. states.Where(s => layer[s] < 0)];
    }

    static long Synchronous(ExpectedModel model, ref double[] values, double threshold, long maxPasses, CancellationToken cancellation)
    {
        var next = new double[values.Length];
        for (long pass = 1; pass <= maxPasses; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            double change = 0, restart = model.StartValue(values);
            for (int s = 0; s < values.Length; s++)
            {
                next[s] = model.Terminal[s] ? 0 : model.BestValue(s, values, restart);
                change = Math.Max(change, Math.Abs(next[s] - values[s]));
            }

            (values, next) = (next, values);
            if (change < threshold)
                return pass;
        }

        return maxPasses + 1;
    }

    static long InPlace(ExpectedModel model, double[] values, int[] order, double threshold, long maxPasses, CancellationToken cancellation)
    {
        for (long pass = 1; pass <= maxPasses; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            double change = 0, restart = model.StartValue(values);
            foreach (int s in order)
            {
                double value = model.BestValue(s, values, restart);
                change = Math.Max(change, Math.Abs(value - values[s]));
                values[s] = value;
            }

            if (change < threshold)
                return pass;
        }

        return maxPasses + 1;
    }

    static long Prioritized(ExpectedModel model, TransitionGraph graph, double[] values, double threshold, long maxPasses, CancellationToken cancellation)
    {
        var open = new PriorityHeap(model.States);
        for (int s = 0; s < values.Length; s++)
            Consider(s);
        long updates = 0, limit = maxPasses > long.MaxValue / model.States ? long.MaxValue : maxPasses * model.States;
        while (open.Count > 0)
        {
            if (updates++ % 65536 == 0)
                cancellation.ThrowIfCancellationRequested();
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
            if (model.Terminal[state])
                return;
            double change = Math.Abs(model.BestValue(state, values, model.StartValue(values)) - values[state]);
            if (change >= threshold)
                open.Raise(state, change);
        }
    }
}
