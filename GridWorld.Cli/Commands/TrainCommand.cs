using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Trains a learner in a world.</summary>
internal static class TrainCommand
{
    static readonly Option Episodes = Options.Value("--episodes", "N", "Number of episodes. Default 1000.");
    static readonly Option Name = Options.Value("--name", "N",
        "Display name. Commands accept it for the newest run that has it. Default: the id.");
    static readonly Option Pace = Options.Value("--pace", "N", "Steps per second. Default: as fast as possible.");
    static readonly Option CheckpointEvery = Options.Value("--checkpoint-every", "N",
        "Episodes between automatic checkpoints. Default 100.");
    static readonly Option Seeds = Options.Value("--seeds", "N",
        "Train an ensemble of N seeds, from --seed on, on all cores. Commands accept ENSEMBLE/SEED for one of its seeds.");
    static readonly Option Threads = Options.Value("--threads", "N", "Number of threads that train an ensemble. Default: one per core.");

    public static Command Make() => CommandAction.Command("train", "Train a learner in a world.",
        [.. TrainingInput.All, Episodes, Seeds, Threads, Name, Options.Store, Pace, CheckpointEvery, .. Recording.All, Serving.Serve,
        Serving.Port, Options.Json], RunAsync);

    static async Task<bool> RunAsync(ParsedOptions given)
    {
        if (given.Has(Seeds))
            return await TrainSeedsAsync(given);
        given.Faults.Require(!given.Has(Threads), "--threads is for an ensemble: add --seeds N, or leave it out.");
        var options = new RunOptions
        {
            Name = given.Text(Name),
            Store = given.Text(Options.Store),
            Pace = given.Number(Pace, "a number of steps per second above 0", isAllowed: pace => pace > 0),
            CheckpointEvery = given.Whole(CheckpointEvery, 1L) ?? 100,
        };
        given.Faults.Collect(options.Check);
        var serving = Serving.Read(given);
        using var recording = new Recording(given);
        var specification = TrainingInput.Read(given, given.Whole(Episodes, 1L) ?? 1000);
        await using var server = serving is null ? null : WidgetServer.Start(serving);
        var run = Run.Start(specification, recording.Apply(options));
        return await Training.FollowAsync(run, recording, server, given.Flag(Options.Json));
    }

    static async Task<bool> TrainSeedsAsync(ParsedOptions given)
    {
        int seeds = given.Whole(Seeds, 1, EnsembleHeader.MostSeeds) ?? 1;
        var options = new EnsembleOptions { Name = given.Text(Name), Store = given.Text(Options.Store), Threads = given.Whole(Threads, 1) };
        given.Faults.Collect(options.Check);
        foreach (var single in new[] { Pace, CheckpointEvery }.Concat(Recording.All).Where(given.Has))
            given.Faults.Add($"{single.Name} is for a single run. Leave it out, or train one seed: --seed S without --seeds.");
        var serving = Serving.Read(given);
        var specification = TrainingInput.Read(given, given.Whole(Episodes, 1L) ?? 1000);
        await using var server = serving is null ? null : WidgetServer.Start(serving);
        var ensemble = Ensemble.Start(specification, seeds, options);
        Training.Warn(ensemble.Mdp);
        return await EnsembleSummary.FollowAsync(ensemble, given.Flag(Options.Json), server);
    }
}
