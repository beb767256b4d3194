using System.Text.Json;

namespace GridWorld;

/// <summary>Writes the rules of a world that differ from the defaults, always in the same order and form.</summary>
internal static class WorldRulesWriter
{
    public static void Write(Utf8JsonWriter json, WorldRules rules)
    {
        var usual = WorldRules.Default;
        Text("moves", Moves.Name(rules.Moves), Moves.Name(usual.Moves));
        Number("step_reward", rules.StepReward, usual.StepReward);
        if (rules.BumpReward is { } bump)
            json.WriteNumber("bump_reward", bump);
        WriteTable(json, "rewards", rules.Rewards, usual.Rewards, json.WriteNumberValue);
        WriteList(json, "cell_rewards", rules.CellRewards, reward => WriteCellReward(json, reward));
        Text("terminal", rules.Terminal, usual.Terminal);
        Text("restart", rules.Restart, usual.Restart);
        Text("wall", rules.Wall, usual.Wall);
        WriteTable(json, "legend", rules.Legend, usual.Legend, meaning => json.WriteStringValue([meaning]));
        Number("slip", rules.Slip, 0);
        Text("slip_kind", rules.SlipKind == SlipKind.Uniform ? "uniform" : "perpendicular", "perpendicular");
        Number("sticky", rules.Sticky, 0);
        WriteList(json, "wind", rules.Wind, json.WriteNumberValue);
        Number("wind_noise", rules.WindNoise, 0);
        WriteTable(json, "teleports", rules.Teleports, usual.Teleports, teleport => WriteTeleport(json, teleport));
        WriteTable(json, "exits", rules.Exits, usual.Exits, json.WriteNumberValue);
        WriteTable(json, "keys", rules.Keys, usual.Keys, door => json.WriteStringValue([door]));
        WritePassenger(json, rules.Passenger);
        WriteList(json, "fences", rules.Fences, fence => WriteFence(json, fence));
        WriteList(json, "starts", rules.Starts, start => WriteStart(json, start));
        if (rules.MaxSteps is { } maxSteps)
            json.WriteNumber("max_steps", maxSteps);
        WriteList(json, "changes", rules.Changes, change => WriteChange(json, change));

        void Text(string name, string value, string unless)
        {
            if (value != unless)
                json.WriteString(name, value);
        }

        void Number(string name, double value, double unless)
        {
            if (!value.Equals(unless))
                json.WriteNumber(name, value);
        }
    }

    /// <summary>Writes the rows of a map.</summary>
    public static void WriteMap(Utf8JsonWriter json, string[] rows)
    {
        json.WriteStartArray("map");
        foreach (string row in rows)
            json.WriteStringValue(row);
        json.WriteEndArray();
    }

    static void WriteTable<T>(Utf8JsonWriter json, string name, IReadOnlyDictionary<char, T> table, IReadOnlyDictionary<char, T> unless,
        Action<T> write)
    {
        if (table.SequenceEqual(unless))
            return;
        json.WriteStartObject(name);
        foreach (var (c, value) in table)
        {
            json.WritePropertyName([c]);
            write(value);
        }

        json.WriteEndObject();
    }

    static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> list, Action<T> write)
    {
        if (list.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var item in list)
            write(item);
        json.WriteEndArray();
    }

    static void WriteCellReward(Utf8JsonWriter json, CellReward reward)
    {
        json.WriteStartObject();
        json.WriteNumber("x", reward.X);
        json.WriteNumber("y", reward.Y);
        json.WriteNumber("reward", reward.Reward);
        json.WriteEndObject();
    }

    static void WriteTeleport(Utf8JsonWriter json, Teleport teleport)
    {
        json.WriteStartObject();
        json.WriteStartArray("to");
        json.WriteNumberValue(teleport.X);
        json.WriteNumberValue(teleport.Y);
        json.WriteEndArray();
        if (teleport.Reward is { } reward)
            json.WriteNumber("reward", reward);
        json.WriteEndObject();
    }

    static void WritePassenger(Utf8JsonWriter json, Passenger? passenger)
    {
        if (passenger is null)
            return;
        json.WriteStartObject("passenger");
        json.WriteString("stops", passenger.Stops);
        json.WriteNumber("reward", passenger.Reward);
        json.WriteNumber("illegal", passenger.Illegal);
        json.WriteEndObject();
    }

    static void WriteFence(Utf8JsonWriter json, Fence fence)
    {
        json.WriteStartObject();
        json.WriteNumber("x", fence.X);
        json.WriteNumber("y", fence.Y);
        json.WriteString("side", fence.Side == FenceSide.Right ? "right" : "down");
        json.WriteEndObject();
    }

    static void WriteStart(Utf8JsonWriter json, WorldStart start)
    {
        json.WriteStartObject();
        json.WriteNumber("x", start.X);
        json.WriteNumber("y", start.Y);
        if (start.P is { } p)
            json.WriteNumber("p", p);
        json.WriteEndObject();
    }

    static void WriteChange(Utf8JsonWriter json, WorldChange change)
    {
        json.WriteStartObject();
        json.WriteNumber("after_steps", change.AfterSteps);
        WriteMap(json, change.Map.Split('\n'));
        json.WriteEndObject();
    }
}
