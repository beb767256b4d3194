using CsCheck;

namespace GridWorld.Tests;

public class WorldPropertyTests
{
    [Fact]
    public void Printing_and_parsing_gives_an_equal_world_where_all_rules_are_defaults() =>
        WorldGen.Plain.Sample(world => World.Parse(world.ToString()) == world && World.Parse(world.ToString())
        .ToString() == world.ToString());

    [Fact]
    public void Json_gives_an_equal_world_and_the_same_json() =>
        WorldGen.Any.Sample(world => World.FromJson(world.ToJson()) is var back && back == world && back.ToJson() == world.ToJson()
        && back.Hash == world.Hash
            && back.GetHashCode() == world.GetHashCode());

    [Fact]
    public void Worlds_are_equal_exactly_when_their_hashes_are() =>
        WorldGen.Any.Select(WorldGen.Any).Sample((a, b) => a == b == (a.Hash == b.Hash));

    [Fact]
    public void Name_is_not_part_of_the_value()
    {
        var world = Worlds.Windy();

        Assert.Equal((world, world.Hash), (world.WithName("other"), world.WithName("other").Hash));
        Assert.NotEqual(world, world.With(world.Rules with { StepReward = -2 }));
    }

    [Fact]
    public void Hash_is_that_of_the_json_without_the_name() =>
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("{\n  \"map\": [\n    \"S.G\"\n  ]\n}"u8)),
        World.Parse("S.G", "any").Hash);

    static readonly WorldRules[] OtherRules =
    [
        new() { Moves = MoveSet.Eight }, new() { StepReward = 0 }, new() { BumpReward = -1 },
            new() { Rewards = new Dictionary<char, double> { ['G'] = 1 } },
        new() { Terminal = "G" }, new() { Restart = "" }, new() { Wall = "#" },
            new() { Legend = new Dictionary<char, char> { ['x'] = '#' } }, new() { Slip = 0.1 },
        new() { SlipKind = SlipKind.Uniform }, new() { Sticky = 0.1 }, new() { Wind = [0, 1, 0] }, new() { WindNoise = 0.1 },
        new() { Teleports = new Dictionary<char, Teleport> { ['A'] = new(0, 0) } }, new() { Starts = [new(1, 0)] }, new() { MaxSteps = 9 },
            new() { Changes = [new(1, "S#G")] },
    ];

    [Fact]
    public void Every_rule_is_part_of_the_value() => Assert.All(OtherRules, rules =>
    {
        World usual = new(["S.G"]), other = new(["S.G"], rules);

        Assert.True(usual != other && usual.Hash != other.Hash && other == new World(["S.G"], rules)
            && World.FromJson(other.ToJson()) == other);
    });

    [Fact]
    public void What_was_passed_in_may_be_changed_afterwards()
    {
        var rewards = new Dictionary<char, double> { ['G'] = 1 };
        List<int> wind = [1, 0, 0];
        var world = new World(["S.G"], new() { Rewards = rewards, Wind = wind });
        string hash = world.Hash;

        rewards['G'] = 2;
        wind[0] = 0;

        Assert.Equal((1, 1, hash), (world.Rules.Rewards['G'], world.Rules.Wind[0], world.WithName("").Hash));
    }
}
