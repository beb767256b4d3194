namespace GridWorld;

/// <summary>The exact solution of an <see cref="Mdp"/> at one discount factor.</summary>
public sealed class Plan
{
    /// <summary>
    /// Two actions are tied whose values differ by at most this share of what is added up in them, Σ γᵗ·|r|: the same whatever unit
    /// rewards are in, far above what rounding does, and far below what a step makes in any but the longest of ways.
    /// </summary>
    public const double Tie = 1e-10;

    readonly ExpectedModel model;
    readonly TiedActions tied;
    readonly bool[]? idle;
    readonly double[] values; // with sticky actions: of states with a last action too, behind the others
    double[]? q;
    bool[]? reachable, canEnd;
    TransitionGraph? graph;

    internal Plan(Mdp mdp, ExpectedModel model, PlanParts parts)
    {
        (Mdp, this.model, values, tied, idle) = (mdp, model, parts.Values, parts.Tied, parts.Idle);
        (Values, Policy) = (Head(parts.Values, mdp.States), Head(parts.Policy, mdp.States));
        (Iterations, Residual, StartValue) = (parts.Iterations, parts.Residual, model.Bound(model.StartValue(parts.Values)));
    }

    /// <summary>The tables that were solved.</summary>
    public Mdp Mdp { get; }

    /// <summary>The discount factor γ.</summary>
    public double DiscountFactor => model.Discount;

    /// <summary>v*, one a state; 0 at terminal states, −∞ where every policy pays forever, NaN where the best of them adds up to no total; no start is such a state.</summary>
    public double[] Values { get; }

    /// <summary>q*, one a (state, action), [state × actions + action]; 0 at terminal states. Worked out at the first reading.</summary>
    public double[] Q => q ??= AllActionValues();

    /// <summary>π*, one action a state: optimal, and reaching an end with probability 1 where an optimal policy can. Ties go to the first action.</summary>
    public int[] Policy { get; }

    /// <summary>Passes over the states, or policies tried: whatever the method repeats.</summary>
    public long Iterations { get; }

    /// <summary>Largest change that one more update of all states would bring, over states of finite value.</summary>
    public double Residual { get; }

    /// <summary>Whether every state has a finite value.</summary>
    public bool IsFinite => Array.TrueForAll(Values, double.IsFinite);

    /// <summary>Expectation of v* over the starts.</summary>
    public double StartValue { get; }

    internal ExpectedModel Model => model;

    /// <summary>With sticky actions, of states with a last action too.</summary>
    internal double[] AllValues => values;

    internal TransitionGraph Graph => graph ??= new(model);

    /// <summary>Whether an optimal policy ends with probability 1 from a state.</summary>
    internal bool CanEnd(int state) => (canEnd ??= PolicySelection.CanEnd(Graph, tied))[state];

    /// <summary>Which states can be reached from a start, by any actions. Worked out at the first reading.</summary>
    public ReadOnlySpan<bool> Reachable => reachable ??= Reach.From(model, Mdp.States);

    /// <summary>q*(state, action).</summary>
    public double ActionValue(int state, int action) =>
        model.Terminal[state] ? 0 : model.Bound(model.ActionValue(state, model.Code(state * model.Actions + action), values, StartValue));

    /// <summary>
    /// The actions tied with the best (<see cref="Tie"/>), in order, without those that would stand still forever where another would not;
    /// none in a terminal state. Whoever picks among them, in whatever way, is optimal.
    /// </summary>
    public IReadOnlyList<int> BestActions(int state)
    {
        var best = new List<int>();
        for (int a = 0; a < model.Actions; a++)
        {
            if (IsBest(state, a))
                best.Add(a);
        }

        return best;
    }

    /// <summary>Whether an action is one of <see cref="BestActions"/>.</summary>
    public bool IsBest(int state, int action) => IsTied(state, action) && (idle is null || !idle[state * model.Actions + action]);

    /// <summary>Whether an action is tied with the best (<see cref="Tie"/>); it may stand still forever.</summary>
    public bool IsTied(int state, int action) => tied.Has(state, action);

    static T[] Head<T>(T[] all, int count) => all.Length == count ? all : all[..count];

    double[] AllActionValues()
    {
        var all = new double[Mdp.States * Mdp.Actions];
        for (int s = 0, pair = 0; s < Mdp.States; s++)
        {
            for (int a = 0; a < model.Actions; a++)
                all[pair++] = ActionValue(s, a);
        }

        return all;
    }
}

/// <summary>What a planner hands over.</summary>
/// <param name="Values">One a state.</param>
/// <param name="Policy">One action a state.</param>
/// <param name="Tied">Which actions are as good as the best.</param>
/// <param name="Idle">Tied pairs that would stand still forever; null for none.</param>
/// <param name="Iterations">Passes or policies.</param>
/// <param name="Residual">Largest change of one more update.</param>
internal readonly record struct PlanParts(double[] Values, int[] Policy, TiedActions Tied, bool[]? Idle, long Iterations, double Residual);
