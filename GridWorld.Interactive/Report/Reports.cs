using System.Text;

namespace GridWorld;

/// <summary>Saves a run as one HTML page to keep, send or print.</summary>
public static class Reports
{
    /// <summary>
    /// Writes a report with facts, learning curve, maps, hyperparameter changes, comparison with the optimum, diagnostics, the
    /// specification that reproduces the run, and its data for download. The report is one file that needs no server, network or scripts.
    /// </summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file, usually .html. An existing file is replaced.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
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
