using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// The tables in the form that planners use. For every code: the expected reward, the probabilities of an end and of a restart, and the
/// moves after which the episode continues, with equal moves merged and impossible moves removed.
/// </summary>
internal sealed class ExpectedModel
{
    readonly byte[]? narrow;
    readonly int[]? wide;
    readonly int[] first, delta;
    readonly double[] probability;
    double least, most; // bounds of a return, if only its last reward can be nonzero

    public ExpectedModel(Mdp mdp, double discount)
    {
        (States, Actions, Discount, Starts, Terminal) = (mdp.States, mdp.Actions, discount, [.. mdp.Starts], mdp.Terminal.ToArray());
        (narrow, wide) = (mdp.NarrowCodes, mdp.WideCodes);
        (Reward, Size, Restart, End) = (new double[mdp.Codes], new double[mdp.Codes], new double[mdp.Codes], new double[mdp.Codes]);
        first = new int[mdp.Codes + 1];
        var deltas = new List<int>();
        var chances = new List<double>();
        for (int code = 0; code < mdp.Codes; code++)
        {
            first[code] = deltas.Count;
            for (int k = 0; k < mdp.OutcomesPerPair; k++)
                Add(mdp.Outcomes(code)[k], mdp.Probabilities(code)[k], code, deltas, chances);

            // Gains and costs that cancel up to rounding are taken to cancel exactly.
            if (Math.Abs(Reward[code]) <= 1e-15 * Size[code])
                Reward[code] = 0;
        }

        var paying = mdp.OutcomeTable.Where(o => o.Reward != 0).ToArray();
        if (Array.TrueForAll(paying, o => o.End == MoveEnd.Terminal))
            (least, most) = (paying.Select(o => o.Reward).Append(0).Min(), paying.Select(o => o.Reward).Append(0).Max());
        else
            (least, most) = (double.NegativeInfinity, double.PositiveInfinity);

        first[^1] = deltas.Count;
        (delta, probability) = ([.. deltas], [.. chances]);
        Survey();
    }

    /// <summary>
    /// If only ends have rewards, clamps a value to the possible returns, which rounding may exceed; otherwise returns the value.
    /// </summary>
    public double Bound(double value) => value > most ? most : value < least ? least : value;

    public int States { get; }

    public int Actions { get; }

    public double Discount { get; }

    public StartState[] Starts { get; }

    public bool[] Terminal { get; }

    /// <summary>The expected reward of each code.</summary>
    public double[] Reward { get; }

    /// <summary>The expected absolute reward of each code.</summary>
    public double[] Size { get; }

    /// <summary>The probability of a restart, of each code.</summary>
    public double[] Restart { get; }

    /// <summary>The probability that the episode ends, of each code.</summary>
    public double[] End { get; }

    /// <summary>The smallest expected reward. This and the following properties do not include the pairs of terminal states.</summary>
    public double MinReward { get; private set; } = double.PositiveInfinity;

    /// <summary>The largest expected reward.</summary>
    public double MaxReward { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether there are rewards of both signs, so that costs and gains can cancel.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>The largest expected absolute reward.</summary>
    public double LargestSize { get; private set; }

    /// <summary>Whether some pair has expected reward 0.</summary>
    public bool HasZeros { get; private set; }

    /// <summary>Whether every pair has exactly one possible next state.</summary>
    public bool IsDeterministic { get; private set; } = true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Code(int pair) => narrow is { } codes ? codes[pair] : wide![pair];

    /// <summary>Next state minus state of the moves of a code after which the episode continues.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Deltas(int code) => delta.AsSpan(first[code], first[code + 1] - first[code]);

    /// <summary>The probabilities of the moves in <see cref="Deltas"/>.</summary>
    public ReadOnlySpan<double> Chances(int code) => probability.AsSpan(first[code], first[code + 1] - first[code]);

    /// <summary>The value of an action, given the values of all states (0 at terminal ones) and of a restart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ActionValue(int state, int code, double[] values, double restartValue)
    {
        double next = 0;
        for (int i = first[code], end = first[code + 1]; i < end; i++)
            next += probability[i] * values[state + delta[i]];
        if (Restart[code] != 0)
            next += Restart[code] * restartValue;
        return Reward[code] + Discount * next;
    }

    /// <summary>The best action value of a state that is not terminal.</summary>
    public double BestValue(int state, double[] values, double restartValue) => BestValue(state, values, restartValue, out _);

    /// <summary>The best action value of a state that is not terminal, and the first action that has it.</summary>
    public double BestValue(int state, double[] values, double restartValue, out int action)
    {
        double best = double.NegativeInfinity;
        action = 0;
        for (int first = state * Actions, a = 0; a < Actions; a++)
        {
            double q = ActionValue(state, Code(first + a), values, restartValue);
            if (q > best)
                (best, action) = (q, a);
        }

        return best;
    }

    /// <summary>Σ p·v over the start states.</summary>
    public double StartValue(double[] values)
    {
        double sum = 0;
        foreach (var (state, p) in Starts)
            sum += p * values[state];
        return sum;
    }

    void Survey()
    {
        var isUsed = new bool[Reward.Length];
        for (int s = 0; s < States; s++)
        {
            for (int pair = s * Actions, end = pair + Actions; pair < end && !Terminal[s]; pair++)
                isUsed[Code(pair)] = true;
        }

        for (int code = 0; code < isUsed.Length; code++)
        {
            if (!isUsed[code])
                continue;
            HasZeros |= Reward[code] == 0;
            LargestSize = Math.Max(LargestSize, Size[code]);
            IsMixed |= Size[code] != Math.Abs(Reward[code]);
            IsDeterministic &= first[code + 1] - first[code] + (End[code] > 0 ? 1 : 0) + (Restart[code] > 0 ? Starts.Length : 0) == 1;
            (MinReward, MaxReward) = (Math.Min(MinReward, Reward[code]), Math.Max(MaxReward, Reward[code]));
        }

        IsMixed |= MinReward < 0 && MaxReward > 0;
    }

    void Add(Outcome outcome, double p, int code, List<int> deltas, List<double> chances)
    {
        if (p == 0)
            return;
        Reward[code] += p * outcome.Reward;
        Size[code] += p * Math.Abs(outcome.Reward);
        if (outcome.End == MoveEnd.Terminal)
            End[code] += p;
        else if (outcome.End == MoveEnd.Restart)
            Restart[code] += p;
        else if (deltas.IndexOf(outcome.Delta, first[code]) is >= 0 and var known)
            chances[known] += p;
        else
        {
            deltas.Add(outcome.Delta);
            chances.Add(p);
        }
    }
}
