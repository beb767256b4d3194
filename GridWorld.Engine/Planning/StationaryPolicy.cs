namespace GridWorld;

/// <summary>A policy that depends only on the state: π(a|s).</summary>
public sealed class StationaryPolicy
{
    readonly int[]? chosen;
    readonly double[]? probability;

    StationaryPolicy(int states, int actions, int[]? chosen, double[]? probability) =>
        (States, Actions, this.chosen, this.probability) = (states, actions, chosen, probability);

    /// <summary>Number of states.</summary>
    public int States { get; }

    /// <summary>Number of actions.</summary>
    public int Actions { get; }

    /// <summary>The probability π(action|state), in [0, 1].</summary>
    public double this[int state, int action] =>
        chosen is not null ? (chosen[state] == action ? 1 : 0) : probability![state * Actions + action];

    /// <summary>Creates a deterministic policy.</summary>
    /// <param name="chosen">One action per state.</param>
    /// <param name="actions">Number of actions.</param>
    /// <exception cref="InputException">An action is out of range.</exception>
    public static StationaryPolicy Deterministic(IReadOnlyList<int> chosen, int actions)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        var faults = new Faults();
        for (int s = 0; s < chosen.Count; s++)
        {
            if (chosen[s] < 0 || chosen[s] >= actions)
                faults.Add($"The action of state {s} must be between 0 and {actions - 1} (got {chosen[s]}).");
        }

        faults.ThrowIfAny();
        return new(chosen.Count, actions, [.. chosen], null);
    }

    /// <summary>Creates a policy from probabilities.</summary>
    /// <param name="probability">One probability in [0, 1] per (state, action), indexed by state × actions + action. Those of a state add
    /// up to 1.</param>
    /// <param name="actions">Number of actions.</param>
    /// <exception cref="InputException">
    /// The length is not a multiple of <paramref name="actions"/>, or the probabilities of a state are out of range or do not add up to 1.
    /// </exception>
    public static StationaryPolicy FromProbabilities(ReadOnlySpan<double> probability, int actions)
    {
        var faults = new Faults().Require(actions > 0 && probability.Length % actions == 0,
            $"The number of probabilities must be a multiple of the number of actions, {actions} (got {probability.Length}).");
        faults.ThrowIfAny();
        for (int s = 0; s < probability.Length / actions; s++)
        {
            double sum = 0;
            bool inRange = true;
            foreach (double p in probability.Slice(s * actions, actions))
                (sum, inRange) = (sum + p, inRange && p is >= 0 and <= 1);
            faults.Require(inRange && Math.Abs(sum - 1) < 1e-9,
                $"The probabilities of state {s} must be between 0 and 1 and add up to 1 (they add up to {sum}).");
        }

        faults.ThrowIfAny();
        return new(probability.Length / actions, actions, null, probability.ToArray());
    }

    /// <summary>Creates the policy that takes every action with equal probability.</summary>
    public static StationaryPolicy Uniform(Mdp mdp)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        var p = new double[mdp.States * mdp.Actions];
        Array.Fill(p, 1.0 / mdp.Actions);
        return new(mdp.States, mdp.Actions, null, p);
    }

    /// <summary>Creates the policy of a plan, <see cref="Plan.Policy"/>.</summary>
    public static StationaryPolicy Optimal(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(plan.Mdp.States, plan.Mdp.Actions, [.. plan.Policy], null);
    }

    /// <summary>
    /// Creates the ε-greedy policy of a plan: with probability ε a uniformly random action, otherwise one of the best actions, also
    /// uniformly.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="epsilon">Exploration rate ε, in [0, 1].</param>
    /// <exception cref="InputException">ε is out of range.</exception>
    public static StationaryPolicy EpsilonGreedy(Plan plan, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(plan);
        new Faults().Require(epsilon is >= 0 and <= 1, $"Epsilon must be between 0 and 1 (got {epsilon}).").ThrowIfAny();
        int states = plan.Mdp.States, actions = plan.Mdp.Actions;
        var p = new double[states * actions];
        for (int s = 0; s < states; s++)
        {
            var best = plan.BestActions(s);
            if (best.Count == 0)
                best = [plan.Policy[s]];
            p.AsSpan(s * actions, actions).Fill(epsilon / actions);
            foreach (int a in best)
                p[s * actions + a] += (1 - epsilon) / best.Count;
        }

        return new(states, actions, null, p);
    }

    /// <summary>Creates the greedy policy of a Q-table: in every state, the first of the best actions.</summary>
    /// <param name="q">One value per (state, action), indexed by state × actions + action.</param>
    /// <param name="actions">Number of actions.</param>
    public static StationaryPolicy Greedy(ReadOnlySpan<double> q, int actions) => Of(FirstBest(q, actions), actions);

    /// <summary>Creates the ε-greedy policy of a Q-table, which takes equally good actions with equal probability.</summary>
    internal static StationaryPolicy EpsilonGreedy(ReadOnlySpan<double> q, int actions, double epsilon, bool takesFirst)
    {
        var p = new double[q.Length];
        for (int row = 0; row < q.Length; row += actions)
        {
            var greedy = GridWorld.Greedy.Of(q.Slice(row, actions));
            int count = takesFirst ? 1 : greedy.Count;
            p.AsSpan(row, actions).Fill(epsilon / actions);
            for (int place = 0; place < count; place++)
                p[row + greedy.At(place)] += (1 - epsilon) / count;
        }

        return new(q.Length / actions, actions, null, p);
    }

    /// <summary>Returns, for every state, the first of the actions with the largest value.</summary>
    /// <param name="q">One value per (state, action), indexed by state × actions + action.</param>
    /// <param name="actions">Number of actions.</param>
    internal static int[] FirstBest(ReadOnlySpan<double> q, int actions)
    {
        var greedy = new int[q.Length / actions];
        for (int s = 0; s < greedy.Length; s++)
        {
            var row = q.Slice(s * actions, actions);
            for (int a = 1; a < actions; a++)
                greedy[s] = row[a] > row[greedy[s]] ? a : greedy[s];
        }

        return greedy;
    }

    // The policy with the same actions in each copy of the states.
    internal StationaryPolicy Repeated(int times) => new(States * times, Actions,
        chosen is null ? null : [.. Enumerable.Repeat(chosen, times).SelectMany(c => c)],
        probability is null ? null : [.. Enumerable.Repeat(probability, times).SelectMany(p => p)]);

    // For planners: neither copies nor checks the actions.
    internal static StationaryPolicy Of(int[] chosen, int actions) => new(chosen.Length, actions, chosen, null);
}
