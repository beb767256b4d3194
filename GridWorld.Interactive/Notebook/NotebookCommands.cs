namespace GridWorld;

/// <summary>The subcommands of the magic command <c>#!gridworld</c>. Each returns the value that the cell shows.</summary>
internal static class NotebookCommands
{
    /// <summary>The runs of the default store as a table.</summary>
    public static object Runs() => GridWorld.Runs.List();

    /// <summary>The live view of a run.</summary>
    /// <param name="run">An id, a name, or the beginning of an id.</param>
    /// <exception cref="InputException">There is no such run, or the name is missing.</exception>
    public static object Watch(string? run)
    {
        if (string.IsNullOrEmpty(run))
            throw new InputException("Name a run: #!gridworld watch NAME. #!gridworld runs lists the names and ids.");
        var found = StoreFolder.Find(run);
        return (WidgetServer.IsDefaultRunning ? WidgetServer.Default.Runs.Live(found.Id)?.View : null) ?? Run.Open(found.Id);
    }

    /// <summary>The names and ids of all stored runs, newest first.</summary>
    public static IEnumerable<string> Names() => StoreFolder.List().Reverse().SelectMany(run => new[] { run.Name, run.Id }).Distinct();

    /// <summary>Returns the help for an empty word, and throws for a word that is not a command.</summary>
    public static object Of(string word) => word.Length == 0 ? Help()
        : throw new InputException($"'{Printable.Text(word)}' is not a #!gridworld command. Use runs, watch NAME or help.");

    /// <summary>The commands, one line each.</summary>
    public static object Help() => new Facts(
        ("#!gridworld runs", "lists the stored runs"),
        ("#!gridworld watch NAME", "shows the live view of a run, by its name or id"),
        ("#!gridworld help", "lists the commands"));

    [TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
    sealed class Facts(params (string Name, string Text)[] facts) : ICellOutput
    {
        public CellOutput Output() => FactOutput.Of(facts);
    }
}
