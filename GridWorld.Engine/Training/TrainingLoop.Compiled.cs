using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>The loop itself, compiled once for each combination of learner, simulator, behaviour and row.</summary>
internal sealed unsafe class TrainingLoop<TLearner, TSimulator, TBehaviour, TRow> : TrainingLoop
    where TLearner : struct, ILearner where TSimulator : struct, ISimulator where TBehaviour : struct, IBehaviour where TRow : struct, IRow
{
    readonly byte[] greedyActions;
    readonly double[] greedyValues;
    readonly int[]? timesLearned;
    TLearner learner;
    TSimulator simulator;
    TBehaviour behaviour;

    public TrainingLoop(TLearner learner, TSimulator simulator, TBehaviour behaviour, int stepLimit, VisitCounts visits, (Rng Behaviour, Rng World, Rng Model) streams)
        : base(learner.Values, stepLimit, visits, streams)
    {
        (this.learner, this.simulator, this.behaviour) = (learner, simulator, behaviour);
        timesLearned = learner.TimesLearned;
        greedyActions = KeepsGreedy ? new byte[States] : [];
        greedyValues = KeepsGreedy ? new double[States] : [];
        FindGreedy();
    }

    // A learner that changes one entry a step lets the loop keep every state's greedy actions and their value: the next
    // action is then one byte away from the state, and a row is searched once a step, off the path that the next step waits for.
    // A field, which the compiler knows the value of by then: calls of a property outgrow what it is willing to inline here.
    static readonly bool KeepsGreedy = TLearner.ChangesOneEntry && TRow.KeepsGreedy;

    internal override void Advance(long steps, long episodes, EpisodeBuffer buffer)
    {
        if (steps <= 0 || episodes <= 0 || buffer.IsFull || IsNonFinite)
            return;
        if (Recorder is null && !Hyperparameters.ChangeWithinEpisode)
            Walk<Plain>(steps, episodes, buffer);
        else
            Walk<Detailed>(steps, episodes, buffer);
    }

    /// <summary>The hot loop. Everything a step touches is a local; what comes once an episode stands outside the inner loop.</summary>
    void Walk<TMode>(long steps, long episodes, EpisodeBuffer buffer) where TMode : struct, IMode
    {
        var learner = this.learner;
        var simulator = this.simulator;
        var behaviour = this.behaviour;
        var random = Streams.Behaviour;
        var table = learner.Values;
        double* values = table.First;
        ref uint visits = ref Visits.Reserve(steps);
        ref byte kept = ref MemoryMarshal.GetArrayDataReference(greedyActions);
        ref double keptValue = ref MemoryMarshal.GetArrayDataReference(greedyValues);
        int actions = TRow.Actions(table.Actions);
        var at = cursor;
        long begun = Step;
        while (true)
        {
            if (!at.InEpisode)
            {
                if (Hyperparameters.ChangeByEpisode)
                    Refresh(ref learner, ref behaviour, new(Episode, Step, 0, 0));
                at = Begin(simulator.Start(ref Streams.World));
                if (TMode.IsDetailed)
                    BeforeChoice(ref behaviour, begun, at.State);
                if (TLearner.NeedsNextAction)
                    at.NextAction = behaviour.Choose(table, at.State, TRow.Greedy(values + (nuint)(uint)at.State * (uint)actions, actions), ref random, out at.NextExplored);
            }

            double discount = Current.DiscountFactor, sum = at.Return;
            int state = at.State, nextAction = at.NextAction, lastAction = at.LastAction;
            int segment = (int)Math.Min(steps, StepLimit - at.Length), left = segment;
            bool explored = at.NextExplored, reachesLimit = at.Length + segment == StepLimit;
            StepEnd end;
            do
            {
                int action = nextAction;
                if (!TLearner.NeedsNextAction)
                {
                    var greedy = KeepsGreedy ? new(0, Unsafe.Add(ref kept, (uint)state)) : TRow.Greedy(values + (nuint)(uint)state * (uint)actions, actions);
                    action = behaviour.Choose(table, state, greedy, ref random, out explored);
                }

                uint pair = (uint)state * (uint)actions + (uint)action;
                if (TMode.IsDetailed)
                    BeforeStep(ref learner, ref behaviour, ref at, begun + segment - left, state, action, explored, ref discount);
                var step = simulator.Step(state, action, ref lastAction, ref Streams.World);
                Unsafe.Add(ref visits, pair)++;
                end = step.End;
                left--;
                if (!TLearner.ChangesOneEntry && left == 0 && reachesLimit && end == StepEnd.None)
                    end = StepEnd.Truncated;
                if (TMode.IsDetailed)
                    BeforeChoice(ref behaviour, begun + segment - left, step.State);
                var next = KeepsGreedy
                    ? new(Unsafe.Add(ref keptValue, (uint)step.State), Unsafe.Add(ref kept, (uint)step.State))
                    : TRow.Greedy(values + (nuint)(uint)step.State * (uint)actions, actions);
                if (TLearner.NeedsNextAction && end != StepEnd.Terminated)
                    nextAction = behaviour.Choose(table, step.State, next, ref random, out explored);
                double value = learner.Learn(new(state, action, (int)pair, values[pair], step.Reward, end == StepEnd.Terminated ? 0 : discount,
                    step.State, nextAction, step.State * actions + nextAction, next, end), ref behaviour, ref Streams.Model);
                var now = TRow.Replace(values + (nuint)(uint)state * (uint)actions, actions, action, value);
                if (KeepsGreedy)
                {
                    Unsafe.Add(ref kept, (uint)state) = (byte)now.Actions;
                    Unsafe.Add(ref keptValue, (uint)state) = now.Value;
                }

                if (TMode.IsDetailed)
                    Recorder?.After(step, left == 0 && reachesLimit && end == StepEnd.None ? StepEnd.Truncated : end, value);
                sum += step.Reward + (value - value); // adds 0 for a number, and NaN, for good, where the value is none
                state = step.State;
            }
            while (left > 0 && end == StepEnd.None);

            if (left == 0 && reachesLimit && end == StepEnd.None)
                end = StepEnd.Truncated;
            int taken = segment - left;
            steps -= taken;
            begun += taken;
            at.Length += taken;
            at.Return = sum;
            at.State = state;
            if (end != StepEnd.None)
            {
                learner.EndEpisode(ref behaviour, ref Streams.Model);
                at.InEpisode = false;
                Step = begun;
                End(at, end, buffer);
                if (--episodes == 0 || steps == 0 || buffer.IsFull || IsNonFinite)
                    break;
                continue;
            }

            (at.NextAction, at.NextExplored, at.LastAction) = (nextAction, explored, lastAction);
            break;
        }

        this.learner = learner;
        this.behaviour = behaviour;
        Streams.Behaviour = random;
        Visits.Return(steps);
        Step = begun;
        cursor = at;
    }

    // A policy that changes with the visits of a state has to be that state's before it chooses there, and when its mean is taken.
    void BeforeChoice(ref TBehaviour behaviour, long step, int state)
    {
        if (Hyperparameters.ChangeWithinEpisode)
            behaviour.Apply(Hyperparameters.At(new(Episode, step, Visits.OfState(state), 0)));
    }

    void BeforeStep(ref TLearner learner, ref TBehaviour behaviour, ref Cursor at, long step, int state, int action, bool explored, ref double discount)
    {
        if (Hyperparameters.ChangeWithinEpisode)
        {
            Refresh(ref learner, ref behaviour, new(Episode, step, Visits.OfState(state), timesLearned?[state * Actions + action] ?? Visits.Of(state * Actions + action)));
            discount = Current.DiscountFactor;
            if (at.Length == 0 && !at.IsUnderWay)
                (at.FirstEpsilon, at.FirstLearningRate, at.IsUnderWay) = (Current.Epsilon, Current.LearningRate, true);
        }

        Recorder?.Before(state, action, explored, Values.Row(state));
    }

    void Refresh(ref TLearner learner, ref TBehaviour behaviour, in ScheduleMoment moment)
    {
        Current = Hyperparameters.At(moment);
        learner.Apply(Current);
        behaviour.Apply(Current);
    }

    public override QTable Values => learner.Values;

    internal override void Apply(ScheduledHyperparameters hyperparameters)
    {
        Hyperparameters = hyperparameters;
        Refresh(ref learner, ref behaviour, new(Episode, Step, 0, 0));
    }

    internal override void Use(Mdp mdp) => simulator = (TSimulator)((IMdpSimulator)simulator).Of(mdp);

    internal override void Load(StateReader state)
    {
        base.Load(state);
        FindGreedy();
    }

    private protected override void SaveLearner(StateWriter state) => learner.Save(state);

    private protected override void LoadLearner(StateReader state) => learner.Load(state);

    void FindGreedy()
    {
        for (int s = 0; s < greedyActions.Length; s++)
        {
            var greedy = TRow.Greedy(Values.First + (nint)s * Actions, Actions);
            (greedyActions[s], greedyValues[s]) = ((byte)greedy.Actions, greedy.Value);
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
