namespace GridWorld;

/// <summary>What the magic command <c>#!gridworld</c> does: each gives what the cell shows.</summary>
internal static class NotebookCommands
{
    /// <summary>The runs of the default store as a table.</summary>
    public static object Runs() => GridWorld.Runs.List();

    /// <summary>The live view of a run.</summary>
    /// <param name="run">An id, a name, or the beginning of an id.</param>
    /// <exception cref="InputException">There is no such run, or none was named.</exception>
    public static object Watch(string? run)
    {
        if (string.IsNullOrEmpty(run))
            throw new InputException("Which run? #!gridworld watch NAME, with a name or an id from #!gridworld runs.");
        var found = StoreFolder.Find(run);
        return (WidgetServer.IsDefaultRunning ? WidgetServer.Default.Runs.Live(found.Id)?.View : null) ?? StoreFolder.View(found.Id);
    }

    /// <summary>What a run may be called by, newest first.</summary>
    public static IEnumerable<string> Names() => StoreFolder.List().Reverse().SelectMany(run => new[] { run.Name, run.Id }).Distinct();

    /// <summary>What a word means that is none of the commands; without one, it is asked what there is.</summary>
    public static object Of(string word) => word.Length == 0 ? Help()
        : throw new InputException($"#!gridworld has no '{Printable.Text(word)}'. Use runs, watch NAME or help.");

    /// <summary>The commands, one line each.</summary>
    public static object Help() => new Facts(
        ("#!gridworld runs", "lists the stored runs"),
        ("#!gridworld watch NAME", "shows the live view of a run, by its name or id"),
        ("#!gridworld help", "shows this"));

    [TypeFormatterSource(typeof(CellOutputFormatters), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Text])]
    sealed class Facts(params (string Name, string Text)[] facts) : ICellOutput
    {
        public CellOutput Output() => FactOutput.Of(facts);
    }
}
