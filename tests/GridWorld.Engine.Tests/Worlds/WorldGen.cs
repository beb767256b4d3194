using CsCheck;

namespace GridWorld.Tests;

/// <summary>Random worlds that are valid.</summary>
static class WorldGen
{
    const string Floor = "..... F###@GHC";

    static Gen<string[]> Maps(string tiles) =>
        from width in Gen.Int[1, 7]
        from height in Gen.Int[1, 6]
        from cells in Gen.Char[tiles].Array[width * height]
        from start in Gen.Int[0, width * height - 1]
        select Enumerable.Range(0, height).Select(y => new string([.. cells.Select((c, i) => i == start ? 'S' : c)], y * width, width))
        .ToArray();

    /// <summary>Maps with the default rules. No world ends with an empty row, so that text keeps its rows.</summary>
    public static Gen<World> Plain => Maps(Floor).Select(map => new World(map));

    public static Gen<World> Any =>
        from map in Maps(Floor + "SSAax→Ee")
        from moves in Gen.Enum<MoveSet>()
        from slip in Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1], Gen.Const(1.0))
        from kind in Gen.Enum<SlipKind>()
        from rewards in Gen.Dictionary(Gen.Char["SGHCx.→a"], Gen.Double[-10, 10])[0, 4]
        from wind in Gen.OneOf(Gen.Const(Array.Empty<int>()), Gen.Int[-3, 3].Array[map[0].Length])
        from more in Gen.Select(Gen.Double[0, 1], Gen.Double[-2, 2], Gen.Double[-5, 5].Nullable(), Gen.Double[0, 0.9],
        Gen.Int[1, 500].Nullable(), Gen.OneOf(Gen.Const(""), Gen.Const("C"), Gen.Const("Cx"), Gen.Const("F")))
        from paid in Gen.Select(Gen.Int[0, map[0].Length - 1], Gen.Int[0, map.Length - 1], Gen.Double[-10, 10]).Array[0, 3]
        let rules = new WorldRules
        {
            Moves = moves, Slip = slip, SlipKind = kind, Rewards = rewards, Wind = wind, WindNoise = more.Item1, StepReward = more.Item2,
            BumpReward = more.Item3, Sticky = more.Item4, MaxSteps = more.Item5, Restart = more.Item6,
            Legend = new Dictionary<char, char> { ['x'] = 'H', ['→'] = '.', ['a'] = 'A', ['e'] = 'S' },
            Teleports = new Dictionary<char, Teleport> { ['A'] = Home(map) },
            Exits = new Dictionary<char, double> { ['E'] = 2.5, ['e'] = -1 },
            CellRewards = [.. paid.DistinctBy(p => (p.Item1, p.Item2)).Where(p => map[p.Item2][p.Item1] is not ('#' or '@'))
                .Select(p => new CellReward(p.Item1, p.Item2, p.Item3))],
        }
        select new World(map, rules);

    static Teleport Home(string[] map)
    {
        int y = Array.FindIndex(map, r => r.Contains('S'));
        return new(map[y].IndexOf('S'), y, map[0].Length % 2 == 0 ? 7 : null);
    }
}
