namespace GridWorld;

/// <summary>How the states of a transition table end episodes. A grid knows this from its tiles.</summary>
internal sealed class TableStates
{
    readonly bool[] entered, ended, paid;

    public TableStates(TransitionTable table)
    {
        (entered, ended, paid) = (new bool[table.States], new bool[table.States], new bool[table.States]);
        IsTerminal = new bool[table.States];
        for (int s = 0; s < table.States; s++)
            IsTerminal[s] = IsAbsorbing(table, s);
        double best = Best(table);
        foreach (var (state, outcome) in Steps(table))
        {
            if (!outcome.Terminated && !IsTerminal[outcome.NextState])
                entered[outcome.NextState] |= outcome.NextState != state;
            else
                (ended[outcome.NextState], paid[outcome.NextState]) =
                    (true, paid[outcome.NextState] || (best > 0 ? outcome.Reward > 0 : outcome.Reward.Equals(best)));
        }

        foreach (var (state, _) in table.Starts)
            entered[state] = true;
        for (int s = 0; s < table.States; s++)
            IsTerminal[s] |= ended[s] && !entered[s];
    }

    /// <summary>
    /// Whether no action is chosen in the state: all its outcomes end the episode where they are, for nothing, or only outcomes that end
    /// the episode lead to it.
    /// </summary>
    public bool[] IsTerminal { get; }

    /// <summary>Whether an end there pays a positive reward, or, if none does, the highest reward of an end.</summary>
    public bool IsGoal(int state) => ended[state] && paid[state];

    /// <summary>The characters of the states, as in a map.</summary>
    public string Tiles(TransitionTable table)
    {
        var tiles = new char[table.States];
        for (int s = 0; s < tiles.Length; s++)
            tiles[s] = !IsTerminal[s] ? '.' : IsGoal(s) ? 'G' : 'H';
        // Where episodes start in many states, marks would say nothing.
        foreach (var (state, _) in table.Starts.Length <= Math.Max(4, table.States / 4) ? table.Starts : [])
            tiles[state] = 'S';
        return new(tiles);
    }

    double Best(TransitionTable table)
    {
        double best = double.NegativeInfinity;
        foreach (var (_, outcome) in Steps(table))
            best = outcome.Terminated || IsTerminal[outcome.NextState] ? Math.Max(best, outcome.Reward) : best;
        return best;
    }

    // The possible steps of episodes: those from absorbing states are none.
    IEnumerable<(int State, TableOutcome Outcome)> Steps(TransitionTable table)
    {
        for (int s = 0, i = 0; s < table.States; s++)
        {
            for (int end = table.Ends[(s + 1) * table.Actions - 1]; i < end; i++)
            {
                if (table.Outcomes[i].Probability > 0 && !IsTerminal[s])
                    yield return (s, table.Outcomes[i]);
            }
        }
    }

    static bool IsAbsorbing(TransitionTable table, int state)
    {
        for (int a = 0; a < table.Actions; a++)
        {
            foreach (var outcome in table.Of(state, a))
            {
                if (outcome.NextState != state || outcome.Reward != 0 || !outcome.Terminated)
                    return false;
            }
        }

        return true;
    }
}
