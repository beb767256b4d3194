using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The stored runs that the words of the command line select.</summary>
internal static class RunInput
{
    const string Description =
        "its id, its name (the newest run that has it) or the beginning of its id; or a seed of an ensemble, ENSEMBLE/SEED. 'gridworld"
        + " runs' lists runs.";

    /// <summary>The argument for one run.</summary>
    public static readonly Argument<string[]> Run = Options.Words("RUN", $"A run: {Description}", ArgumentArity.ExactlyOne, Names);

    /// <summary>The argument for one run, where something else can take its place.</summary>
    public static readonly Argument<string[]> OptionalRun = Options.Words("RUN", $"A run: {Description}", ArgumentArity.ZeroOrOne,
        Names);

    /// <summary>The argument for one or more runs.</summary>
    public static readonly Argument<string[]> Runs = Options.Words("RUN", $"Runs, each by {Description}", ArgumentArity.OneOrMore,
        Names);

    /// <summary>The argument for any number of runs; none means all.</summary>
    public static readonly Argument<string[]> AnyRuns = Options.Words("RUN", $"Runs, each by {Description} Default: all.",
        ArgumentArity.ZeroOrMore, Names);

    /// <summary>The store's folder.</summary>
    public static string Store(ParsedOptions given) => given.Text(Options.Store) ?? RunOptions.DefaultStore;

    /// <summary>The selected run. Throws all errors recorded so far.</summary>
    public static RunSummary One(ParsedOptions given, Argument? argument = null) =>
        Several(given, argument ?? Run, atLeast: 1, atMost: 1)[0];

    /// <summary>The selected runs. Throws all errors recorded so far.</summary>
    public static IReadOnlyList<RunSummary> Several(ParsedOptions given, int atLeast, Argument? argument = null) =>
        Several(given, argument ?? Runs, atLeast, int.MaxValue);

    static IReadOnlyList<RunSummary> Several(ParsedOptions given, Argument argument, int atLeast, int atMost)
    {
        var words = given.Words(argument);
        if (words.Count < atLeast)
        {
            given.Faults.Add(
                $"Specify {(atLeast == 1 ? "a run" : $"at least {atLeast} runs")} by id, by name or by the beginning of an id. "
                + "'gridworld runs' lists them.");
        }

        foreach (string word in words.Skip(atMost))
            given.Faults.Add($"'{Printable.Text(word)}' is one argument too many.");
        return Find(given, words.Take(atMost));
    }

    /// <summary>The runs that words select. Throws all errors recorded so far.</summary>
    public static IReadOnlyList<RunSummary> Find(ParsedOptions given, IEnumerable<string> words)
    {
        var found = new List<RunSummary>();
        foreach (string word in words)
            given.Faults.Collect(() => found.Add(StoreFolder.Find(word, Store(given))));
        foreach (var run in found.Where(r => r.Error is not null))
            given.Faults.Add(run.Error!);
        given.Faults.ThrowIfAny();
        return found;
    }

    /// <summary>The ensemble that a word means, unless a run has that id or name; null if it means a run.</summary>
    public static SweepSummary? EnsembleOf(ParsedOptions given, string word)
    {
        if (word.Contains('/', StringComparison.Ordinal) || SweepFolder.TryFind(word, Store(given)) is not { IsEnsemble: true } found)
            return null;
        return found.Id == word || !StoreFolder.List(Store(given)).Any(r => r.Id == word || r.Name == word) ? found : null;
    }

    /// <summary>The ids and names of the runs in a folder.</summary>
    public static IEnumerable<string> Names(string store) =>
        StoreFolder.List(store).SelectMany(r => new[] { r.Id, r.Name }).Where(name => !string.IsNullOrEmpty(name)).Distinct();

    public static RunView View(ParsedOptions given, RunSummary run) => GridWorld.Run.Open(run.Id, Store(given));
}
