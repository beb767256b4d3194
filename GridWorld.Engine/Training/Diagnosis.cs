namespace GridWorld;

/// <summary>Computes <see cref="Diagnostics"/> from a copy of the agent's tables and the world as it is at the agent's step.</summary>
internal sealed class Diagnosis(RunSpecification specification, Mdp mdp)
{
    const int Lately = 100;
    readonly Lazy<double> greatestReward = new(() => mdp.Changes.Select(c => c.Mdp).Append(mdp).Max(m => m.OutcomeTable.Max(o => Math.Abs(o.Reward))));
    Tuple<Mdp, int>? reachable;

    public Diagnostics Of(AgentSnapshot agent, RunStatus status, MetricBucket? lately, MetricBucket? before)
    {
        var world = mdp.At(agent.Steps);
        int actions = world.Actions, visited = 0;
        long steps = 0, pairs = 0;
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, error = 0;
        var counts = new long[actions];
        var greedy = GreedyValues(agent.Q, actions);
        Func<int, double> greedyOf = state => greedy[state];
        for (int s = 0; s < world.States; s++)
        {
            bool seen = false;
            for (int a = 0; a < actions; a++)
            {
                long visits = agent.Visits[s * actions + a];
                if (visits == 0)
                    continue;
                seen = true;
                steps += visits;
                pairs++;
                counts[a] += visits;
                error += Math.Abs(ExpectedTarget.Of(world, s, a, greedyOf, status.DiscountFactor) - agent.Q[s * actions + a]);
            }

            if (!seen)
                continue;
            visited++;
            sum += greedy[s];
            min = Math.Min(min, greedy[s]);
            max = Math.Max(max, greedy[s]);
        }

        return new()
        {
            Episode = agent.Episode,
            MeanTdError = pairs == 0 ? null : error / pairs,
            MinQ = visited == 0 ? null : min,
            MeanQ = visited == 0 ? null : sum / visited,
            MaxQ = visited == 0 ? null : max,
            ActionDistribution = [.. counts.Select(c => steps == 0 ? 0 : (double)c / steps)],
            VisitedStates = visited,
            ReachableStates = ReachableStates(world),
            Flags = [.. Flags(status, visited == 0 ? 0 : Math.Max(Math.Abs(min), Math.Abs(max)), counts, steps, lately, before)],
        };
    }

    IEnumerable<DiagnosticFlag> Flags(RunStatus status, double greatestQ, long[] counts, long steps, MetricBucket? lately, MetricBucket? before)
    {
        if (!double.IsFinite(greatestQ) || (status.State == RunState.Failed && status.Message is not null))
            yield return new("non_finite", status.Message ?? "A value is no finite number. Train again, or on from a checkpoint before it, with a smaller learning rate.");
        if (status.Episodes < Lately)
            yield return new("exploring", "Training initialized, starting exploration phase");
        if (before is { } b && lately is { } l && l.Mean <= b.Mean && status.State is RunState.Training or RunState.Paused)
        {
            yield return new("no_improvement", ReachesOptimum(status)
                ? $"no reward improvement in {Lately} episodes. It reaches the optimum already: stop here, or lower epsilon to stop the slips."
                : $"no reward improvement in {Lately} episodes—check hyperparameters");
        }

        if (steps >= 1000 && counts.Max() > 0.95 * steps)
            yield return new("same_action", $"{specification.World.ActionNames[Array.IndexOf(counts, counts.Max())]} is taken in more than 95 % of the steps. Raise epsilon, or check rewards and walls.");
        double horizon = status.DiscountFactor < 1 ? Math.Min(1 / (1 - status.DiscountFactor), specification.StepLimit) : specification.StepLimit;
        if (double.IsFinite(greatestQ) && greatestQ > 10 * greatestReward.Value * horizon && greatestReward.Value > 0)
            yield return new("diverging", $"|Q| has reached {greatestQ:G4}, more than any return could be. Lower the learning rate.");
    }

    static bool ReachesOptimum(RunStatus status) =>
        status is { GreedyValue: { } greedy, OptimalValue: { } optimal } && greedy >= optimal - Plan.Tie * Math.Max(1, Math.Abs(optimal));

    // Remembered for the world as it is now, as a whole: any thread may ask.
    int ReachableStates(Mdp world)
    {
        if (reachable is not { } known || known.Item1 != world)
        {
            var reached = Reach.From(new ExpectedModel(world, 1), world.States);
            reachable = known = new(world, Enumerable.Range(0, reached.Length).Count(s => reached[s] && !world.IsTerminal(s)));
        }

        return known.Item2;
    }

    static double[] GreedyValues(double[] q, int actions)
    {
        var values = new double[q.Length / actions];
        for (int s = 0; s < values.Length; s++)
            values[s] = Greedy.Of(q.AsSpan(s * actions, actions)).Value;
        return values;
    }
}
