using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>The training loop, compiled for each combination of learner, simulator, behavior and row.</summary>
internal sealed unsafe class TrainingLoop<TLearner, TSimulator, TBehavior, TRow> : TrainingLoop
    where TLearner : struct, ILearner where TSimulator : struct, ISimulator where TBehavior : struct, IBehavior where TRow : struct, IRow
{
    int nextChecked;
    double discount;
    TLearner learner;
    TSimulator simulator;
    TBehavior behavior;

    public TrainingLoop(TLearner learner, TSimulator simulator, TBehavior behavior, int stepLimit, VisitCounts visits,
        (Rng Behavior, Rng World, Rng Model) streams)
        : base(learner.Values, stepLimit, visits, streams)
    {
        (this.learner, this.simulator, this.behavior) = (learner, simulator, behavior);
        FindGreedy();
    }

    // If a learner changes one entry per step or writes whole rows, the greedy actions of every state and their value are stored. The next
    // action is then one byte load away from the state, and a row is searched only once per step, off the critical path to the next step.
    // This is a static field, whose value the compiler knows when it compiles the loop. Calls of a property would exceed its inlining
    // budget.
    static readonly bool KeepsGreedy = (TLearner.ChangesOneEntry || TLearner.WritesRows) && TRow.KeepsGreedy;

    // A user's learner may set ChangesOneEntry and still write other entries; the stored greedy actions of other rows would then be stale.
    static readonly bool MayMislead = KeepsGreedy && typeof(TLearner).Assembly != typeof(TrainingLoop).Assembly;

    internal override void Advance(long steps, long episodes, EpisodeBuffer buffer)
    {
        if (steps <= 0 || episodes <= 0 || buffer.IsFull || IsNonFinite)
            return;
        if (Recorder is null && !Hyperparameters.ChangeWithinEpisode)
            Walk<Plain>(steps, episodes, buffer);
        else
            Walk<Detailed>(steps, episodes, buffer);
    }

    /// <summary>Runs episodes, and does the work between them that is not part of the hot loop.</summary>
    void Walk<TMode>(long steps, long episodes, EpisodeBuffer buffer) where TMode : struct, IMode
    {
        Visits.Reserve(steps);
        int lastRow = (int)Math.Min(buffer.Capacity, buffer.Count + Math.Min(episodes, buffer.Capacity));
        var at = cursor;
        var ahead = DrawsAhead.Borrow(Behavior);
        do
        {
            ahead.Prepare();
            if (!at.InEpisode)
            {
                if (Hyperparameters.ChangeByEpisode)
                    Refresh(ref learner, ref behavior, new(Episodes, Steps, 0, 0));
                at = Begin(simulator.Start(ref World));
                if (TMode.IsDetailed)
                    BeforeChoice(ref behavior, Steps, at.State);
                if (TLearner.NeedsNextAction)
                    at.NextAction = behavior.Choose(Values, at.State, GreedyIn(at.State), ref ahead.Next, out at.NextExplored);
                if (TMode.IsDetailed && TLearner.NeedsNextAction)
                    Recorder?.Choose(Values.Row(at.State));
            }

            long left = Stretch<TMode>(ref at, ahead, steps, buffer, lastRow);
            Steps += steps - left;
            steps = left;
            if (MayMislead)
                CheckKept();
            if (!at.InEpisode)
                learner.EndEpisode(ref behavior, ref Model);
        }
        while (steps > 0 && buffer.Count < lastRow && !IsNonFinite);

        Behavior = ahead.Return();
        Visits.Return(steps);
        cursor = at;
    }

    /// <summary>
    /// The hot loop: runs the steps of an episode and, if there is no work between episodes, of the following episodes. Exactly the data
    /// that a step uses are locals, so that all of them fit in registers.
    /// </summary>
    /// <returns>The number of remaining steps.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    long Stretch<TMode>(ref Cursor at, DrawsAhead ahead, long steps, EpisodeBuffer buffer, int lastRow) where TMode : struct, IMode
    {
        var learner = this.learner;
        var simulator = this.simulator;
        var behavior = this.behavior;
        var (random, world, model) = (ahead.Next, World, Model);
        var table = learner.Values;
        ulong* endOfDraws = ahead.End;
        double* values = table.First;
        uint* visits = Visits.First;
        byte* kept = table.GreedyActions;
        double* keptValue = table.GreedyValues;
        uint actions = (uint)TRow.Actions(table.Actions), state = (uint)at.State;
        double discount = this.discount, sum = at.Return, fault = at.Fault;
        int nextAction = at.NextAction, lastAction = at.LastAction, length = at.Length, row = buffer.Count;
        bool explored = at.NextExplored, rolls = !TMode.IsDetailed && !Hyperparameters.ChangeByEpisode, ended;
        while (true)
        {
            // A choice draws at most two numbers, and the next episode starts with one.
            int most = (int)Math.Min(Math.Min(steps, StepLimit - length), (endOfDraws - random.Place) / 2 - 1), left = most;
            bool reachesLimit = length + most == StepLimit;
            StepEnd end;
            do
            {
                int action = nextAction;
                if (!TLearner.NeedsNextAction)
                {
                    var greedy = KeepsGreedy ? new(0, kept[state]) : TRow.Greedy(values + state * actions, (int)actions);
                    action = behavior.Choose(table, (int)state, greedy, ref random, out explored);
                }

                uint pair = state * actions + (uint)action;
                if (TMode.IsDetailed)
                    BeforeStep(ref learner, ref behavior, ref at, Steps + most - left, (int)state, action, explored, ref discount);
                var step = simulator.Step((int)state, action, ref lastAction, ref world);
                uint nextState = (uint)step.State;
                visits[pair]++;
                end = step.End;
                left--;
                if (!TLearner.ChangesOneEntry && left == 0 && reachesLimit && end == StepEnd.None)
                    end = StepEnd.Truncated;
                if (TMode.IsDetailed)
                    BeforeChoice(ref behavior, Steps + most - left, step.State);
                var next = TLearner.HasOwnTables && !TLearner.NeedsNextAction ? default
                    : KeepsGreedy ? new(keptValue[nextState], kept[nextState]) : TRow.Greedy(values + nextState * actions, (int)actions);
                if (TLearner.NeedsNextAction && end != StepEnd.Terminated)
                    nextAction = behavior.Choose(table, step.State, next, ref random, out explored);
                if (TMode.IsDetailed && TLearner.NeedsNextAction)
                    Recorder?.Choose(table.Row(step.State));
                double value = learner.Learn(new((int)state, action, (int)pair, TLearner.HasOwnTables ? 0 : values[pair], step.Reward,
                    end == StepEnd.Terminated ? 0 : discount,
                    step.State, nextAction, step.State * (int)actions + nextAction, next, end), ref behavior, ref model);
                if (!KeepsGreedy && !TLearner.WritesRows)
                    values[pair] = value;
                if (KeepsGreedy && !TLearner.WritesRows)
                {
                    var now = TRow.Replace(values + state * actions, (int)actions, action, value);
                    // The greedy actions rarely change, so the branch is predictable, and a step that returns to this state does not wait
                    // for the result of learning.
                    if (kept[state] != (byte)now.Actions)
                        kept[state] = (byte)now.Actions;
                    keptValue[state] = now.Value;
                }

                if (TMode.IsDetailed)
                    Recorder?.After(step, left == 0 && reachesLimit && end == StepEnd.None ? StepEnd.Truncated : end, value);
                sum += step.Reward;
                fault += value - value; // stays 0 while values are finite, then is NaN permanently
                state = nextState;
            }
            while (left > 0 && end == StepEnd.None);

            steps -= most - left;
            length += most - left;
            ended = end != StepEnd.None || left == 0 && reachesLimit;
            // The next block is drawn outside this method, because a call would force its values out of registers.
            bool goesOn = steps > 0 && !TMode.IsDetailed && endOfDraws - random.Place >= DrawsAhead.Least;
            if (!ended && goesOn)
                continue;
            if (!ended)
                break;
            buffer.Put(row++, sum, length, end == StepEnd.Terminated, at.FirstEpsilon, at.FirstLearningRate);
            if (!rolls || !goesOn || row == lastRow || !double.IsFinite(sum + fault))
                break;
            // The next episode follows inside the hot loop. An episode of a trained agent can take only twenty steps, and leaving and
            // reentering the loop costs as much as ten.
            learner.EndEpisode(ref behavior, ref model);
            state = (uint)simulator.Start(ref world);
            (sum, length, lastAction) = (0, 0, -1); // fault is still 0
            if (TLearner.NeedsNextAction)
                nextAction = behavior.Choose(table, (int)state,
                    KeepsGreedy ? new(0, kept[state]) : TRow.Greedy(values + state * actions, (int)actions), ref random, out explored);
        }

        this.learner = learner;
        this.behavior = behavior;
        (ahead.Next, World, Model) = (random, world, model);
        Episodes += row - buffer.Count;
        buffer.Count = row;
        IsNonFinite = ended && !double.IsFinite(sum + fault);
        (at.InEpisode, at.State, at.Return, at.Fault, at.Length, at.NextAction, at.LastAction) = (!ended, (int)state, sum, fault, length,
            nextAction, lastAction);
        if (TLearner.NeedsNextAction)
            at.NextExplored = explored;
        return steps;
    }

    // If a schedule counts visits of a state, the behavior must have the state's values before it chooses or computes its mean there.
    void BeforeChoice(ref TBehavior behavior, long step, int state)
    {
        if (Hyperparameters.ChangeWithinEpisode)
            behavior.Apply(Hyperparameters.At(new(Episodes, step, Visits.OfState(state), 0)));
    }

    void BeforeStep(ref TLearner learner, ref TBehavior behavior, ref Cursor at, long step, int state, int action, bool explored,
        ref double discount)
    {
        if (Hyperparameters.ChangeWithinEpisode)
        {
            int pair = state * Actions + action;
            long learned = learner.TimesLearned is { IsEmpty: false } times ? times[pair] : Visits.Of(pair);
            Refresh(ref learner, ref behavior, new(Episodes, step, Visits.OfState(state), learned));
            discount = this.discount;
            if (at.Length == 0 && !at.IsUnderWay)
                (at.FirstEpsilon, at.FirstLearningRate, at.IsUnderWay) = (Current.Epsilon, Current.LearningRate, true);
        }

        Recorder?.Before(state, action, explored, Values.Row(state));
    }

    void Refresh(ref TLearner learner, ref TBehavior behavior, in ScheduleMoment moment)
    {
        Current = Hyperparameters.At(moment);
        discount = Current.DiscountFactor;
        learner.Apply(Current);
        behavior.Apply(Current);
    }

    public override QTable Values => learner.Values;

    internal override void Apply(ScheduledHyperparameters hyperparameters)
    {
        Hyperparameters = hyperparameters;
        Refresh(ref learner, ref behavior, new(Episodes, Steps, 0, 0));
    }

    internal override void Use(Mdp mdp) => simulator = (TSimulator)((IMdpSimulator)simulator).Of(mdp);

    internal override void Load(StateReader state)
    {
        base.Load(state);
        FindGreedy();
    }

    private protected override void SaveLearner(StateWriter state) => learner.Save(state);

    private protected override void LoadLearner(StateReader state) => learner.Load(state);

    Greedy GreedyIn(int state) => TRow.Greedy(Values.First + (nint)state * Actions, Actions);

    void FindGreedy()
    {
        if (KeepsGreedy)
            Values.KeepGreedy<TRow>();
    }

    // Checks a few states after every stretch, in turn.
    void CheckKept()
    {
        for (int i = Math.Min(States, 64); i > 0; i--, nextChecked = (nextChecked + 1) % States)
        {
            var now = GreedyIn(nextChecked);
            if ((byte)now.Actions != Values.GreedyActions[nextChecked] || !now.Value.Equals(Values.GreedyValues[nextChecked]))
            {
                throw new InputException(
                    $"{typeof(TLearner).Name} sets ChangesOneEntry, but Learn changed the row of state {nextChecked}, too. "
                    + "Remove ChangesOneEntry, or do not write to the Q-table in Learn.");
            }
        }
    }

    interface IMode
    {
        static abstract bool IsDetailed { get; }
    }

    readonly struct Plain : IMode
    {
        public static bool IsDetailed => false;
    }

    readonly struct Detailed : IMode
    {
        public static bool IsDetailed => true;
    }
}
