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


    public static Command Make() => CommandAction.Command("train", "Train a learner in a world.",
        [.. TrainingInput.All, Episodes, Name, Options.Store, Pace, CheckpointEvery, .. Recording.All, Serving.Serve, Serving.Port,
        Options.Json], RunAsync);

    static async Task<bool> RunAsync(Given given)
    {
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
}
