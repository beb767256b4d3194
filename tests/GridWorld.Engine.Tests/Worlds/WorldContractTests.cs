namespace GridWorld.Tests;

public class WorldContractTests
{
    public static TheoryData<string> Names =>
        [.. Worlds.Catalog.Select(e => e.Example), "maze-8x5-7", "rooms-30x11-3", "empty-1x2", "maze-2x2", "rooms-1x9"];

    [Theory, MemberData(nameof(Names))]
    public void Name_is_the_name_asked_for(string name) => Assert.Equal(name, Worlds.Get(name).Name);

    [Theory, MemberData(nameof(Names))]
    public void Json_gives_the_world_back(string name)
    {
        var world = Worlds.Get(name);

        var back = World.FromJson(world.ToJson());

        Assert.Equal((world, world.Name, world.Hash, world.ToJson()), (back, back.Name, back.Hash, back.ToJson()));
    }

    [Theory, MemberData(nameof(Names))]
    public void Rows_of_the_tables_are_distributions_over_states(string name)
    {
        var mdp = Worlds.Get(name).Compile();

        Assert.Equal(1, mdp.Starts.Sum(s => s.Probability), 12);
        for (int s = 0; s < mdp.States; s++)
        {
            for (int a = 0; a < mdp.Actions; a++)
            {
                double sum = 0;
                for (int k = 0; k < mdp.OutcomesPerPair; k++)
                {
                    Assert.InRange(mdp.Next(s, a, k), 0, mdp.States - 1);
                    sum += mdp.Probability(s, a, k);
                }

                Assert.Equal(1, sum, 12);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_goal_can_be_reached(string name) => Assert.Empty(Worlds.Get(name).Compile().Warnings);

    [Theory, MemberData(nameof(Names))]
    public void Source_and_description_are_stated(string name)
    {
        var entry = Worlds.Catalog.FirstOrDefault(e => e.Example == name) ?? Worlds.Catalog[0];

        Assert.True(entry.Source.Length > 10 && entry.Description.EndsWith('.'));
    }
}
