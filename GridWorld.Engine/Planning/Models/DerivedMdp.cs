namespace GridWorld;

/// <summary>Derives tables that a planner solves in place of a process with sticky actions, exploration or other rewards.</summary>
internal static class DerivedMdp
{
    /// <summary>
    /// Converts a world with sticky actions into one without, and returns any other as it is. State (s, last action) has number (last + 1)
    /// × states + s; last is −1 at the start of an episode. The repeated action is the one executed last, even after a restart.
    /// </summary>
    public static Mdp WithLastAction(Mdp mdp)
    {
        if (mdp.Sticky == 0)
            return mdp;
        int states = mdp.States, layers = mdp.Actions + 1, perAction = mdp.OutcomesPerPair * Math.Max(1, mdp.Starts.Count);
        if ((long)states * layers * mdp.Actions > 1 << 30)
        {
            throw new InputException(
                $"A world of {states} states with sticky actions is too large to plan: together with the last action it has "
                + $"{(long)states * layers} states. Set sticky to 0 or use a smaller map.");
        }

        var terminal = new bool[states * layers];
        for (int i = 0; i < terminal.Length; i++)
            terminal[i] = mdp.IsTerminal(i % states);
        var builder = new MdpBuilder(terminal.Length, mdp.Actions, 2 * perAction, terminal, mdp.Starts) { StepLimit = mdp.StepLimit };
        var row = new Outcome[2 * perAction];
        var p = new double[row.Length];
        for (int last = -1; last < mdp.Actions; last++)
        {
            for (int s = 0; s < states; s++)
            {
                for (int a = 0; a < mdp.Actions; a++)
                {
                    row.AsSpan().Clear();
                    p.AsSpan().Clear();
                    int from = (last + 1) * states + s;
                    Execute(mdp, s, a, last < 0 ? 1 : 1 - mdp.Sticky, from, row, p);
                    if (last >= 0)
                        Execute(mdp, s, last, mdp.Sticky, from, row.AsSpan(perAction), p.AsSpan(perAction));
                    builder.Set(from, a, row, p);
                }
            }
        }

        return builder.Build();
    }

    /// <summary>The world for an agent that, with probability ε, takes a random action. Its optimum is the best ε-soft policy.</summary>
    public static Mdp WithExploration(Mdp mdp, double epsilon)
    {
        int each = mdp.OutcomesPerPair;
        var terminal = mdp.Terminal.ToArray();
        var builder = new MdpBuilder(mdp.States, mdp.Actions, each * mdp.Actions, terminal, mdp.Starts) { StepLimit = mdp.StepLimit };
        var row = new Outcome[each * mdp.Actions];
        var p = new double[row.Length];
        for (int s = 0; s < mdp.States; s++)
        {
            for (int chosen = 0; chosen < mdp.Actions; chosen++)
            {
                for (int a = 0; a < mdp.Actions; a++)
                {
                    int code = mdp.Code(s, a);
                    mdp.Outcomes(code).CopyTo(row.AsSpan(a * each));
                    double weight = epsilon / mdp.Actions + (a == chosen ? 1 - epsilon : 0);
                    for (int k = 0; k < each; k++)
                        p[a * each + k] = weight * mdp.Probabilities(code)[k];
                }

                builder.Set(s, chosen, row, p);
            }
        }

        return builder.Build();
    }

    /// <summary>The same moves with reward 1 per step, so that returns are episode lengths.</summary>
    public static Mdp WithUnitRewards(Mdp mdp) => WithRewards(mdp, _ => 1);

    /// <summary>
    /// The same moves with reward 1 for a success and 0 otherwise, so that returns are probabilities. A success is a step that ends the
    /// episode with a reward above 0, or with the largest reward of all such steps.
    /// </summary>
    public static Mdp WithSuccessRewards(Mdp mdp)
    {
        var best = mdp.OutcomeTable.Where(o => o.End == MoveEnd.Terminal && o.Delta != 0).Select(o => o.Reward).DefaultIfEmpty(0).Max();
        return WithRewards(mdp, outcome => outcome.End == MoveEnd.Terminal && (outcome.Reward > 0 || outcome.Reward == best) ? 1 : 0);
    }

    /// <summary>The same moves with other rewards.</summary>
    public static Mdp WithRewards(Mdp mdp, Func<Outcome, double> reward)
    {
        var builder = new MdpBuilder(mdp.States, mdp.Actions, mdp.OutcomesPerPair, mdp.Terminal.ToArray(), mdp.Starts)
        {
            StepLimit = mdp.StepLimit,
            Sticky = mdp.Sticky,
        };
        var row = new Outcome[mdp.OutcomesPerPair];
        for (int s = 0; s < mdp.States; s++)
        {
            for (int a = 0; a < mdp.Actions; a++)
            {
                int code = mdp.Code(s, a);
                for (int k = 0; k < row.Length; k++)
                    row[k] = mdp.Outcomes(code)[k] with { Reward = reward(mdp.Outcomes(code)[k]) };
                builder.Set(s, a, row, mdp.Probabilities(code));
            }
        }

        return builder.Build();
    }

    static void Execute(Mdp mdp, int state, int action, double weight, int from, Span<Outcome> row, Span<double> p)
    {
        int code = mdp.Code(state, action), layer = (action + 1) * mdp.States, i = 0;
        for (int k = 0; k < mdp.OutcomesPerPair; k++)
        {
            var (reward, delta, end) = mdp.Outcomes(code)[k];
            double chance = weight * mdp.Probabilities(code)[k];
            if (end != MoveEnd.Restart)
            {
                row[i] = new(reward, layer + state + delta - from, end);
                p[i++] = chance;
                continue;
            }

            foreach (var start in mdp.Starts)
            {
                row[i] = new(reward, layer + start.State - from, MoveEnd.None);
                p[i++] = chance * start.Probability;
            }
        }
    }
}
