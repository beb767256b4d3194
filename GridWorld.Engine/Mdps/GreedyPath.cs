namespace GridWorld;

/// <summary>
/// The states from a start that the greedy policy leads through if each action has its most probable outcome: of equally probable ones the
/// middle one, which in a world with slip is the chosen direction. Of tied actions, the first is taken.
/// </summary>
/// <param name="States">The states, from the start.</param>
/// <param name="End">How the path ends.</param>
internal sealed record GreedyPath(IReadOnlyList<int> States, PathEnd End)
{
    /// <param name="mdp">The tables of the world.</param>
    /// <param name="q">Action values.</param>
    /// <param name="isKnown">Whether the values of a state are known; the path stops at a state where they are not.</param>
    /// <param name="start">The first state.</param>
    /// <param name="most">The most states.</param>
    public static GreedyPath From(Mdp mdp, ReadOnlySpan<double> q, Func<int, bool> isKnown, int start, int most)
    {
        List<int> states = [start];
        var seen = new HashSet<int> { start };
        for (int state = start; !mdp.IsTerminal(state); states.Add(state))
        {
            if (states.Count == most || !isKnown(state))
                return new(states, PathEnd.Open);
            int code = mdp.Code(state, Greedy.Of(q.Slice(state * mdp.Actions, mdp.Actions)).First);
            var outcome = mdp.Outcomes(code)[Likeliest(mdp.Probabilities(code))];
            if (outcome.End == MoveEnd.Restart)
                return new(states, PathEnd.Restart);
            state += outcome.Delta;
            if (!seen.Add(state))
                return new([.. states, state], PathEnd.Loop);
        }

        return new(states, PathEnd.Terminal);
    }

    static int Likeliest(ReadOnlySpan<double> probabilities)
    {
        double most = 0;
        foreach (double probability in probabilities)
            most = Math.Max(most, probability);
        int place = probabilities.Count(most) / 2;
        for (int i = 0; ; i++)
        {
            if (probabilities[i] == most && place-- == 0)
                return i;
        }
    }
}
