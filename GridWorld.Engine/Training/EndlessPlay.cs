namespace GridWorld;

/// <summary>Computes the return of a greedy agent that can no longer reach the end, without taking the steps.</summary>
internal sealed class EndlessPlay
{
    readonly Mdp mdp;
    readonly ExpectedModel model;
    readonly QTable values;
    readonly bool[] isLost;
    readonly Dictionary<int, double?> alike = [];

    public EndlessPlay(Mdp mdp, QTable values)
    {
        (this.mdp, model, this.values) = (mdp, new(mdp, 1), values);
        bool[] allowed = [.. Enumerable.Range(0, mdp.States * mdp.Actions).Select(pair => MayTake(pair / mdp.Actions, pair % mdp.Actions)), true];
        var layers = Reach.Layers(new(model), [.. mdp.Terminal, false], allowed, []);
        isLost = [.. layers.Take(mdp.States).Select(layer => layer < 0)];
    }

    /// <summary>The return of the given number of steps; null if the end can still be reached or the return depends on chance.</summary>
    public double? Return(int state, int steps)
    {
        if (!isLost[state])
            return null;
        if (!alike.TryGetValue(state, out var reward))
            alike[state] = reward = Alike(state);
        return reward * steps ?? (!mdp.HasChance && mdp.Starts.Count == 1 ? Round(state, steps) : null);
    }

    // The reward of a step, if all steps that are still possible have the same reward.
    double? Alike(int state)
    {
        double? reward = null;
        var seen = new HashSet<int> { state };
        for (var open = new Stack<int>(seen); open.TryPop(out int s);)
        {
            for (int pair = s * mdp.Actions, end = pair + mdp.Actions; pair < end; pair++)
            {
                for (int k = 0; k < mdp.OutcomesPerPair && MayTake(s, pair % mdp.Actions); k++)
                {
                    int a = pair % mdp.Actions;
                    if (mdp.Probability(s, a, k) == 0)
                        continue;
                    if (mdp.Reward(s, a, k) != (reward ??= mdp.Reward(s, a, k)))
                        return null;
                    foreach (int next in model.Restart[model.Code(pair)] > 0 ? mdp.Starts.Select(start => start.State) : [mdp.Next(s, a, k)])
                    {
                        if (seen.Add(next))
                            open.Push(next);
                    }
                }
            }
        }

        return reward;
    }

    // An agent that returns to a state repeats the same cycle forever, and every cycle has the same return.
    double? Round(int state, int steps)
    {
        var before = new Dictionary<int, (int Step, double Sum)>();
        double sum = 0;
        for (int step = 0; step < steps; step++)
        {
            if (before.TryGetValue(state, out var last))
            {
                var (rounds, left) = Math.DivRem(steps - step, step - last.Step);
                return sum + rounds * (sum - last.Sum) + Round(state, left);
            }

            before[state] = (step, sum);
            int greedy = Greedy.Of(values.Row(state)).First;
            sum += mdp.Reward(state, greedy);
            state = mdp.Next(state, greedy);
        }

        return sum;
    }

    // With sticky actions, any action is possible.
    bool MayTake(int state, int action) => mdp.Sticky > 0 || Greedy.Of(values.Row(state)).First == action;
}
