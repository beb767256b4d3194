namespace GridWorld;

/// <summary>
/// Checks what belongs to the states of a transition table. The reader of a file and the tables of an MDP check the outcomes.
/// </summary>
internal static class TransitionCheck
{
    const int LongestWord = 200;

    /// <param name="table">The table.</param>
    /// <param name="place">Returns the name of a property in messages.</param>
    /// <param name="faults">Receives the errors.</param>
    public static void Words(TransitionTable table, Func<string, string> place, Faults faults)
    {
        faults.Require(table.ActionNames.Length == 0 || table.ActionNames.Length == table.Actions,
            $"{place("actions")} must be empty or have one name per action, {table.Actions} (got {table.ActionNames.Length}).")
            .Require(table.ActionNames.Distinct().Count() == table.ActionNames.Length, $"{place("actions")} contains a name twice.")
            .Require(table.Labels.Length == 0 || table.Labels.Length == table.States,
            $"{place("labels")} must be empty or have one label per state, {table.States} (got {table.Labels.Length}).")
            .Require(table.Positions.Length == 0 || table.Positions.Length == table.States,
            $"{place("positions")} must be empty or have one cell per state, {table.States} (got {table.Positions.Length}).");
        foreach (var (name, words) in new[] { ("actions", table.ActionNames), ("labels", table.Labels) })
        {
            for (int i = 0; i < words.Length && !faults.IsFull; i++)
            {
                faults.Require(words[i].Length is >= 1 and <= LongestWord && !words[i].Any(char.IsControl), $"{place($"{name}[{i}]")} "
                    + $"must have 1 to {LongestWord} characters and no control character.");
            }
        }

        if (table.Positions.Length == 0 || faults.Any)
            return;
        var (width, height, modes) = StateSpace.Extent(table.Positions);
        faults.Require((double)width * height * modes <= TransitionTable.MaxPlaces, $"{place("positions")} need {width} × {height} cells "
            + $"with {modes} states in one of them; width × height × states must be at most {TransitionTable.MaxPlaces}.");
    }

    public static void Starts(TransitionTable table, Func<string, string> place, Faults faults)
    {
        var terminal = new TableStates(table).IsTerminal;
        var seen = new HashSet<int>();
        for (int i = 0; i < table.Starts.Length && !faults.IsFull; i++)
        {
            var (state, p) = table.Starts[i];
            faults.Require(p > 0, $"{place($"start[{i}]")} has the probability 0. Remove it.")
                .Require(seen.Add(state), $"{place($"start[{i}]")}: state {state} is listed twice. "
                    + "List it once, with the sum of the probabilities.")
                .Require(!terminal[state], $"{place($"start[{i}]")}: state {state} is terminal: "
                    + "an episode would end before its first step.");
        }

        double sum = table.Starts.Sum(s => s.Probability);
        faults.Require(Math.Abs(sum - 1) < 1e-9,
            $"{place("start")}: the probabilities must add up to 1 (they add up to {Printable.Number(sum)}).");
    }
}
