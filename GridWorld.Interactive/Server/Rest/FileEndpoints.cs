using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Downloads of a run's tables and of the run file.</summary>
internal sealed class FileEndpoints(ServedRuns runs)
{
    // A reply does not replay missing episodes; gridworld export writes every episode.
    const string KeptHeader = "GridWorld-Kept-Episodes";

    // Each download needs as much disk space as the run file, for the duration of the download.
    const int MostCopies = 4;
    readonly SemaphoreSlim copies = new(MostCopies);

    /// <summary>
    /// Sends one table of the run, as CSV or JSON. Metrics contain only episodes with a stored raw row; a header lists them.
    /// </summary>
    public Task Export(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var what = query.OneOf("what", "metrics", "q-table", "policy", "events") ?? "metrics";
        var format = query.OneOf("format", "csv", "json") ?? "csv";
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        var table = what switch
        {
            "q-table" => RunTables.QTable(view),
            "policy" => RunTables.Policy(view),
            "events" => RunTables.Events(view),
            _ => Metrics(call.Http, view),
        };
        var name = $"{view.Name}-{what}.{format}";
        return format == "csv" ? RowReply.CsvAsync(call.Http, table, name) : RowReply.JsonAsync(call.Http, table, name);
    }

    static RowTable Metrics(HttpContext http, RunView view)
    {
        var kept = view.KeptEpisodes();
        http.Response.Headers[KeptHeader] = string.Join(", ", kept.Select(range => $"{range.First}-{range.Last}"));
        // A run in training has more rows by the time they are written.
        return RunTables.Metrics(view, all: false, last: kept.Count == 0 ? 0 : kept[^1].Last);
    }

    /// <summary>Sends a consistent copy of the run file, which can be opened or resumed in any store.</summary>
    public async Task RunFile(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        if (view.StorePath is not { } path)
        {
            await Reply.Problem(call.Http, StatusCodes.Status409Conflict,
                ["This run is kept in memory only, so it has no file. Export its tables, or train with a store."]);
            return;
        }

        if (!copies.Wait(0, CancellationToken.None))
        {
            await Reply.Problem(call.Http, StatusCodes.Status503ServiceUnavailable,
                [$"{MostCopies} run files are being downloaded. Try again when one of them is done."]);
            return;
        }

        var copy = Path.Combine(Path.GetTempPath(), $"gridworld-{Path.GetRandomFileName()}");
        try
        {
            await Task.Run(() => StoreFault.Explain(path, () =>
            {
                StoreFile.Copy(path, copy);
                return true;
            }), call.Http.RequestAborted);
            await using var file = new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            // Delete the name while the file is open, so that no file is left behind if the process ends.
            RunFiles.TryDelete(copy);
            call.Http.Response.ContentType = "application/vnd.sqlite3";
            call.Http.Response.Headers.ContentDisposition = RowReply.Attachment(Path.GetFileName(path));
            call.Http.Response.ContentLength = file.Length;
            await file.CopyToAsync(call.Http.Response.Body, call.Http.RequestAborted);
        }
        finally
        {
            RunFiles.TryDelete(copy);
            copies.Release();
        }
    }
}
