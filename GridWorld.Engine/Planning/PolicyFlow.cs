namespace GridWorld;

/// <summary>The distribution over states during an episode under a policy. Only states with a nonzero probability are processed.</summary>
internal sealed class PolicyFlow
{
    /// <summary>
    /// States less likely than this are dropped. Even a million steps with a million states lose a negligible probability.
    /// </summary>
    const double Vanishing = 1e-30;

    readonly ExpectedModel model;
    readonly StationaryPolicy policy;
    double[] now, next;
    List<int> occupied = [], following = [];
    bool[] isListed;

    public PolicyFlow(ExpectedModel model, StationaryPolicy policy)
    {
        (this.model, this.policy) = (model, policy);
        (now, next, isListed) = (new double[model.States], new double[model.States], new bool[model.States]);
        Restart(1);
        Swap();
    }

    /// <summary>The probability that the episode has not ended.</summary>
    public double Alive { get; private set; }

    /// <summary>The expected reward of the last step.</summary>
    public double Gain { get; private set; }

    /// <summary>Whether the last step did not change the distribution.</summary>
    public bool IsAtRest { get; private set; }

    /// <summary>Advances one step and returns its expected reward.</summary>
    public double Step()
    {
        double gain = 0, restarts = 0;
        foreach (int state in occupied)
        {
            for (int a = 0; a < model.Actions && now[state] >= Vanishing; a++)
            {
                double p = now[state] * policy[state, a];
                if (p == 0)
                    continue;
                int code = model.Code(state * model.Actions + a);
                gain += p * model.Reward[code];
                restarts += p * model.Restart[code];
                var deltas = model.Deltas(code);
                var chances = model.Chances(code);
                for (int k = 0; k < deltas.Length; k++)
                    Add(state + deltas[k], p * chances[k]);
            }
        }

        if (restarts > 0)
            Restart(restarts);
        Gain = gain;
        Swap();
        return gain;
    }

    void Restart(double weight)
    {
        foreach (var (state, p) in model.Starts)
            Add(state, weight * p);
    }

    void Add(int state, double p)
    {
        if (model.Terminal[state])
            return;
        if (!isListed[state])
        {
            isListed[state] = true;
            following.Add(state);
        }

        next[state] += p;
    }

    void Swap()
    {
        IsAtRest = occupied.Count == following.Count;
        Alive = 0;
        foreach (int state in following)
        {
            IsAtRest = IsAtRest && next[state] == now[state];
            Alive += next[state];
            isListed[state] = false;
        }

        foreach (int state in occupied)
            now[state] = 0;
        occupied.Clear();
        (now, next, occupied, following) = (next, now, following, occupied);
    }
}
