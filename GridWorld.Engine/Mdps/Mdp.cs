namespace GridWorld;

/// <summary>
/// A Markov decision process: a world compiled into dense tables. Every (state, action) pair has a code, an index into the table of
/// distinct outcome rows. A grid has few distinct rows, because a move is an offset and there are few rewards. A code therefore usually
/// takes one byte, and the tables of a million states fit in the processor's cache.
/// </summary>
public sealed class Mdp
{
    readonly Outcome[] outcomes;
    readonly double[] probabilities;
    readonly bool[] terminal;

    internal Mdp(MdpTables tables)
    {
        States = tables.States;
        Actions = tables.Actions;
        OutcomesPerPair = tables.OutcomesPerPair;
        NarrowCodes = tables.NarrowCodes;
        WideCodes = tables.WideCodes;
        outcomes = tables.Outcomes;
        probabilities = tables.Probabilities;
        Thresholds = tables.Thresholds;
        terminal = tables.Terminal;
        Starts = tables.Starts;
        StartThresholds = Cumulate([.. tables.Starts.Select(s => s.Probability)]);
        Sticky = tables.Sticky;
        StepLimit = tables.StepLimit;
        Warnings = tables.Warnings;
    }

    /// <summary>Number of states. In a grid, states are numbered row by row.</summary>
    public int States { get; }

    /// <summary>Number of actions in every state.</summary>
    public int Actions { get; }

    /// <summary>Number of outcomes of a (state, action): 1 in a deterministic world.</summary>
    public int OutcomesPerPair { get; }

    /// <summary>The probability that the last action is repeated instead of the chosen one, in [0, 1); 0 in most worlds.</summary>
    public double Sticky { get; }

    /// <summary>The start states. Their probabilities add up to 1.</summary>
    public IReadOnlyList<StartState> Starts { get; }

    /// <summary>Number of steps after which an episode is truncated.</summary>
    public int StepLimit { get; }

    /// <summary>Warnings about valid but unusual content, such as a goal that cannot be reached. Each is a complete sentence.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The tables that replace this one during a run, in order; empty if the world never changes.</summary>
    internal IReadOnlyList<MdpChange> Changes { get; init; } = [];

    /// <summary>The tables in force after <paramref name="step"/> steps.</summary>
    internal Mdp At(long step)
    {
        var now = this;
        foreach (var change in Changes)
            now = change.AfterSteps <= step ? change.Mdp : now;
        return now;
    }

    /// <summary>Whether a step draws from the world's random stream.</summary>
    public bool HasChance => OutcomesPerPair > 1 || Sticky > 0;

    /// <summary>The codes of all pairs if there are at most 256 distinct outcome rows, otherwise null.</summary>
    internal byte[]? NarrowCodes { get; }

    /// <summary>The codes of all pairs if there are more than 256 distinct outcome rows, otherwise null.</summary>
    internal int[]? WideCodes { get; }

    /// <summary>Whether the codes of these tables, or of any that replace them, need more than a byte.</summary>
    internal bool NeedsWideCodes => NarrowCodes is null || Changes.Any(c => c.Mdp.NarrowCodes is null);

    /// <summary>The codes of all pairs, as bytes if <see cref="NarrowCodes"/> exists, or as integers.</summary>
    internal TCode[] CodesAs<TCode>() => typeof(TCode) == typeof(byte)
        ? (TCode[])(object)NarrowCodes!
        : (TCode[])(object)(WideCodes ?? Array.ConvertAll(NarrowCodes!, code => (int)code));

    /// <summary>The distinct outcome rows, with <see cref="OutcomesPerPair"/> entries each.</summary>
    internal Outcome[] OutcomeTable => outcomes;

    /// <summary>The cumulative probabilities of the outcome rows, as thresholds of a draw.</summary>
    internal ulong[] Thresholds { get; }

    internal ulong[] StartThresholds { get; }

