namespace GridWorld;

/// <summary>What a planner knows after one of its passes; see <see cref="Planner.Passes(Mdp, double, ValueIterationOrder)"/>.</summary>
public sealed class PlanningPass
{
    readonly ExpectedModel model;
    readonly double[] all, before; // with sticky actions, followed by the values of states with a last action
    readonly int states;
    TiedActions? tied, tiedBefore;

    internal PlanningPass(long number, ExpectedModel model, int states, double[] values, double[] before, double change, long backups)
    {
        (Number, this.model, this.states, all, this.before, Change, Backups) = (number, model, states, values, before, change, backups);
        Values = Array.AsReadOnly(values.Length == states ? values : values[..states]);
    }

    /// <summary>Number of passes so far, from 1.</summary>
    public long Number { get; }

    /// <summary>One value per state; 0 in a terminal state.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The expectation of the values over the starts.</summary>
    public double StartValue => model.StartValue(all);

    /// <summary>Largest change of a value in this pass (the residual of the pass before).</summary>
    public double Change { get; }

    /// <summary>
    /// Number of updates of a state so far: the unit in which planners and, as one update a step, learners compare. An exact evaluation of
    /// a policy is not counted.
    /// </summary>
    public long Backups { get; }

    /// <summary>Number of states whose best actions differ from those before this pass. Computed at every call.</summary>
    public int PolicyChanges => Enumerable.Range(0, states).Count(s => Tied.Of(s) != (tiedBefore ??= new(model, before)).Of(s));

    /// <summary>
    /// Returns the actions that are best by <see cref="Values"/>, in order (ties: <see cref="Plan.Tie"/>); none in a terminal state.
    /// </summary>
    public IReadOnlyList<int> BestActions(int state) => [.. Plan.Actions(Tied.Of(state))];

    TiedActions Tied => tied ??= new(model, all);
}
