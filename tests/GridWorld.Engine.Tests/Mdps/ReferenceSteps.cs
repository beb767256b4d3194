namespace GridWorld.Tests;

/// <summary>
/// The step rule once more, written cell by cell from its description and sharing no code with the engine's:
/// no tables, no kinds, strings for directions.
/// </summary>
static class ReferenceSteps
{
    static readonly Dictionary<string, (int X, int Y)> Compass = new()
    {
        ["up"] = (0, -1), ["right"] = (1, 0), ["down"] = (0, 1), ["left"] = (-1, 0),
        ["up_right"] = (1, -1), ["down_right"] = (1, 1), ["down_left"] = (-1, 1), ["up_left"] = (-1, -1), ["stay"] = (0, 0),
    };

    public readonly record struct Result(double Probability, int Next, double Reward, MoveEnd End);

    public static List<Result> Of(World world, int state, int action)
    {
        var results = new List<Result>();
        int x = state % world.Width, wind = world.Rules.Wind.Count == 0 ? 0 : world.Rules.Wind[x];
        bool gusts = world.Rules.WindNoise > 0 && world.Rules.Wind.Count > 0;
        foreach (var (direction, probability) in Executed(world, action))
        {
            foreach (int gust in gusts ? new[] { -1, 0, 1 } : [0])
            {
                double chance = !gusts ? 1 : gust == 0 ? 1 - world.Rules.WindNoise : world.Rules.WindNoise / 2;
                results.Add(Step(world, state, direction, wind == 0 ? 0 : wind + gust) with { Probability = probability * chance });
            }
        }

        return results;
    }

    static IEnumerable<((int X, int Y) Direction, double Probability)> Executed(World world, int action)
    {
        double slip = world.Rules.Slip;
        var chosen = Compass[world.ActionNames[action]];
        if (slip == 0)
            return [(chosen, 1)];
        if (world.Rules.SlipKind == SlipKind.Uniform)
            return world.ActionNames.Select((name, a) => (Compass[name], slip / world.Actions + (a == action ? 1 - slip : 0)));
        // A quarter turn to the left of (x, y), with y downward, is (y, −x).
        return [((chosen.Y, -chosen.X), slip / 2), (chosen, 1 - slip), ((-chosen.Y, chosen.X), slip / 2)];
    }

    static Result Step(World world, int state, (int X, int Y) d, int wind)
    {
        var rules = world.Rules;
        int x = state % world.Width, y = state / world.Width;
        if (Is(world, x, y, rules.Terminal) && !IsWall(world, x, y))
            return new(0, state, 0, MoveEnd.Terminal);
        if (!IsWall(world, x, y) && Named(world, rules.Exits, x, y) is { } pays)
            return new(0, state, pays, MoveEnd.Terminal);
        double bump = rules.BumpReward ?? rules.StepReward;
        if (!IsWall(world, x, y) && Named(world, rules.Teleports, x, y) is { } t)
            return Enter(world, t.X, t.Y, t.Reward ?? RewardAt(world, t.X, t.Y) ?? rules.StepReward);

        int tx = x + d.X, ty = y + d.Y - wind;
        bool off = tx < 0 || ty < 0 || tx >= world.Width || ty >= world.Height;
        if (off && rules.Wind.Count == 0)
            return new(0, state, bump, MoveEnd.None);
        (tx, ty) = (Math.Min(Math.Max(tx, 0), world.Width - 1), Math.Min(Math.Max(ty, 0), world.Height - 1));
        bool same = tx == x && ty == y, diagonal = d.X != 0 && d.Y != 0, octile = world.Moves == MoveSet.Octile;
        if (same && off)
            return new(0, state, bump, MoveEnd.None);
        if (!same && (IsWall(world, tx, ty) || (octile && diagonal && (IsWall(world, x + d.X, y) || IsWall(world, x, y + d.Y)))))
            return new(0, state, bump, MoveEnd.None);
        double step = octile && diagonal ? rules.StepReward * Math.Sqrt(2) : rules.StepReward;
        double reward = d == (0, 0) ? bump : RewardAt(world, tx, ty) ?? step;
        return same ? new(0, state, reward, MoveEnd.None) : Enter(world, tx, ty, reward);
    }

    static Result Enter(World world, int x, int y, double reward) => new(0, y * world.Width + x, reward,
        Is(world, x, y, world.Rules.Terminal) ? MoveEnd.Terminal : Is(world, x, y, world.Rules.Restart) ? MoveEnd.Restart : MoveEnd.None);

    static double? RewardAt(World world, int x, int y) =>
        world.Rules.CellRewards.Where(c => c.X == x && c.Y == y).Select(c => (double?)c.Reward).SingleOrDefault()
            ?? Named(world, world.Rules.Rewards, x, y);

    static bool IsWall(World world, int x, int y) =>
        x >= 0 && y >= 0 && x < world.Width && y < world.Height && Is(world, x, y, world.Rules.Wall);

    static bool Is(World world, int x, int y, string characters) =>
        characters.Contains(world[x, y]) || (world.Rules.Legend.TryGetValue(world[x, y], out char meaning) && characters.Contains(meaning));

    static T? Named<T>(World world, IReadOnlyDictionary<char, T> table, int x, int y) where T : struct =>
        table.TryGetValue(world[x, y], out var own) ? own
        : world.Rules.Legend.TryGetValue(world[x, y], out char meaning) && table.TryGetValue(meaning, out var meant) ? meant : null;
}
