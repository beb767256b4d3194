namespace GridWorld;

/// <summary>
/// The compiler of worlds with keys or a passenger. In each mode the world is a grid, with its own closed doors. A step that changes the
/// mode leads to the same cell's state in the new mode.
/// </summary>
internal static class ModeCompiler
{
    public static void Compile(World world, string map, Chances chances, MdpBuilder builder)
    {
        var (row, modes, space) = (new Outcome[chances.Outcomes], world.ModeRules!, world.Space);
        int moves = Moves.Of(world.Moves).Length;
        for (int mode = 0; mode < space.Modes; mode++)
        {
            var rule = new StepRule(world, map, modes.Closed(mode));
            for (int cell = 0; cell < space.Cells; cell++)
            {
                var (x, y) = space.CellOf(cell);
                int wind = rule.IsWindy ? world.Rules.Wind[x] : 0;
                for (int a = 0; a < world.Actions; a++)
                {
                    if (a >= moves && world.Tiles[map[cell]] is { IsEnd: false, Teleport: null })
                        Array.Fill(row, Serve(mode, cell, a - moves));
                    else
                        Move(MdpCompiler.Fill(row, rule, chances, x, y, Math.Min(a, moves - 1), wind), mode, cell);
                    builder.Set(mode * space.Cells + cell, a, row, chances.Probabilities(Math.Min(a, moves - 1)));
                }
            }
        }

        void Move(Outcome[] outcomes, int mode, int cell)
        {
            for (int k = 0; k < outcomes.Length; k++)
            {
                if (outcomes[k] is { End: MoveEnd.None, Delta: not 0 } o)
                    outcomes[k] = o with { Delta = o.Delta + (modes.Enter(mode, map[cell + o.Delta]) - mode) * space.Cells };
            }
        }

        Outcome Serve(int mode, int cell, int service)
        {
            var (next, reward, ends) = modes.Serve(mode, cell, service, world.Rules.StepReward);
            return new(reward, (next - mode) * space.Cells, ends ? MoveEnd.Terminal : MoveEnd.None);
        }
    }
}
