using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Collects the outcomes of every (state, action), gives equal rows the same code, and checks all of them once.</summary>
internal sealed class MdpBuilder(int states, int actions, int outcomes, bool[] terminal, IReadOnlyList<StartState> starts)
{
    readonly List<Outcome> table = [];
    readonly List<double> probabilities = [];
    readonly Dictionary<byte[], int> codes = new(new RowComparer());
    readonly byte[] key = new byte[outcomes * (Unsafe.SizeOf<Outcome>() + sizeof(double))];
    readonly Outcome[] last = new Outcome[outcomes];
    readonly byte[] narrow = new byte[states * actions];
    readonly List<string> warnings = [];
    int[]? wide;
    int lastCode = -1;

    public double Sticky { get; init; }

    public int StepLimit { get; init; } = 1_000_000;

    public IReadOnlyList<MdpChange> Changes { get; init; } = [];

    public void Warn(string warning) => warnings.Add(warning);

    /// <summary>Sets the outcomes of a pair, in draw order.</summary>
    public void Set(int state, int action, ReadOnlySpan<Outcome> row, ReadOnlySpan<double> probability) =>
        SetCode(state * actions + action, CodeOf(row, probability));

    /// <summary>Sets the code of the pair state × actions + action to one of <see cref="CodeOf"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetCode(int pair, int code)
    {
        if (wide is null && code > byte.MaxValue)
            wide = Array.ConvertAll(narrow, c => (int)c);
        if (wide is null)
            narrow[pair] = (byte)code;
        else
            wide[pair] = code;
    }

    /// <summary>The code of a pair.</summary>
    public int Code(int pair) => wide is null ? narrow[pair] : wide[pair];

    /// <summary>The outcomes of a code.</summary>
    public ReadOnlySpan<Outcome> Row(int code) => CollectionsMarshal.AsSpan(table).Slice(code * outcomes, outcomes);

    /// <summary>The probabilities of the outcomes of a code.</summary>
    public ReadOnlySpan<double> Chance(int code) => CollectionsMarshal.AsSpan(probabilities).Slice(code * outcomes, outcomes);

    public int Codes => table.Count / outcomes;

    public Mdp Build()
    {
        var faults = new Faults();
        CheckStarts(faults);
        CheckRows(faults);
        faults.Require(StepLimit >= 1, $"The step limit must be at least 1 (got {StepLimit}).");
        faults.Require(Sticky is >= 0 and < 1, $"sticky must be at least 0 and below 1 (got {Sticky}).");
        faults.ThrowIfAny();

        var p = probabilities.ToArray();
        var thresholds = new ulong[p.Length];
        for (int i = 0; i < p.Length; i += outcomes)
            Mdp.Cumulate(p.AsSpan(i, outcomes)).CopyTo(thresholds, i);
        return new(new(states, actions, outcomes, wide is null ? narrow : null, wide, [.. table], p, thresholds, terminal,
            [.. starts], Sticky, StepLimit, [.. warnings])) { Changes = Changes };
    }

    /// <summary>The code of a row of outcomes; a new row gets the next one.</summary>
    // Neighboring pairs mostly share a row, so a comparison with the last row often saves the lookup.
    public int CodeOf(ReadOnlySpan<Outcome> row, ReadOnlySpan<double> probability)
    {
        if (lastCode >= 0 && MemoryMarshal.AsBytes(row).SequenceEqual(MemoryMarshal.AsBytes(last.AsSpan()))
            && SameProbabilities(lastCode, probability))
            return lastCode;
        row.CopyTo(last);
        MemoryMarshal.AsBytes(row).CopyTo(key);
        MemoryMarshal.AsBytes(probability).CopyTo(key.AsSpan(key.Length - outcomes * sizeof(double)));
        if (codes.TryGetValue(key, out int code))
            return lastCode = code;
        codes[(byte[])key.Clone()] = code = table.Count / outcomes;
        table.AddRange(row);
        probabilities.AddRange(probability);
        return lastCode = code;
    }

    bool SameProbabilities(int code, ReadOnlySpan<double> probability) =>
        probability.SequenceEqual(CollectionsMarshal.AsSpan(probabilities).Slice(code * outcomes, outcomes));

    void CheckStarts(Faults faults)
    {
        faults.Require(starts.Count > 0, "There is no start state. Add at least one.");
        foreach (var (state, probability) in starts)
        {
            if (state < 0 || state >= states)
                faults.Add($"Start state {state} must be between 0 and {states - 1}.");
            else if (terminal[state])
                faults.Add($"Start state {state} is terminal: an episode would end before its first step.");
            if (probability is not (> 0 and <= 1))
                faults.Add($"The probability of start state {state} must be above 0 and at most 1 (got {probability}).");
        }

        double sum = starts.Sum(s => s.Probability);
        faults.Require(starts.Count == 0 || Math.Abs(sum - 1) < 1e-9,
            $"The probabilities of the start states must add up to 1 (they add up to {sum}).");
    }

    void CheckRows(Faults faults)
    {
        for (int row = 0; row < table.Count; row += outcomes)
        {
            double sum = 0;
            for (int i = row; i < row + outcomes; i++)
            {
                faults.Require(double.IsFinite(table[i].Reward), $"A reward is {table[i].Reward}; it must be finite.");
                faults.Require(probabilities[i] is >= 0 and <= 1, $"A probability is {probabilities[i]}; it must be between 0 and 1.");
                sum += probabilities[i];
            }

            faults.Require(Math.Abs(sum - 1) < 1e-9, $"The probabilities of an action's outcomes must add up to 1 (they add up to {sum}).");
        }
    }

    sealed class RowComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] row)
        {
            var hash = new HashCode();
            hash.AddBytes(row);
            return hash.ToHashCode();
        }
    }
}
