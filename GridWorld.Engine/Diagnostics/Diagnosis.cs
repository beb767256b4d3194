namespace GridWorld;

/// <summary>Computes <see cref="Diagnostics"/> from a copy of the agent's tables and the world as it is at the agent's step.</summary>
internal sealed class Diagnosis(RunSpecification specification)
{
    RunFlags? known;
    Tuple<Mdp, int>? reachable;

    public Diagnostics Of(AgentSnapshot agent, RunStatus status, EpisodeHistory history)
    {
        var world = agent.Tables;
        int actions = world.Actions, visited = 0;
        long steps = 0, pairs = 0;
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, error = 0;
        var counts = new long[actions];
        double[] greedy = [.. Enumerable.Range(0, world.States).Select(s => agent.ValueOf(s, actions))];
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
                if (agent.Planned is null)
                    error += Math.Abs(ExpectedTarget.Of(world, s, a, greedyOf, status.Settings.DiscountFactor) - agent.Q[s * actions + a]);
            }

            if (!seen)
                continue;
            visited++;
            error += agent.Planned?.Errors[s] ?? 0;
            sum += greedy[s];
            min = Math.Min(min, greedy[s]);
            max = Math.Max(max, greedy[s]);
        }

        return new()
        {
            Episode = agent.Episode,
            MeanTdError = pairs == 0 ? null : error / (agent.Planned is null ? pairs : visited),
            MinQ = visited == 0 ? null : min,
            MeanQ = visited == 0 ? null : sum / visited,
            MaxQ = visited == 0 ? null : max,
            ActionDistribution = [.. counts.Select(c => steps == 0 ? 0 : (double)c / steps)],
            VisitedStates = visited,
            ReachableStates = ReachableStates(world),
            Flags = [.. FlagsIn(agent.In).Of(agent, status, history, visited == 0 ? 0 : Math.Max(Math.Abs(min), Math.Abs(max)), counts)],
        };
    }

    RunFlags FlagsIn(RunWorld now) => known is { } flags && flags.In == now ? flags : known = new(specification, now);

    // Cached for the current tables as one reference, because any thread may call this.
    int ReachableStates(Mdp world)
    {
        if (reachable is not { } known || known.Item1 != world)
        {
            var reached = Reach.From(new ExpectedModel(world, 1), world.States);
            reachable = known = new(world, Enumerable.Range(0, reached.Length).Count(s => reached[s] && !world.IsTerminal(s)));
        }

        return known.Item2;
    }
}
