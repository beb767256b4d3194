namespace GridWorld;

/// <summary>
/// Computes the return of a greedy agent that can no longer reach the end, without taking the steps. Without it, 2,000 episodes of an agent
/// that is lost in windy-stochastic, whose step limit is a million, take 24 s of processor time instead of less than one.
/// </summary>
internal sealed class EndlessPlay(Mdp mdp, QTable values)
{
    readonly Dictionary<int, double?> known = [];

    /// <summary>The reward of every step from a state on; null if the end can still be reached or the rewards differ.</summary>
    public double? RewardPerStep(int state)
    {
        if (!known.TryGetValue(state, out var reward))
            known[state] = reward = Look(state);
        return reward;
    }

    double? Look(int from)
    {
        double? reward = null;
        var seen = new HashSet<int> { from };
        for (var open = new Stack<int>(seen); open.TryPop(out int state);)
        {
            int greedy = Greedy.Of(values.Row(state)).First;
            for (int action = 0; action < mdp.Actions; action++)
            {
                // With sticky actions, any action is possible.
                if (action != greedy && mdp.Sticky == 0)
                    continue;
                int code = mdp.Code(state, action);
                for (int k = 0; k < mdp.OutcomesPerPair; k++)
                {
                    var outcome = mdp.Outcomes(code)[k];
                    if (mdp.Probabilities(code)[k] == 0)
                        continue;
                    if (outcome.End == MoveEnd.Terminal || outcome.Reward != (reward ??= outcome.Reward))
                        return null;
                    foreach (int next in outcome.End == MoveEnd.Restart ? mdp.Starts.Select(start => start.State) : [state + outcome.Delta])
                    {
                        if (seen.Add(next))
                            open.Push(next);
                    }
                }
            }
        }

        return reward;
    }
}
