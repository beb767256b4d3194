namespace GridWorld;

/// <summary>The list of runs for the page's table, and what the table changes: stars, notes and deletions.</summary>
internal sealed class RunTableEndpoints(ServedRuns runs, ServedNotes notes, ReplayTurn turn)
{
    const int MostCompared = 150, LongestLabel = 120;

    readonly RunList list = new(runs, notes);

    /// <summary>
    /// Sends all runs with their settings, newest first, or with <c>after</c> only what has changed since that version. With
    /// <c>filter</c>, <c>sort</c>, <c>start</c> or <c>count</c> it sends a part of them; with <c>group</c>, groups of runs.
    /// </summary>
    public Task Runs(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var after = query.Integer("after", 0, long.MaxValue);
        var (start, count) = ((int?)query.Integer("start", 0, int.MaxValue), (int?)query.Integer("count", 1, int.MaxValue));
        var (filter, sort, group) = (query.Text("filter"), query.Text("sort"), query.Text("group"));
        var isPart = (start ?? count) is not null || (filter ?? sort ?? group) is not null;
        query.Require(after is null || !isPart, "Give after, or start, count, filter, sort and group, not both.").Done();
        var (from, most, mayControl) = (start ?? 0, count ?? int.MaxValue, call.Scope == Scope.Control);
        return group is not null
            ? Reply.Json(call.Http, list.Groups(group, filter, sort, from, most), WireJson.Default.WireRunGroups)
            : Reply.Json(call.Http, isPart ? list.Select(filter, sort, from, most, mayControl) : list.After(after, mayControl),
                WireJson.Default.WireRuns);
    }

    /// <summary>
    /// Compares the mean returns of two sides, each a list of run ids separated by commas. Runs of the same seed are compared with each
    /// other if both sides have the same seeds.
    /// </summary>
    public Task Comparison(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (first, second) = (Ids("first"), Ids("second"));
        var labels = (query.Text("first_label") ?? "the first side", query.Text("second_label") ?? "the second side");
        query.Require(first.Length > 0 && second.Length > 0, "Give first and second: the ids of each side's runs, separated by commas.")
            .Require(first.Length + second.Length <= MostCompared, $"At most {MostCompared} runs can be compared here.")
            .Require(labels.Item1.Length <= LongestLabel && labels.Item2.Length <= LongestLabel,
            $"A label must have at most {LongestLabel} characters.").Done();
        return turn.AnswerAsync(call.Http, _ => ScoreComparison.Of(list.Side(labels.Item1, first), list.Side(labels.Item2, second)),
            found => Reply.Json(call.Http, new(found.Sentence, found.Warnings, found.Better), WireJson.Default.WireComparison));

        string[] Ids(string name) => query.Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    /// <summary>Changes the star, the note, or both.</summary>
    public async Task Note(Call call)
    {
        var input = await JsonInput.ReadAsync(call.Http);
        var (starred, text) = (input.Flag("starred"), input.Text("note", RunNotes.Longest));
        input.Require(starred is not null || input.Has("note"), "Give starred, note, or both.").Done();
        runs.RequireRun(call.Argument);
        notes.Set(call.Argument, note => new(starred ?? note.Starred,
            input.Has("note") ? string.IsNullOrWhiteSpace(text) ? null : text.Trim() : note.Text));
        await Done(call);
    }

    /// <summary>Deletes a run that has ended, permanently, with its file and its note.</summary>
    public async Task Delete(Call call)
    {
        (await JsonInput.ReadAsync(call.Http)).Done();
        runs.Delete(call.Argument);
        notes.Set(call.Argument, _ => RunNote.None);
        await Done(call);
    }

    static Task Done(Call call)
    {
        call.Http.Response.ContentType = "application/json";
        return Reply.Bytes(call.Http, "{}"u8.ToArray());
    }
}
