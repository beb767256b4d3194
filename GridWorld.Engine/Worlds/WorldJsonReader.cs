using System.Text.Json;

namespace GridWorld;

/// <summary>
/// Reads <c>.world.json</c>, or <c>.mdp.json</c> if there is a <c>P</c>. Unknown and duplicate properties are
/// errors. This class limits the depth; the file reader limits the size.
/// </summary>
internal sealed class WorldJsonReader
{
    static readonly string[] Known = ["name", "map", "moves", "step_reward", "bump_reward", "rewards", "cell_rewards", "terminal",
        "restart", "wall", "legend", "slip", "slip_kind", "sticky", "wind", "wind_noise", "teleports", "exits", "keys", "passenger",
        "fences", "starts", "max_steps", "changes"];

    readonly JsonFields fields;
    readonly string source;

    WorldJsonReader(JsonElement root, string source)
    {
        this.source = source;
        fields = new(root, source, "", Known);
    }

    public static World Read(ReadOnlyMemory<byte> json, string source, string name)
    {
        if (json.Span.StartsWith("\uFEFF"u8))
            json = json[3..];
        using var document = JsonText.Parse(json, source);
        if (!TransitionReader.IsMdp(document.RootElement))
            return new WorldJsonReader(document.RootElement, source).Read(name);
        var (table, label, maxSteps) = TransitionReader.Read(document.RootElement, source, name);
        return new(table, label, maxSteps);
    }

    World Read(string name)
    {
        var map = fields.Required("map") ? fields.Strings("map") : [];
        var rules = Rules();
        string label = fields.Text("name", name);
        fields.Faults.ThrowIfAny();
        try
        {
            return new(map, rules, label.Length == 0 ? name : label);
        }
        catch (InputException e)
        {
            throw e.In(source);
        }
    }

    WorldRules Rules()
    {
        var usual = WorldRules.Default;
        return new()
        {
            Moves = fields.Choice("moves", Moves.TryParse, "four, eight, nine, octile, frozen-lake", usual.Moves),
            StepReward = fields.Number("step_reward") ?? usual.StepReward,
            BumpReward = fields.Number("bump_reward", orNull: true),
            Rewards = fields.Table("rewards", usual.Rewards, (f, key) => f.Number(key) ?? 0),
            CellRewards = fields.Objects("cell_rewards", ["x", "y", "reward"], CellReward),
            Terminal = fields.Text("terminal", usual.Terminal),
            Restart = fields.Text("restart", usual.Restart),
            Wall = fields.Text("wall", usual.Wall),
            Legend = fields.Table("legend", usual.Legend, (f, key) => f.Character(key)),
            Slip = fields.Number("slip") ?? 0,
            SlipKind = fields.Choice<SlipKind>("slip_kind", TrySlipKind, "perpendicular, uniform", default),
            Sticky = fields.Number("sticky") ?? 0,
            Wind = fields.Integers("wind"),
            WindNoise = fields.Number("wind_noise") ?? 0,
            Teleports = fields.Table("teleports", usual.Teleports, Teleport),
            Exits = fields.Table("exits", usual.Exits, (f, key) => f.Number(key) ?? 0),
            Keys = fields.Table("keys", usual.Keys, (f, key) => f.Character(key)),
            Passenger = Passenger(),
            Fences = fields.Objects("fences", ["x", "y", "side"], Fence),
            Starts = fields.Objects("starts", ["x", "y", "p"], Start),
            MaxSteps = fields.Integer("max_steps", orNull: true),
            Changes = fields.Objects("changes", ["after_steps", "map"], Change),
        };
    }

    static CellReward CellReward(JsonFields fields) => fields.Required("x") & fields.Required("y") & fields.Required("reward")
        ? new(fields.Integer("x") ?? 0, fields.Integer("y") ?? 0, fields.Number("reward") ?? 0) : default;

    static Teleport Teleport(JsonFields table, string key)
    {
        if (table.Object(key, ["to", "reward"]) is not { } fields || !fields.Required("to"))
            return default;
        var to = fields.Integers("to");
        fields.Faults.Require(to.Count == 2, $"{fields.Place("to")} must be two numbers, [x, y] (got {to.Count}).");
        return to.Count == 2 ? new(to[0], to[1], fields.Number("reward", orNull: true)) : default;
    }

    Passenger? Passenger()
    {
        if (fields.Object("passenger", ["stops", "reward", "illegal"], orNull: true) is not { } of || !of.Required("stops"))
            return null;
        var usual = new Passenger("");
        return new(of.Text("stops", ""), of.Number("reward") ?? usual.Reward, of.Number("illegal") ?? usual.Illegal);
    }

    static Fence Fence(JsonFields fields) => fields.Required("x") & fields.Required("y") & fields.Required("side")
        ? new(fields.Integer("x") ?? 0, fields.Integer("y") ?? 0,
            fields.Choice<FenceSide>("side", TrySide, "right, down", default)) : default;

    static WorldStart Start(JsonFields fields) =>
        fields.Required("x") & fields.Required("y")
        ? new(fields.Integer("x") ?? 0, fields.Integer("y") ?? 0, fields.Number("p", orNull: true)) : default;

    static WorldChange Change(JsonFields fields) => fields.Required("after_steps") & fields.Required("map")
        ? new(fields.Long("after_steps") ?? 0, string.Join('\n', fields.Strings("map")))
        : new(0, "");

    static bool TrySide(string name, out FenceSide side)
    {
        side = name == "down" ? FenceSide.Down : FenceSide.Right;
        return name is "down" or "right";
    }

    static bool TrySlipKind(string name, out SlipKind kind)
    {
        kind = name == "uniform" ? SlipKind.Uniform : SlipKind.Perpendicular;
        return name is "uniform" or "perpendicular";
    }
}
