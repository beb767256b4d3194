namespace GridWorld.Tests;

public class WorldRulesTests
{
    [Fact]
    public void Table_of_characters_is_a_copy_in_their_order()
    {
        var given = new Dictionary<char, double> { ['z'] = 1, ['a'] = 2, ['É'] = 3 };
        var rules = new WorldRules { Rewards = given };
        given['a'] = 4;

        Assert.Equal([('a', 2), ('z', 1), ('É', 3)], rules.Rewards.Select(r => (r.Key, r.Value)));
        Assert.Equal("azÉ", string.Concat(rules.Rewards.Keys));
        Assert.Equal([2, 1, 3], rules.Rewards.Values);
        Assert.Equal((3, 2, true, false), (rules.Rewards.Count, rules.Rewards['a'], rules.Rewards.ContainsKey('z'),
            rules.Rewards.TryGetValue('b', out _)));
        Assert.Throws<KeyNotFoundException>(() => rules.Rewards['b']);
    }

    [Fact]
    public void Equal_tables_are_equal_rules_in_whatever_order_they_were_given()
    {
        var one = new WorldRules { Legend = new Dictionary<char, char> { ['x'] = '#', ['b'] = 'G' } };
        var other = new WorldRules { Legend = new Dictionary<char, char> { ['b'] = 'G', ['x'] = '#' } };
        var different = new WorldRules { Legend = new Dictionary<char, char> { ['b'] = 'G', ['x'] = '.' } };

        Assert.Equal(one, other);
        Assert.NotEqual(one, different);
    }
}
