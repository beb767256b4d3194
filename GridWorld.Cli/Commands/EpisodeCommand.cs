using System.CommandLine;
using System.Globalization;

namespace GridWorld.Cli;

/// <summary>Replays one episode of a stored run and prints every step.</summary>
internal static class EpisodeCommand
{
    static readonly Argument<string[]> Words = Options.Words("RUN K",
        "A run and the number of an episode, from 1.", ArgumentArity.ExactlyOne, RunInput.Names);
    static readonly Option Format = Options.Value("--format", "csv|json", "Output format. Default csv.");

    public static Command Make() =>
        CommandAction.Command("episode", "Show every step of an episode of a stored run.", [Words, Format, Options.Store, Options.Json],
        Run);

    static void Run(ParsedOptions given)
    {
        bool json = given.Choice(Format, ("csv", false), ("json", true)) ?? given.Flag(Options.Json);
        var words = given.Words(Words);
        long episode = 0;
        given.Faults.Require(words.Count == 2, "Specify a run and an episode, for example gridworld episode RUN 500.")
            .Require(words.Count != 2
            || (long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out episode) && episode >= 1),
                $"The episode must be a whole number from 1 (got {Printable.Text(words.Count == 2 ? words[1] : "")}).");
        var run = RunInput.Find(given, words.Take(1))[0];
        var view = RunInput.View(given, run);
        var table = RunTables.Steps(view.World, view.Rewind().Replay(episode, episode, long.MaxValue));
        if (json)
            Json.PrintRows(table.Columns, table.Rows);
        else
            CsvExport.Write(table, Console.Out);
    }
}
