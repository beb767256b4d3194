using System.Text;

namespace GridWorld;

/// <summary>A run as one page to keep, send or print.</summary>
public static class Reports
{
    /// <summary>
    /// Writes a report: facts, learning curve, maps, what was changed, comparison with the optimum, diagnostics, how to repeat the run, and its data to download. One file
    /// that needs no server, no network and no script.
    /// </summary>
    /// <param name="run">The run, trained or still training.</param>
    /// <param name="path">The file, usually .html; it is replaced.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void SaveReport(this Run run, string path) => SaveReport(Given.NotNull(run).View, path);

    /// <inheritdoc cref="SaveReport(Run, string)"/>
    public static void SaveReport(this RunView run, string path)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(path);
        using var file = new OutputFile(path);
        using (var html = new StreamWriter(file.Stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" })
            new ReportPage(run, html).Write();
        file.Complete();
    }
}
