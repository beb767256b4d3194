namespace GridWorld;

/// <summary>
/// A world compiled into dense tables: for every (state, action) a code into the table of distinct outcome rows.
/// A grid has few distinct rows (a move is an offset, rewards are few), so that a pair costs one byte nearly always:
/// the tables of a million states stay in the processor's cache.
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

    /// <summary>Number of states, numbered row by row in a grid.</summary>
    public int States { get; }

    /// <summary>Number of actions in every state.</summary>
    public int Actions { get; }

    /// <summary>Number of outcomes of a (state, action): 1 in a deterministic world.</summary>
    public int OutcomesPerPair { get; }

    /// <summary>The probability, in [0, 1), that the last action is repeated in place of the chosen one; 0 in most worlds.</summary>
    public double Sticky { get; }

    /// <summary>Where episodes start; the probabilities add up to 1.</summary>
    public IReadOnlyList<StartState> Starts { get; }

    /// <summary>Steps after which an episode is truncated.</summary>
    public int StepLimit { get; }

    /// <summary>What is odd but allowed, in sentences: a goal that cannot be reached, for example.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Tables that take this one's place after a number of steps of the run, in order; empty in a world that never changes.</summary>
    public IReadOnlyList<MdpChange> Changes { get; internal init; } = [];

    /// <summary>The tables in force for the step after so many.</summary>
    internal Mdp At(long step)
    {
        var now = this;
        foreach (var change in Changes)
            now = change.AfterSteps <= step ? change.Mdp : now;
        return now;
    }

    /// <summary>Whether a step draws from the world's random stream.</summary>
    public bool HasChance => OutcomesPerPair > 1 || Sticky > 0;

    /// <summary>Codes of all pairs where there are at most 256 distinct outcome rows, else null.</summary>
    internal byte[]? NarrowCodes { get; }

    /// <summary>Codes of all pairs where there are more than 256 distinct outcome rows, else null.</summary>
    internal int[]? WideCodes { get; }

    /// <summary>Whether the codes of these tables, or of any that take their place later, need more than a byte.</summary>
    internal bool NeedsWideCodes => NarrowCodes is null || Changes.Any(c => c.Mdp.NarrowCodes is null);

    /// <summary>The codes of all pairs as bytes or, always possible, as integers.</summary>
    internal TCode[] CodesAs<TCode>() => typeof(TCode) == typeof(byte)
        ? (TCode[])(object)NarrowCodes!
        : (TCode[])(object)(WideCodes ?? Array.ConvertAll(NarrowCodes!, code => (int)code));

    /// <summary>Distinct outcome rows, <see cref="OutcomesPerPair"/> entries each.</summary>
    internal Outcome[] OutcomeTable => outcomes;

    /// <summary>Cumulated probabilities of the outcome rows as thresholds of a draw.</summary>
    internal ulong[] Thresholds { get; }

    internal ulong[] StartThresholds { get; }

    /// <summary>The row of outcomes of a pair, an index in 0 … number of distinct rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state or action; so throws whatever asks for a pair.</exception>
    public int Code(int state, int action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(state);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state, States);
        ArgumentOutOfRangeException.ThrowIfNegative(action);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(action, Actions);
        int pair = checked(state * Actions) + action;
        return NarrowCodes is { } narrow ? narrow[pair] : WideCodes![pair];
    }

    /// <summary>Number of distinct outcome rows.</summary>
    public int Codes => outcomes.Length / OutcomesPerPair;

    /// <summary>The outcomes of a code, in the order in which a draw meets them.</summary>
    public ReadOnlySpan<Outcome> Outcomes(int code) => outcomes.AsSpan(code * OutcomesPerPair, OutcomesPerPair);

    /// <summary>The probabilities of the outcomes of a code; they add up to 1.</summary>
    public ReadOnlySpan<double> Probabilities(int code) => probabilities.AsSpan(code * OutcomesPerPair, OutcomesPerPair);

    /// <summary>The state after the given outcome; for a restart the most likely start state.</summary>
    public int Next(int state, int action, int outcome = 0)
    {
        var o = Outcomes(Code(state, action))[outcome];
        return o.End == MoveEnd.Restart ? Starts.MaxBy(s => s.Probability).State : state + o.Delta;
    }

    /// <summary>The reward of the given outcome.</summary>
    public double Reward(int state, int action, int outcome = 0) => Outcomes(Code(state, action))[outcome].Reward;

    /// <summary>The probability of the given outcome, in [0, 1].</summary>
    public double Probability(int state, int action, int outcome = 0) => Probabilities(Code(state, action))[outcome];

    /// <summary>Whether an episode ends in this state. Its value is 0.</summary>
    public bool IsTerminal(int state) => terminal[state];

    /// <summary>One flag a state: whether an episode ends there.</summary>
    public ReadOnlySpan<bool> Terminal => terminal;

    /// <summary>An Mdp from plain arrays, for processes that are no grid.</summary>
    /// <param name="states">Number of states.</param>
    /// <param name="actions">Number of actions.</param>
    /// <param name="outcomes">Number of outcomes K of every pair.</param>
    /// <param name="next">Next states, [(state × actions + action) × K + outcome].</param>
    /// <param name="reward">Rewards, same shape.</param>
    /// <param name="probability">Probabilities, same shape; each pair's add up to 1.</param>
    /// <param name="terminal">One flag a state.</param>
    /// <param name="starts">Start states; their probabilities add up to 1.</param>
    /// <param name="stepLimit">Steps after which an episode is truncated, at least 1. Default 1,000,000.</param>
    /// <exception cref="InputException">Lengths differ, a state is out of range, a reward is not finite, probabilities don't add up to 1.</exception>
    public static Mdp FromArrays(int states, int actions, int outcomes, ReadOnlySpan<int> next, ReadOnlySpan<double> reward,
        ReadOnlySpan<double> probability, ReadOnlySpan<bool> terminal, IReadOnlyList<StartState> starts, int stepLimit = 1_000_000)
    {
        ArgumentNullException.ThrowIfNull(starts);
        int pairs = states * actions, entries = pairs * outcomes;
        var faults = new Faults()
            .Require(states > 0 && actions > 0 && outcomes > 0, $"States, actions and outcomes must be at least 1 (got {states}, {actions}, {outcomes}).")
            .Require(next.Length == entries && reward.Length == entries && probability.Length == entries,
                $"next, reward and probability must have states × actions × outcomes = {entries} entries (got {next.Length}, {reward.Length}, {probability.Length}).")
            .Require(terminal.Length == states, $"terminal must have one entry a state, {states} (got {terminal.Length}).");
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

    /// <summary>Thresholds for one draw among alternatives: the last is never passed, whatever rounding did to the sum.</summary>
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
