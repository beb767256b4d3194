using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Starts a run in a world from the catalog, in a world object, or in an edited copy of another run's world.</summary>
internal sealed class NewRunEndpoint(ServedRuns runs)
{
    const int MostStates = 4_000_000;
    const long MostEpisodes = 1_000_000_000_000;

    // Compiling the largest world takes hundreds of megabytes, so compile one at a time.
    readonly SemaphoreSlim compiling = new(1);

    /// <summary>Sends the worlds and the learners that a new run can have, with every setting.</summary>
    public static Task Catalog(Call call)
    {
        new QueryInput(call.Http.Request.Query).Done();
        return Reply.Json(call.Http, WireCatalog.Now, WireJson.Default.WireCatalog);
    }

    public async Task Start(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var model = input.Text("session", 64) is { } id ? runs.Find(id).View.Specification : null;
        var world = World(input, model);
        var learner = Learner(input, model);
        var seed = input.Seed("seed") ?? model?.Seed ?? 1;
        var episodes = input.Has("episodes") ? input.Integer("episodes", 1, MostEpisodes) : model is null ? 1000 : model.Episodes;
        var maxSteps = input.Has("max_steps") ? (int?)input.Integer("max_steps", 1, int.MaxValue) : model?.MaxSteps;
        var options = new RunOptions
        {
            Name = input.Text("name", RunOptions.LongestName),
            Store = runs.Store,
            Pace = input.Number("steps_per_second"),
            StartPaused = input.Flag("paused") ?? false,
        };
        var isCheck = input.Flag("check") ?? false;
        input.Done();

        var specification = new RunSpecification(world!, learner!, seed, episodes, maxSteps);
        Run? run = null;
        IReadOnlyList<string> warnings = [];
        await compiling.WaitAsync(call.Http.RequestAborted);
        try
        {
            if (isCheck)
                warnings = Checked(specification).Compile().Warnings;
            else
                run = runs.Training.Start(() => runs.RegisterStarted(Run.Start(specification, options)));
        }
        finally
        {
            compiling.Release();
        }

        if (run is null)
        {
            await Reply.Json(call.Http, new(warnings), WireJson.Default.WireWarnings);
            return;
        }

        call.Http.Response.StatusCode = StatusCodes.Status201Created;
        await Reply.Json(call.Http, WireStatus.Of(run.Status(), canControl: true), WireJson.Default.WireStatus);
    }

    static World Checked(RunSpecification specification)
    {
        specification.Check();
        return specification.World;
    }

    static World? World(JsonInput input, RunSpecification? model)
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
                { ValueKind: JsonValueKind.Object } written => GridWorld.World.FromJson(written.GetRawText()),
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

    static LearnerOptions? Learner(JsonInput input, RunSpecification? model)
    {
        LearnerOptions? learner = null;
        var name = input.Text("learner", 64);
        input.Collect(() => learner = name is not null ? LearnerCatalog.Create(name) : model?.Learner ?? new QLearning());
        foreach (var setting in learner?.Settings ?? LearnerOptions.CommonSettings)
            if ((input.Raw(setting.Name) ?? (setting.OtherSpelling is { } other ? input.Raw(other) : null)) is { } value
                && learner is not null)
                input.Collect(() => learner = setting.WithJson(learner, value.GetRawText()));
        return learner;
    }
}
