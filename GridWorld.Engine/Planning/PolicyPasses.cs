namespace GridWorld;

/// <summary>
/// Policy iteration, one policy per pass: its evaluation, exact or by a number of passes, then an update of every state to its best action.
/// An exact evaluation counts no updates.
/// </summary>
internal sealed class PolicyPasses : StatePasses
{
    readonly Mdp mdp;
    readonly int? evaluationPasses;
    readonly int[] states;
    double[] before = [];
    StationaryPolicy policy;
    StatePasses? evaluation;
    int left, place;
    TiedActions? tied;
    int[] better = [];

    /// <param name="mdp">The tables, without sticky actions.</param>
    /// <param name="model">The same tables.</param>
    /// <param name="values">Values from which the evaluation passes start.</param>
    /// <param name="evaluationPasses">Number of passes that evaluate a policy; null for exact.</param>
    /// <param name="first">The first policy; null for that of equal probabilities.</param>
    public PolicyPasses(Mdp mdp, ExpectedModel model, double[] values, int? evaluationPasses, StationaryPolicy? first = null)
        : base(model, values)
    {
        (this.mdp, this.evaluationPasses, policy) = (mdp, evaluationPasses, first ?? StationaryPolicy.Uniform(mdp));
        states = [.. Enumerable.Range(0, model.States).Where(s => !model.Terminal[s])];
    }

    /// <summary>The improved policy, one action per state; null before the first improvement.</summary>
    public int[]? Chosen { get; private set; }

    /// <summary>Whether the last improvement changed no action.</summary>
    bool isStable;

    public override bool IsOver => evaluation is null && place == states.Length;

    public override int NextState => evaluation?.NextState ?? states[place];

    protected override double[] Next => evaluation?.Newest ?? Values;

    public override bool IsAtRest(double threshold) =>
        isStable && (evaluationPasses is null || Change < threshold || Change <= ValueIteration.Rounding(Model));

    public override void Begin()
    {
        base.Begin();
        (before, place, tied) = ([.. Values], 0, null);
        if (evaluationPasses is not { } count)
        {
            Values = [.. PolicyEvaluation.Evaluate(mdp, policy, Model.Discount).Values];
            return;
        }

        evaluation = Of(Model, [.. Values], ValueIterationOrder.Synchronous, 0, policy);
        left = count;
        evaluation.Begin();
    }

    protected override int UpdateNext()
    {
        if (evaluation is not null)
            return Evaluate(evaluation);
        if (tied is null)
            (tied, better) = (new(Model, Values), Chosen is null ? new int[Model.States] : [.. Chosen]);
        int state = states[place++];
        // Keeps an action that is tied with the best, so that the policies come to rest.
        uint best = tied.Of(state);
        if ((best >> better[state] & 1) == 0)
            better[state] = Plan.Actions(best).FirstOrDefault();
        return better[state];
    }

    public override void End()
    {
        for (int s = 0; s < Values.Length; s++)
        {
            if (!Values[s].Equals(before[s]))
                Note(Values[s], before[s]);
        }

        isStable = Chosen is not null && better.AsSpan().SequenceEqual(Chosen);
        (Chosen, policy) = (better, StationaryPolicy.Deterministic(better, Model.Actions));
        base.End();
    }

    public override void Save(StateWriter state)
    {
        base.Save(state);
        if (Chosen is not null)
            state.Write<int>("policy", Chosen);
        state.Write("policy_stable", isStable ? 1 : 0);
    }

    public override void Load(StateReader state)
    {
        base.Load(state);
        isStable = state.ReadOne<int>("policy_stable") != 0;
        if (state.Has("policy"))
            Follow(state.ReadChecked<int>("policy", Model.States, action => action >= 0 && action < Model.Actions));
    }

    /// <summary>Continues from a policy.</summary>
    public void Follow(int[] chosen) => (Chosen, policy) = (chosen, StationaryPolicy.Deterministic(chosen, Model.Actions));

    int Evaluate(StatePasses passes)
    {
        int action = passes.Update();
        if (!passes.IsOver)
            return action;
        passes.End();
        if (--left > 0)
            passes.Begin();
        else
            (Values, evaluation) = (passes.Values, null);
        return action;
    }
}
