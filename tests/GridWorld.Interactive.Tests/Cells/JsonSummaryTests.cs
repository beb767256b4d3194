using System.Text.Json;

namespace GridWorld.Tests;

public class JsonSummaryTests
{
    [Fact]
    public void Run_tells_what_it_is_where_it_can_be_watched_and_how_far_it_is()
    {
        var run = Trained.In(Worlds.CliffWalking());

        var json = JsonDocument.Parse(JsonSummary.Of(run)).RootElement;

        Assert.Equal(run.Id, json.GetProperty("id").GetString());
        Assert.Equal(("cliff-walking", "q-learning"), (json.GetProperty("world").GetString(), json.GetProperty("learner").GetString()));
        Assert.EndsWith($"/{run.Id}", json.GetProperty("url").GetString());
        Assert.Equal(run.Episodes, json.GetProperty("status").GetProperty("episodes").GetInt64());
    }

    [Fact]
    public void World_is_its_own_file()
    {
        var world = Worlds.FrozenLake4x4();

        Assert.Equal(world, World.FromJson(JsonSummary.Of(world)));
    }

    [Fact]
    public async Task Plan_and_ensemble_are_a_few_numbers_however_many_states_and_seeds_they_have()
    {
        var world = Worlds.Empty(20, 20);
        var ensemble = Ensemble.Start(new(world, new QLearning(), Seed: 7, Episodes: 10), 300,
            EnsembleOptions.InMemory with { StartPaused = true });

        var plan = JsonDocument.Parse(JsonSummary.Of(Planner.Solve(world.Compile(), 1, TestContext.Current.CancellationToken))).RootElement;
        var untrained = JsonDocument.Parse(JsonSummary.Of(ensemble)).RootElement;
        ensemble.Resume();
        await ensemble;
        var trained = JsonDocument.Parse(JsonSummary.Of(ensemble)).RootElement;

        Assert.Equal((400, -38), (plan.GetProperty("states").GetInt32(), plan.GetProperty("start_value").GetDouble()));
        Assert.Equal((300, "7"), (trained.GetProperty("seeds").GetInt32(), trained.GetProperty("first_seed").GetString()));
        Assert.Equal(JsonValueKind.Null, untrained.GetProperty("mean_return").ValueKind);
        Assert.Equal(3_000, trained.GetProperty("episodes").GetInt64());
    }
}
