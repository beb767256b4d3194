using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// The tables as planners read them: for every code the expected reward, the chance of an end and of a restart, and the
/// moves that continue, equal ones merged and impossible ones left out.
/// </summary>
internal sealed class ExpectedModel
{
    readonly byte[]? narrow;
    readonly int[]? wide;
    readonly int[] first, delta;
    readonly double[] probability;
    double least, most; // of a whole return, where only its last reward is not 0

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

            // Gains and costs that balance to rounding balance.
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

    /// <summary>Rounds a sum of probabilities and rewards back into the range of what can be earned, where rewards come with an end alone; elsewhere the sum stands.</summary>
    public double Bound(double value) => value > most ? most : value < least ? least : value;

    public int States { get; }

    public int Actions { get; }

    public double Discount { get; }

    public StartState[] Starts { get; }

    public bool[] Terminal { get; }

    /// <summary>Expected reward of each code.</summary>
    public double[] Reward { get; }

    /// <summary>Expected size of the reward, whatever its sign, of each code.</summary>
    public double[] Size { get; }

    /// <summary>Probability of a restart, of each code.</summary>
    public double[] Restart { get; }

    /// <summary>Probability that the episode ends, of each code.</summary>
    public double[] End { get; }

    /// <summary>The smallest expected reward; what the tables say of terminal states does not count, here and below.</summary>
    public double MinReward { get; private set; } = double.PositiveInfinity;

    /// <summary>The largest expected reward.</summary>
    public double MaxReward { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether costs and gains can cancel: there are rewards of both signs.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>The largest expected size of a reward.</summary>
    public double LargestSize { get; private set; }

    /// <summary>Whether some pair has expected reward 0.</summary>
    public bool HasZeros { get; private set; }

    /// <summary>Whether every pair has one possible next state, whatever the start.</summary>
    public bool IsDeterministic { get; private set; } = true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Code(int pair) => narrow is { } codes ? codes[pair] : wide![pair];

    /// <summary>Next state minus state of the moves of a code that continue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Deltas(int code) => delta.AsSpan(first[code], first[code + 1] - first[code]);

    /// <summary>The probabilities that go with <see cref="Deltas"/>.</summary>
    public ReadOnlySpan<double> Chances(int code) => probability.AsSpan(first[code], first[code + 1] - first[code]);

    /// <summary>The value of an action given the values of all states (0 at terminal ones) and of a restart.</summary>
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
    public double BestValue(int state, double[] values, double restartValue)
    {
        double best = double.NegativeInfinity;
        for (int pair = state * Actions, end = pair + Actions; pair < end; pair++)
        {
            double q = ActionValue(state, Code(pair), values, restartValue);
            best = q > best ? q : best;
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
