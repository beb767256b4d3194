using System.Text.Json;

namespace GridWorld;

/// <summary>Reads the world of a new run: one from the catalog, a world object, or that of another run, with changes.</summary>
internal static class NewRunWorld
{
    const int MostStates = 4_000_000;

    /// <summary>Reads the world; null, with an error, if there is none.</summary>
    public static World? Read(JsonInput input, RunSpecification? model)
    {
        World? world = null;
        var given = input.Raw("world");
        var (cells, rewards, start) = (Cells(input), Rewards(input), Start(input));
        input.Require(given is not null || model is not null, "world is required: a name from the catalog or a world object. "
                + "Or use session, to train in the world of that run.");
        input.Collect(() =>
        {
            world = given switch
            {
                null => model?.World,
                { ValueKind: JsonValueKind.String } name => Named(name.GetString()!),
                { ValueKind: JsonValueKind.Object } written => World.FromJson(written.GetRawText()),
                _ => throw new InputException("world must be a name from the catalog or a world object."),
            };
            if (world is not null && (cells.Count > 0 || rewards.Count > 0 || start is not null))
                world = WorldEdit.Apply(world, cells, rewards, start);
        });
        input.Require(world is null || world.States <= MostStates,
                $"The world has {world?.States} cells; the live view can train in worlds of at most {MostStates}.")
            .Require(world is null || world.Name.Length <= RunOptions.LongestName,
            $"The world's name must have at most {RunOptions.LongestName} characters (got {world?.Name.Length}).");
        return world;
    }

    // A name is never a path.
    static World Named(string name) => WorldFile.IsWorldFile(name)
        ? throw new InputException("A file name is not allowed here. Use a name from the catalog, or a world object.")
        : Worlds.Get(name);

    static List<CellChange> Cells(JsonInput input)
    {
        var cells = new List<CellChange>();
        foreach (var cell in input.List("cells"))
        {
            if (cell.ValueKind == JsonValueKind.Array && cell.GetArrayLength() == 3
                && cell[0].ValueKind == JsonValueKind.Number && cell[0].TryGetInt32(out var x) && cell[1].ValueKind == JsonValueKind.Number
                && cell[1].TryGetInt32(out var y)
                && cell[2].ValueKind == JsonValueKind.String && cell[2].GetString() is [var tile])
                cells.Add(new(x, y, tile));
            else
                input.Require(false, "Each of cells must be [x, y, \"tile\"].");
        }

        return cells;
    }

    /// <summary>Reads the rewards for entering a cell, by character. A character that is not a tile becomes a new floor.</summary>
    static Dictionary<char, double> Rewards(JsonInput input)
    {
        var rewards = new Dictionary<char, double>();
        if (input.Object("rewards") is { } given)
            foreach (var member in given.EnumerateObject())
            {
                if (member.Name is [var tile] && member.Value.ValueKind == JsonValueKind.Number)
                    rewards[tile] = member.Value.GetDouble();
                else
                    input.Require(false, "Each of rewards must be a character and a number.");
            }

        return rewards;
    }

    static (int X, int Y)? Start(JsonInput input)
    {
        if (input.Raw("start") is not { } given)
            return null;
        if (given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 2 && given[0].ValueKind == JsonValueKind.Number
            && given[0].TryGetInt32(out var x)
            && given[1].ValueKind == JsonValueKind.Number && given[1].TryGetInt32(out var y))
            return (x, y);
        input.Require(false, "start must be [x, y].");
        return null;
    }
}
