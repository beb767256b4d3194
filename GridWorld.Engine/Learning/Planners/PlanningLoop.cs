namespace GridWorld;

/// <summary>
/// The loop of a planner, which takes the place of the training loop in a run. An episode is a pass, and a step is the update of one state,
/// so a run of a planner is paused, paced, replayed and resumed like any other. It draws no random numbers.
/// </summary>
internal sealed class PlanningLoop : TrainingLoop
{
    // Comparing the policies costs as much as a few passes.
    const int MostCompared = 10_000;

    // The phase of passes with rewards that have changed since.
    const int Outdated = -1;
    readonly PlannerOptions options;
    readonly Mdp first;
    readonly QTable table, initial;
    Mdp mdp;
    (int Phase, double Discount, double Epsilon) planned;
    StatePasses? passes;
    double[] before = [];
    bool isTableOld = true;

    public PlanningLoop(PlannerOptions options, Mdp mdp, QTable initial, int stepLimit, (Rng Behavior, Rng World, Rng Model) streams)
        : base(initial, stepLimit, new(mdp.States, mdp.Actions), streams) =>
        (this.options, this.mdp, first, this.initial, table) = (options, mdp, mdp, initial, new(mdp.States, mdp.Actions));

    /// <summary>The action values one step ahead of the values of the states.</summary>
    public override QTable Values
    {
        get
        {
            if (isTableOld)
                LookAhead();
            return table;
        }
    }

    internal override bool? IsAtRest =>
        Episodes > 0 && !InEpisode && Wanted == planned && Passes.IsAtRest(Current["threshold"]);

    internal override PlannedStates Planned =>
        new([.. Passes.Newest.AsSpan(0, States)], [.. Enumerable.Range(0, States).Select(Passes.Error)]);

    internal override double? PlannedValue(int state) => Passes.Newest[state];

    StatePasses Passes => passes ?? Plan();

    // What the passes depend on, apart from the run's specification.
    (int Phase, double Discount, double Epsilon) Wanted => (PhaseOf(mdp), Current.DiscountFactor, Current.Epsilon);

    internal override void Advance(long steps, long episodes, EpisodeBuffer buffer)
    {
        for (; steps > 0 && episodes > 0 && !buffer.IsFull && !IsNonFinite; episodes -= InEpisode ? 0 : 1)
        {
            Prepare();
            long left = Pass(steps);
            Steps += steps - left;
            steps = left;
            if (Passes.IsOver)
                End(buffer);
        }
    }

    internal override void Apply(ScheduledHyperparameters hyperparameters)
    {
        Hyperparameters = hyperparameters;
        Current = Hyperparameters.At(new(Episodes, Steps, 0, 0));
    }

    internal override void Use(Mdp mdp) => this.mdp = mdp;

    internal override void ForgetRewards() => (planned.Phase, isTableOld) = (Outdated, true);

    internal override void Load(StateReader state)
    {
        base.Load(state);
        isTableOld = true;
    }

    private protected override void SaveLearner(StateWriter state)
    {
        Passes.Save(state);
        state.Write<double>("planned", [planned.Phase, planned.Discount, planned.Epsilon]);
    }

    private protected override void LoadLearner(StateReader state)
    {
        double[] saved = state.ReadChecked<double>("planned", 3, value => value >= Outdated);
        if (Math.Min(saved[1], saved[2]) < 0 || saved[0] > first.Changes.Count || saved[1] > 1 || saved[2] > 1)
            throw new InputException("The saved part 'planned' is damaged or belongs to another world.");
        planned = ((int)saved[0], saved[1], saved[2]);
        var now = Current;
        (now.DiscountFactor, now.Epsilon) = (planned.Discount, planned.Epsilon);
        passes = options.Passes(planned.Phase <= 0 ? first : first.Changes[planned.Phase - 1].Mdp, now, initial, null);
        passes.Load(state);
    }

    int PhaseOf(Mdp tables)
    {
        for (int phase = 1; phase <= first.Changes.Count; phase++)
        {
            if (first.Changes[phase - 1].Mdp == tables)
                return phase;
        }

        return 0;
    }

    // Begins a pass; if the world or a hyperparameter changed, with the values so far and the new tables. A pass under way starts over.
    void Prepare()
    {
        if (passes is not null && InEpisode && Wanted == planned)
            return;
        if (Wanted != planned)
            Plan();
        if (!InEpisode)
        {
            before = [.. Passes.Values];
            cursor = Begin(mdp.Starts[0].State);
        }

        Passes.Begin();
    }

    StatePasses Plan()
    {
        (planned, isTableOld) = (Wanted, true);
        return passes = options.Passes(mdp, Current, initial, passes);
    }

    // Updates states until the pass is over, and returns the number of remaining steps.
    long Pass(long steps)
    {
        var at = Passes;
        isTableOld = true;
        var visits = Visits.Reserve(steps);
        while (steps > 0 && !at.IsOver)
        {
            // With sticky actions, the states with a last action follow those without.
            int planned = at.NextState, state = planned % States;
            double[]? row = Recorder is null ? null : RowOf(at, planned, at.Model.StartValue(at.Values));
            int action = at.Update();
            visits[state * Actions + action]++;
            (cursor.State, cursor.Length, steps) = (state, cursor.Length + 1, steps - 1);
            if (row is not null)
                Record(at, planned, state, action, row);
        }

        Visits.Return(steps);
        cursor.Return = at.Model.StartValue(at.Newest);
        return steps;
    }

    // An update does not move, so its next state is its own. Its reward is the expected one of the action.
    void Record(StatePasses at, int planned, int state, int action, double[] row)
    {
        Recorder!.Before(state, action, explored: false, row);
        Recorder.After(TimeStep.Mid(state, at.Model.Reward[at.Model.Code(planned * Actions + action)]), StepEnd.None, at.Newest[planned]);
        Recorder.Return = at.Model.StartValue(at.Newest);
    }

    void End(EpisodeBuffer buffer)
    {
        Passes.End();
        var pass = new PlanningPass(Episodes + 1, Passes.Model, States, [.. Passes.Values], before, Passes.Change, Passes.Backups);
        int row = buffer.Count;
        buffer.Put(row, pass.StartValue, cursor.Length, terminated: true, Current.Epsilon, Current.LearningRate);
        buffer[EpisodeColumns.Residual, row] = pass.Change;
        buffer[EpisodeColumns.PolicyChanges, row] = States <= MostCompared ? pass.PolicyChanges : null;
        buffer.Count++;
        Episodes++;
        cursor.InEpisode = false;
        Current = Hyperparameters.At(new(Episodes, Steps, 0, 0));
        IsNonFinite = double.IsNaN(pass.StartValue) || double.IsNaN(pass.Change);
    }

    void LookAhead()
    {
        isTableOld = false;
        double restart = Passes.Model.StartValue(Passes.Values);
        for (int s = 0; s < States; s++)
        {
            if (!Passes.Model.Terminal[s])
                RowOf(Passes, s, restart).CopyTo(table.Row(s));
        }
    }

    double[] RowOf(StatePasses at, int state, double restart)
    {
        var row = new double[Actions];
        for (int a = 0; a < Actions; a++)
            row[a] = at.Model.ActionValue(state, at.Model.Code(state * Actions + a), at.Values, restart);
        return row;
    }
}
