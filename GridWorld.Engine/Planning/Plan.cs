using System.Collections.Immutable;
using System.Numerics;

namespace GridWorld;

/// <summary>The exact solution of an <see cref="Mdp"/> at one discount factor.</summary>
public sealed class Plan
{
    /// <summary>
    /// The largest difference of tied action values, 1e-10 of their magnitude Σ γᵗ·|r|. It does not depend on the unit of the rewards, is
    /// far above rounding errors, and is far below the effect of one step except on extremely long paths.
    /// </summary>
    public const double Tie = 1e-10;

    readonly ExpectedModel model;
    readonly TiedActions tied;
    readonly bool[]? idle;
    readonly double[] values; // with sticky actions, followed by the values of states with a last action
    ImmutableArray<double> q;
    bool[]? reachable, canEnd;
    TransitionGraph? graph;

    internal Plan(Mdp mdp, ExpectedModel model, PlanParts parts)
    {
        (Mdp, this.model, values, tied, idle) = (mdp, model, parts.Values, parts.Tied, parts.Idle);
        (Values, Policy) = (Head(parts.Values, mdp.States).Freeze(), Head(parts.Policy, mdp.States).Freeze());
        (Iterations, Residual, StartValue) = (parts.Iterations, parts.Residual, model.Bound(model.StartValue(parts.Values)));
    }

    /// <summary>The tables that were solved.</summary>
    public Mdp Mdp { get; }

    /// <summary>The discount factor γ.</summary>
    public double DiscountFactor => model.Discount;

    /// <summary>
    /// The optimal values v*, one per state. A terminal state has 0. At discount 1, a state that is not a start can have +∞ or −∞ if it
    /// earns or costs forever, and NaN if its best returns have no total.
    /// </summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>
    /// The optimal action values q*, one per (state, action), indexed by state × actions + action; 0 at terminal states. Computed at first
    /// use.
    /// </summary>
    public ImmutableArray<double> Q => q.IsDefault ? q = AllActionValues().Freeze() : q;

    /// <summary>
    /// The optimal policy π*, one action per state. It reaches a terminal state with probability 1 if an optimal policy can. Of tied
    /// actions, it takes the first.
    /// </summary>
    public ImmutableArray<int> Policy { get; }

    /// <summary>Number of passes over the states or of policies evaluated, depending on the method.</summary>
    public long Iterations { get; }

    /// <summary>Largest change that one more update would cause in the value of any state with a finite value.</summary>
    public double Residual { get; }

    /// <summary>Whether every state has a finite value.</summary>
    public bool IsFinite => Values.All(double.IsFinite);

    /// <summary>The expectation of v* over the starts.</summary>
    public double StartValue { get; }

    internal ExpectedModel Model => model;

    /// <summary>The values, with sticky actions including those of states with a last action.</summary>
    internal double[] AllValues => values;

    internal TransitionGraph Graph => graph ??= new(model);

    /// <summary>Whether an optimal policy ends with probability 1 from a state.</summary>
    internal bool CanEnd(int state) => (canEnd ??= PolicySelection.CanEnd(Graph, tied))[state];

    /// <summary>One flag per state: whether any actions can reach it from a start. Computed at first use.</summary>
    public ReadOnlySpan<bool> Reachable => reachable ??= Reach.From(model, Mdp.States);

    /// <summary>Returns the optimal action value q*(state, action).</summary>
    public double ActionValue(int state, int action) =>
        model.Terminal[state] ? 0 : model.Bound(model.ActionValue(state, model.Code(state * model.Actions + action), values, StartValue));

    /// <summary>
    /// Returns the actions tied with the best (<see cref="Tie"/>), in order; none in a terminal state. It leaves out actions that would
    /// never reach the end if another one would. Every policy that takes only these actions is optimal.
    /// </summary>
    public IReadOnlyList<int> BestActions(int state) => [.. Actions(BestBits(state))];

    /// <summary>Returns whether an action is one of <see cref="BestActions"/>.</summary>
    public bool IsBest(int state, int action) => IsTied(state, action) && (idle is null || !idle[state * model.Actions + action]);

    /// <summary>The <see cref="BestActions"/> as bits.</summary>
    internal uint BestBits(int state)
    {
        uint bits = tied.Of(state);
        for (int a = 0; idle is not null && a < model.Actions; a++)
            bits &= idle[state * model.Actions + a] ? ~(1u << a) : uint.MaxValue;
        return bits;
    }

    /// <summary>The actions of a set of bits, in order.</summary>
    internal static IEnumerable<int> Actions(uint bits)
    {
        for (; bits != 0; bits &= bits - 1)
            yield return BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>Returns whether an action is tied with the best (<see cref="Tie"/>), even if it never reaches the end.</summary>
    public bool IsTied(int state, int action) => tied.Has(state, action);

    /// <exception cref="InputException">The plan is for a world of another size.</exception>
    internal void CheckIsOf(World world) => new Faults().Require(Mdp.States == world.States && Mdp.Actions == world.Actions,
        $"The plan is for a world with {Mdp.States} states and {Mdp.Actions} actions; this world has {world.States} and {world.Actions}. "
            + "Pass the world that was solved.").ThrowIfAny();

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

/// <summary>The result of a planner.</summary>
/// <param name="Values">One value per state.</param>
/// <param name="Policy">One action per state.</param>
/// <param name="Tied">The actions that are tied with the best.</param>
/// <param name="Idle">Tied pairs that would never reach the end; null for none.</param>
/// <param name="Iterations">Number of passes or policies.</param>
/// <param name="Residual">Largest change of one more update.</param>
internal readonly record struct PlanParts(double[] Values, int[] Policy, TiedActions Tied, bool[]? Idle, long Iterations, double Residual);
