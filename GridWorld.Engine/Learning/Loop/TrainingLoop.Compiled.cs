using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>The loop itself, compiled once for each combination of learner, simulator, behavior and row.</summary>
internal sealed unsafe class TrainingLoop<TLearner, TSimulator, TBehavior, TRow> : TrainingLoop
    where TLearner : struct, ILearner where TSimulator : struct, ISimulator where TBehavior : struct, IBehavior where TRow : struct, IRow
{
    readonly PinnedArray<byte> greedyActions;
    readonly PinnedArray<double> greedyValues;
    readonly int[]? timesLearned;
    int nextChecked;
    TLearner learner;
    TSimulator simulator;
    TBehavior behavior;

    public TrainingLoop(TLearner learner, TSimulator simulator, TBehavior behavior, int stepLimit, VisitCounts visits,
        (Rng Behavior, Rng World, Rng Model) streams)
        : base(learner.Values, stepLimit, visits, streams)
    {
        (this.learner, this.simulator, this.behavior) = (learner, simulator, behavior);
        timesLearned = learner.TimesLearned;
        greedyActions = new(KeepsGreedy ? States : 0);
        greedyValues = new(KeepsGreedy ? States : 0);
        FindGreedy();
    }

    // A learner that changes one entry a step lets the loop keep every state's greedy actions and their value: the next
    // action is then one byte away from the state, and a row is searched once a step, off the path that the next step waits for.
    // A field, which the compiler knows the value of by then: calls of a property outgrow what it is willing to inline here.
    static readonly bool KeepsGreedy = TLearner.ChangesOneEntry && TRow.KeepsGreedy;

    // Such a learner keeps nothing of an episode either, so that the next can follow in the hot loop: a trained agent's episode
    // may be over in twenty steps, and to leave the loop and come back costs as much as ten.
    static readonly bool RollsOn = TLearner.ChangesOneEntry;

    // A learner written elsewhere may say so and write more: what is kept of other rows would then be of the past.
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

    /// <summary>Episode after episode, where something waits between them that the hot loop need not know.</summary>
    void Walk<TMode>(long steps, long episodes, EpisodeBuffer buffer) where TMode : struct, IMode
    {
        Visits.Reserve(steps);
        int lastRow = (int)Math.Min(buffer.Capacity, buffer.Count + Math.Min(episodes, buffer.Capacity));
        var at = cursor;
        do
        {
            if (!at.InEpisode)
            {
                if (Hyperparameters.ChangeByEpisode)
                    Refresh(ref learner, ref behavior, new(Episodes, Steps, 0, 0));
                at = Begin(simulator.Start(ref Streams.World));
                if (TMode.IsDetailed)
                    BeforeChoice(ref behavior, Steps, at.State);
                if (TLearner.NeedsNextAction)
                    at.NextAction = behavior.Choose(Values, at.State, GreedyIn(at.State), ref Streams.Behavior, out at.NextExplored);
                if (TMode.IsDetailed && TLearner.NeedsNextAction)
                    Recorder?.Choose(Values.Row(at.State));
            }

            long left = Stretch<TMode>(ref at, steps, buffer, lastRow);
            Steps += steps - left;
            steps = left;
            if (MayMislead)
                CheckKept();
            if (!at.InEpisode)
                learner.EndEpisode(ref behavior, ref Streams.Model);
        }
        while (steps > 0 && buffer.Count < lastRow && !IsNonFinite);

        Visits.Return(steps);
        cursor = at;
    }

    /// <summary>
    /// The hot loop: the steps of an episode and, where nothing waits between episodes, of those that follow. Everything a step
    /// touches is a local, and nothing else is one: there are registers for all.
    /// </summary>
    /// <returns>The steps that are left.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    long Stretch<TMode>(ref Cursor at, long steps, EpisodeBuffer buffer, int lastRow) where TMode : struct, IMode
    {
        var learner = this.learner;
        var simulator = this.simulator;
        var behavior = this.behavior;
        var (random, world, model) = Streams;
        var table = learner.Values;
        double* values = table.First;
        uint* visits = Visits.First;
        byte* kept = greedyActions.First;
        double* keptValue = greedyValues.First;
        nuint actions = (nuint)TRow.Actions(table.Actions), state = (uint)at.State;
        double discount = Current.DiscountFactor, sum = at.Return, fault = at.Fault;
        int nextAction = at.NextAction, lastAction = at.LastAction, length = at.Length, row = buffer.Count;
        bool explored = at.NextExplored, rolls = RollsOn && !TMode.IsDetailed && !Hyperparameters.ChangeByEpisode, ended;
        while (true)
        {
            int most = (int)Math.Min(steps, StepLimit - length), left = most;
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

                nuint pair = state * actions + (uint)action;
                if (TMode.IsDetailed)
                    BeforeStep(ref learner, ref behavior, ref at, Steps + most - left, (int)state, action, explored, ref discount);
                var step = simulator.Step((int)state, action, ref lastAction, ref world);
                nuint nextState = (uint)step.State;
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
                var now = TRow.Replace(values + state * actions, (int)actions, action, value);
                if (KeepsGreedy)
                {
                    // Seldom changed, and then a branch foretells it: who comes back to this state needs not wait for what was learned
                    // there.
                    if (kept[state] != (byte)now.Actions)
                        kept[state] = (byte)now.Actions;
                    keptValue[state] = now.Value;
                }

                if (TMode.IsDetailed)
                    Recorder?.After(step, left == 0 && reachesLimit && end == StepEnd.None ? StepEnd.Truncated : end, value);
                sum += step.Reward;
                fault += value - value; // stays 0 for numbers, and is NaN, for good, once a value is none
                state = nextState;
            }
            while (left > 0 && end == StepEnd.None);

            steps -= most - left;
            length += most - left;
            ended = end != StepEnd.None || left == 0 && reachesLimit;
            if (!ended)
                break;
            buffer.Put(row++, sum, length, end == StepEnd.Terminated, at.FirstEpsilon, at.FirstLearningRate);
            if (!rolls || steps == 0 || row == lastRow || !double.IsFinite(sum + fault))
                break;
            state = (uint)simulator.Start(ref world);
            (sum, length, lastAction) = (0, 0, -1); // fault is 0 still
            if (TLearner.NeedsNextAction)
                nextAction = behavior.Choose(table, (int)state,
                    KeepsGreedy ? new(0, kept[state]) : TRow.Greedy(values + state * actions, (int)actions), ref random, out explored);
        }

        this.learner = learner;
        this.behavior = behavior;
        Streams = (random, world, model);
        Episodes += row - buffer.Count;
        buffer.Count = row;
        IsNonFinite = ended && !double.IsFinite(sum + fault);
        (at.InEpisode, at.State, at.Return, at.Fault, at.Length, at.NextAction, at.LastAction) = (!ended, (int)state, sum, fault, length,
            nextAction, lastAction);
        if (TLearner.NeedsNextAction)
            at.NextExplored = explored;
        return steps;
    }

    // A policy that changes with the visits of a state has to be that state's before it chooses there, and when its mean is taken.
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
            Refresh(ref learner, ref behavior,
                new(Episodes, step, Visits.OfState(state), timesLearned?[state * Actions + action] ?? Visits.Of(state * Actions + action)));
            discount = Current.DiscountFactor;
            if (at.Length == 0 && !at.IsUnderWay)
                (at.FirstEpsilon, at.FirstLearningRate, at.IsUnderWay) = (Current.Epsilon, Current.LearningRate, true);
        }

        Recorder?.Before(state, action, explored, Values.Row(state));
    }

    void Refresh(ref TLearner learner, ref TBehavior behavior, in ScheduleMoment moment)
    {
        Current = Hyperparameters.At(moment);
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
        for (int s = 0; KeepsGreedy && s < States; s++)
        {
            var greedy = GreedyIn(s);
            (greedyActions.First[s], greedyValues.First[s]) = ((byte)greedy.Actions, greedy.Value);
        }
    }

    // A few states after every stretch, all in turn.
    void CheckKept()
    {
        for (int i = Math.Min(States, 64); i > 0; i--, nextChecked = (nextChecked + 1) % States)
        {
            var now = GreedyIn(nextChecked);
            if ((byte)now.Actions != greedyActions.First[nextChecked] || !now.Value.Equals(greedyValues.First[nextChecked]))
                throw new InputException(
                    $"{typeof(TLearner).Name} says that Learn changes one entry (ChangesOneEntry), but the row of state {nextChecked}"
                    + " has changed as well. Leave ChangesOneEntry out, or let Learn write no entry itself.");
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
