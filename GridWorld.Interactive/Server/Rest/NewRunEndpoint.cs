using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Starts a run in a world from the catalog, in a world object, or in an edited copy of another run's world.</summary>
internal sealed class NewRunEndpoint(ServedRuns runs)
{
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
        var world = NewRunWorld.Read(input, model);
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
