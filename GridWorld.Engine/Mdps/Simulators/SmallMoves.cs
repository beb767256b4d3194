namespace GridWorld;

/// <summary>The table of a small world.</summary>
/// <param name="Moves">
/// For every place of every pair, the next state shifted left by one byte, with the kind of outcome in that byte. Unused places repeat the
/// last alternative.
/// </param>
/// <param name="Endings">Reward and end of every kind.</param>
internal sealed record SmallMoves(uint[] Moves, Outcome[] Endings)
{
    /// <summary>The most bytes of the table, so that it fits in a processor's cache.</summary>
    const int MaxBytes = 1 << 20;

    /// <summary>Whether a world and all its changes fit into such a table with the given number of places per pair.</summary>
    public static bool Fit(Mdp mdp, int places) => FitsNow(mdp, places) && mdp.Changes.All(c => FitsNow(c.Mdp, places));

    public static SmallMoves Of(Mdp mdp, int places)
    {
        var (outcomes, kinds) = (mdp.OutcomeTable, Kinds(mdp));
        var kindOf = Array.ConvertAll(outcomes, o => (uint)kinds.IndexOf(Kind(o)));
        var moves = new uint[mdp.States * mdp.Actions * places];
        for (int i = 0; i < moves.Length; i++)
        {
            var (state, action) = Math.DivRem(i / places, mdp.Actions);
            int outcome = mdp.Code(state, action) * mdp.OutcomesPerPair + Math.Min(i % places, mdp.OutcomesPerPair - 1);
            moves[i] = (uint)(state + outcomes[outcome].Delta) << 8 | kindOf[outcome];
        }

        return new(moves, [.. kinds]);
    }

    static bool FitsNow(Mdp mdp, int places) => mdp.OutcomesPerPair <= places && mdp.Sticky == 0
        && (long)mdp.States * mdp.Actions * places * sizeof(uint) <= MaxBytes && HasSameChances(mdp) && Kinds(mdp).Count <= byte.MaxValue;

    static bool HasSameChances(Mdp mdp)
    {
        for (int i = mdp.OutcomesPerPair; i < mdp.Thresholds.Length; i++)
        {
            if (mdp.Thresholds[i] != mdp.Thresholds[i - mdp.OutcomesPerPair])
                return false;
        }

        return true;
    }

    // All of them, or more than a byte can number.
    static List<Outcome> Kinds(Mdp mdp)
    {
        List<Outcome> kinds = [];
        foreach (var outcome in mdp.OutcomeTable)
        {
            if (kinds.Count <= byte.MaxValue && !kinds.Contains(Kind(outcome)))
                kinds.Add(Kind(outcome));
        }

        return kinds;
    }

    // The table stores the next state itself, so the kind does not need the offset.
    static Outcome Kind(Outcome outcome) => outcome with { Delta = 0 };
}
