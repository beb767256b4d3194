namespace GridWorld;

/// <summary>Finds the goals that no start can reach, from the compiled tables.</summary>
internal static class Reachability
{
    const int Listed = 3;

    public static void Warn(World world, string map, MdpBuilder builder, string when)
    {
        var goals = Goals(world, map);
        if (goals.Length == 0)
        {
            // A world with teleports may continue forever on purpose (example 3.5); one with exits that cost can end.
            if (world.Table is not null)
                builder.Warn("No outcome of the MDP is terminated: no episode ends before its step limit.");
            else if (world.Rules.Teleports.Count + world.Rules.Exits.Count == 0)
                builder.Warn($"The world has no goal{when}: no episode ends before its step limit. Mark a cell with G.");
            return;
        }

        var reached = Reached(world, builder, goals);
        if (world.ModeRules is { Count: > 1 })
            (goals, reached) = InAnyMode(world.Space, goals, reached);
        int[] lost = world.Table is null ? Lost(world.Space, goals, reached) : [.. goals.Where(g => !reached[g])];
        foreach (int goal in lost.AsSpan(0, Math.Min(lost.Length, Listed)))
            builder.Warn($"The goal {Place(world, goal)} cannot be reached from any start{when}.");
        if (lost.Length > Listed)
            builder.Warn($"{lost.Length - Listed} more goals cannot be reached from any start{when}.");
    }

    static string Place(World world, int goal) =>
        world.Table is null ? $"at ({world.CellOf(goal).X}, {world.CellOf(goal).Y})"
        : $"state {goal}" + (world.LabelOf(goal).Length > 0 ? $" ({Printable.Text(world.LabelOf(goal))})" : "");

    // A goal behind a door is reached with the key.
    static (int[] Goals, bool[] Reached) InAnyMode(StateSpace space, int[] goals, bool[] reached)
    {
        var cells = new bool[space.Cells];
        for (int s = 0; s < reached.Length; s++)
            cells[space.IndexOf(s)] |= reached[s];
        return ([.. goals.Select(space.IndexOf).Distinct()], cells);
    }

    static int[] Goals(World world, string map)
    {
        if (world.Table is not null || ReferenceEquals(map, world.Text))
            return [.. world.Goals];
        var goals = new List<int>();
        for (int s = 0; s < map.Length; s++)
        {
            if (world.Tiles[map[s]].IsGoal)
                goals.Add(s);
        }

        return [.. goals];
    }

    // No agent enters a goal inside a patch of goals, so it is not reported if the patch is reached.
    static int[] Lost(StateSpace space, int[] goals, bool[] reached)
    {
        var lost = goals.Where(g => !reached[g]).ToHashSet();
        var open = new Stack<int>(lost.Count == 0 ? [] : goals.Where(g => reached[g]));
        while (lost.Count > 0 && open.TryPop(out int goal))
        {
            for (int d = 0; d < Moves.Stay; d++)
            {
                var (x, y) = space.CellOf(goal);
                (x, y) = (x + Moves.Dx[d], y + Moves.Dy[d]);
                if (space.Contains(x, y) && lost.Remove(space.StateAt(x, y)))
                    open.Push(space.StateAt(x, y));
            }
        }

        return [.. lost.Order()];
    }

    static bool[] Reached(World world, MdpBuilder builder, int[] goals)
    {
        var deltas = Deltas(builder);
        var isGoal = new HashSet<int>(goals);
        var reached = new bool[world.States];
        var open = new Stack<int>();
        foreach (var (state, _) in world.Starts)
            Visit(state);
        while (isGoal.Count > 0 && open.TryPop(out int state))
        {
            for (int pair = state * world.Actions, end = pair + world.Actions; pair < end; pair++)
            {
                foreach (int delta in deltas[builder.Code(pair)])
                {
                    if (!reached[state + delta])
                        Visit(state + delta);
                }
            }
        }

        return reached;

        void Visit(int state)
        {
            if (reached[state])
                return;
            reached[state] = true;
            isGoal.Remove(state);
            open.Push(state);
        }
    }

    // The offsets of each code; a restart leads to starts, which are reached anyway.
    static int[][] Deltas(MdpBuilder builder)
    {
        var deltas = new int[builder.Codes][];
        for (int code = 0; code < deltas.Length; code++)
        {
            var found = new List<int>();
            for (int k = 0; k < builder.Row(code).Length; k++)
            {
                var outcome = builder.Row(code)[k];
                if (outcome.Delta != 0 && builder.Chance(code)[k] > 0 && !found.Contains(outcome.Delta))
                    found.Add(outcome.Delta);
            }

            deltas[code] = [.. found];
        }

        return deltas;
    }
}
