namespace GridWorld;

/// <summary>Compiles the tables of an MDP, which are the world, into an <see cref="Mdp"/>.</summary>
internal static class TableCompiler
{
    public static Mdp Compile(World world, TransitionTable table)
    {
        int most = table.MostOutcomes;
        var terminal = Array.ConvertAll([.. Enumerable.Range(0, table.States)], world.IsTerminal);
        var builder = new MdpBuilder(table.States, table.Actions, most, terminal, table.Starts) { StepLimit = world.StepLimit };
        var (row, probability) = (new Outcome[most], new double[most]);
        for (int s = 0; s < table.States; s++)
        {
            for (int a = 0; a < table.Actions; a++)
            {
                Fill(row, probability, table.Of(s, a), s, terminal);
                builder.Set(s, a, row, probability);
            }
        }

        Reachability.Warn(world, "", builder, "");
        return builder.Build();
    }

    // A pair with fewer outcomes than others gets impossible ones, which repeat its last outcome.
    static void Fill(Outcome[] row, double[] probability, ReadOnlySpan<TableOutcome> outcomes, int state, bool[] terminal)
    {
        for (int k = 0; k < row.Length; k++)
        {
            var (p, next, reward, terminated) = outcomes[Math.Min(k, outcomes.Length - 1)];
            row[k] = terminal[state] ? new(0, 0, MoveEnd.Terminal)
                : new(reward, next - state, terminated || terminal[next] ? MoveEnd.Terminal : MoveEnd.None);
            probability[k] = k < outcomes.Length ? p : 0;
        }
    }
}
