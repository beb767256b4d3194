using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Files to keep: a run's tables, and the run itself.</summary>
internal sealed class FileEndpoints(ServedRuns runs)
{
    // What an answer over the network may run again is bounded; gridworld export writes every episode.
    const string KeptHeader = "GridWorld-Kept-Episodes";

    // Each that is read takes as much of the disk as the run's file does, for as long as its reader takes.
    const int MostCopies = 4;
    readonly SemaphoreSlim copies = new(MostCopies);

    /// <summary>One table of the run, as CSV or JSON; of the metrics the episodes that are kept singly, which a header names.</summary>
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
        // A run that trains has more rows by the time they are written.
        return RunTables.Metrics(view, all: false, last: kept.Count == 0 ? 0 : kept[^1].Last);
    }

    /// <summary>The run's own file, as it is at one moment: it can be put into any store and looked at, or trained on.</summary>
    public async Task RunFile(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        query.Done();
        var view = runs.FindOrOnly(query.Session).View;
        if (view.StorePath is not { } path)
        {
            await Reply.Problem(call.Http, StatusCodes.Status409Conflict, ["This run is kept in memory only, so it has no file. Export its tables, or train with a store."]);
            return;
        }

        if (!copies.Wait(0, CancellationToken.None))
        {
            await Reply.Problem(call.Http, StatusCodes.Status503ServiceUnavailable, [$"{MostCopies} run files are being downloaded. Try again when one of them is done."]);
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
            // It has no name while it is read, so that no end of the process leaves it behind.
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