    /// <summary>Returns the code of a pair: the index of its outcome row, from 0 to <see cref="Codes"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The state or the action does not exist.</exception>
    internal int Code(int state, int action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(state);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state, States);
        ArgumentOutOfRangeException.ThrowIfNegative(action);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(action, Actions);
        int pair = checked(state * Actions) + action;
        return NarrowCodes is { } narrow ? narrow[pair] : WideCodes![pair];
    }

    /// <summary>Number of distinct outcome rows.</summary>
    internal int Codes => outcomes.Length / OutcomesPerPair;

    /// <summary>Returns the outcomes of a code, in draw order.</summary>
    internal ReadOnlySpan<Outcome> Outcomes(int code) => outcomes.AsSpan(code * OutcomesPerPair, OutcomesPerPair);

    /// <summary>Returns the probabilities of the outcomes of a code. They add up to 1.</summary>
    internal ReadOnlySpan<double> Probabilities(int code) => probabilities.AsSpan(code * OutcomesPerPair, OutcomesPerPair);

    /// <summary>Returns the next state of an outcome; for a restart, the most likely start state.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The state or the action does not exist.</exception>
    public int Next(int state, int action, int outcome = 0)
    {
        var o = Outcomes(Code(state, action))[outcome];
        return o.End == MoveEnd.Restart ? Starts.MaxBy(s => s.Probability).State : state + o.Delta;
    }

    /// <summary>Returns the reward of an outcome.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The state or the action does not exist.</exception>
    public double Reward(int state, int action, int outcome = 0) => Outcomes(Code(state, action))[outcome].Reward;

    /// <summary>Returns the probability of an outcome, in [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The state or the action does not exist.</exception>
    public double Probability(int state, int action, int outcome = 0) => Probabilities(Code(state, action))[outcome];

    /// <summary>
    /// Returns whether the episode ends with an outcome: in a terminal state, or by an exit, whose next state is not terminal. What
    /// follows has the value 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The state or the action does not exist.</exception>
    public bool Ends(int state, int action, int outcome = 0) => Outcomes(Code(state, action))[outcome].End == MoveEnd.Terminal;

    /// <summary>Returns whether an episode ends in the state. The value of such a state is 0.</summary>
    public bool IsTerminal(int state) => terminal[state];

    /// <summary>One flag per state: whether an episode ends there.</summary>
    public ReadOnlySpan<bool> Terminal => terminal;

    /// <summary>Creates an MDP from arrays, for processes that are not grids.</summary>
    /// <param name="states">Number of states.</param>
    /// <param name="actions">Number of actions.</param>
    /// <param name="outcomes">Number of outcomes K of every (state, action) pair.</param>
    /// <param name="next">Next states, indexed by (state × actions + action) × K + outcome.</param>
    /// <param name="reward">Rewards, in the same shape. Finite.</param>
    /// <param name="probability">Probabilities in [0, 1], in the same shape. Those of a pair add up to 1.</param>
    /// <param name="terminal">One flag per state: whether an episode ends there.</param>
    /// <param name="starts">Start states. Their probabilities add up to 1.</param>
    /// <param name="stepLimit">Number of steps after which an episode is truncated, at least 1. Default 1,000,000.</param>
    /// <exception cref="InputException">A length, a state, a reward or a probability is invalid; lists all errors.</exception>
    public static Mdp FromArrays(int states, int actions, int outcomes, ReadOnlySpan<int> next, ReadOnlySpan<double> reward,
        ReadOnlySpan<double> probability, ReadOnlySpan<bool> terminal, IReadOnlyList<StartState> starts, int stepLimit = 1_000_000)
    {
        ArgumentNullException.ThrowIfNull(starts);
        int pairs = states * actions, entries = pairs * outcomes;
        var faults = new Faults()
            .Require(states > 0 && actions > 0 && outcomes > 0,
            $"States, actions and outcomes must be at least 1 (got {states}, {actions}, {outcomes}).")
            .Require(next.Length == entries && reward.Length == entries && probability.Length == entries,
                $"next, reward and probability must have states × actions × outcomes = {entries} entries "
                + $"(got {next.Length}, {reward.Length}, {probability.Length}).")
            .Require(terminal.Length == states, $"terminal must have one entry per state, {states} (got {terminal.Length}).");
        faults.ThrowIfAny();
        for (int i = 0; i < entries; i++)
            faults.Require(next[i] >= 0 && next[i] < states, $"next[{i}] must be between 0 and {states - 1} (got {next[i]}).");
        faults.ThrowIfAny();

        var builder = new MdpBuilder(states, actions, outcomes, terminal.ToArray(), starts) { StepLimit = stepLimit };
        var row = new Outcome[outcomes];
        for (int pair = 0; pair < pairs; pair++)
        {
            for (int k = 0; k < outcomes; k++)
            {
                int target = next[pair * outcomes + k];
                row[k] = new(reward[pair * outcomes + k], target - pair / actions, terminal[target] ? MoveEnd.Terminal : MoveEnd.None);
            }

            builder.Set(pair / actions, pair % actions, row, probability.Slice(pair * outcomes, outcomes));
        }

        return builder.Build();
    }

    /// <summary>
    /// Estimates an MDP from samples of a simulator: every action in every state that episodes reach. The tables of a simulator without
    /// chance are exact with one sample.
    /// </summary>
    /// <typeparam name="TSimulator">The simulator.</typeparam>
    /// <param name="simulator">The simulator. Its sticky actions and truncations are left out.</param>
    /// <param name="samples">Number of samples of the start and of every (state, action) pair, from 1 to 1,000,000. Default 1000; the
    /// standard error of a probability p is √(p(1 − p) / samples).</param>
    /// <param name="seed">Seed of the samples. Default 1.</param>
    /// <param name="stepLimit">Number of steps after which an episode is truncated, at least 1. Default 1,000,000.</param>
    /// <exception cref="InputException">The number of samples is out of range, or the simulator returns a state or reward that is
    /// invalid.</exception>
    public static Mdp FromSimulator<TSimulator>(TSimulator simulator, int samples = 1000, ulong seed = 1, int stepLimit = 1_000_000)
        where TSimulator : struct, ISimulator
    {
        new Faults().Require(samples is >= 1 and <= 1_000_000, $"samples must be between 1 and 1000000 (got {samples}).")
            .Require(simulator is { States: >= 1, Actions: >= 1 },
            $"States and actions must be at least 1 (got {simulator.States}, {simulator.Actions}).").ThrowIfAny();
        return new SimulatorSamples<TSimulator>(simulator, samples, seed).Tables(stepLimit);
    }

    /// <summary>Thresholds for one draw among alternatives. The last one is never passed, even if the sum was rounded.</summary>
    internal static ulong[] Cumulate(ReadOnlySpan<double> probabilities)
    {
        var thresholds = new ulong[probabilities.Length];
        double sum = 0;
        for (int i = 0; i < thresholds.Length; i++)
            thresholds[i] = Rng.Threshold(sum += probabilities[i]);
        thresholds[^1] = ulong.MaxValue;
        return thresholds;
    }
}
