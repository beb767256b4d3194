namespace GridWorld;

/// <summary>A number that the optimal policy of a world depends on.</summary>
/// <param name="Name">step_reward, discount_factor, slip, rewards.X or exits.X.</param>
/// <param name="IsReward">Whether the value of every policy is linear in it.</param>
/// <param name="Apply">Returns the world and the discount factor with the parameter set to a value.</param>
internal sealed record PlanParameter(string Name, bool IsReward, Func<World, double, double, (World World, double Discount)> Apply)
{
    const string Rewards = "rewards.", Exits = "exits.";

    /// <exception cref="InputException">There is no such parameter, or the world has no such tile.</exception>
    public static PlanParameter Find(string name, World world) => name switch
    {
        "step_reward" => Of(name, true, (rules, value) => rules with { StepReward = value }),
        "slip" => Of(name, false, (rules, value) => rules with { Slip = value }),
        "discount_factor" => new(name, false, (w, _, value) => (w, value)),
        _ when Tile(name, Rewards) is { } tile && world.Cells.Contains(tile) =>
            Of(name, true, (rules, value) => rules with { Rewards = With(rules.Rewards, tile, value) }),
        _ when Tile(name, Exits) is { } tile && world.Rules.Exits.ContainsKey(tile) =>
            Of(name, true, (rules, value) => rules with { Exits = With(rules.Exits, tile, value) }),
        _ => throw new InputException($"'{Printable.Text(name)}' is not a parameter of this world. Use step_reward, discount_factor, slip, "
            + "rewards.X with a tile X of the map, or exits.X with an exit X."),
    };

    static PlanParameter Of(string name, bool isReward, Func<WorldRules, double, WorldRules> rules) =>
        new(name, isReward, (world, discount, value) => (world.With(rules(world.Rules, value)), discount));

    static char? Tile(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.Length == prefix.Length + 1 ? name[^1] : null;

    static Dictionary<char, double> With(IReadOnlyDictionary<char, double> table, char tile, double value) =>
        new(table) { [tile] = value };
}
