using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Which stored runs: the words of the command line, and the views they stand for.</summary>
internal static class RunInput
{
    const string Description = "its id, its name (the newest run that has it), or the beginning of its id. 'gridworld runs' lists them.";

    /// <summary>Where one run is taken.</summary>
    public static readonly Argument<string[]> Run = Options.Words("RUN", $"A run: {Description}", ArgumentArity.ExactlyOne);

    /// <summary>Where several may be.</summary>
    public static readonly Argument<string[]> Runs = Options.Words("RUN", $"Runs, each by {Description}", ArgumentArity.OneOrMore);

    /// <summary>Where all are meant if none is named.</summary>
    public static readonly Argument<string[]> AnyRuns = Options.Words("RUN", $"Runs, each by {Description} Default: all.", ArgumentArity.ZeroOrMore);

    /// <summary>The store's folder.</summary>
    public static string Store(Given given) => given.Text(Options.Store) ?? RunOptions.DefaultStore;

    /// <summary>The one run; throws with every fault noted so far.</summary>
    public static RunSummary One(Given given) => Several(given, Run, atLeast: 1, atMost: 1)[0];

    /// <summary>All the runs named; throws with every fault noted so far.</summary>
    public static IReadOnlyList<RunSummary> Several(Given given, int atLeast, Argument? argument = null) => Several(given, argument ?? Runs, atLeast, int.MaxValue);

    static IReadOnlyList<RunSummary> Several(Given given, Argument argument, int atLeast, int atMost)
    {
        var words = given.Words(argument);
        if (words.Count < atLeast)
            given.Faults.Add($"Name {(atLeast == 1 ? "a run" : $"at least {atLeast} runs")}: by id, by name, or by the beginning of an id. 'gridworld runs' lists them.");
        foreach (string word in words.Skip(atMost))
            given.Faults.Add($"'{Printable.Text(word)}' is one word too many.");
        return Find(given, words.Take(atMost));
    }

    /// <summary>The runs that some words stand for; throws with every fault noted so far.</summary>
    public static IReadOnlyList<RunSummary> Find(Given given, IEnumerable<string> words)
    {
        var found = new List<RunSummary>();
        foreach (string word in words)
            given.Faults.Collect(() => found.Add(StoreFolder.Find(word, Store(given))));
        foreach (var run in found.Where(r => r.Error is not null))
            given.Faults.Add(run.Error!);
        given.Faults.ThrowIfAny();
        return found;
    }

    public static RunView View(Given given, RunSummary run) => GridWorld.Run.Open(run.Id, Store(given));
}
