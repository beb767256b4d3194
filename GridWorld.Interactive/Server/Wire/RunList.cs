using System.Globalization;
using System.Text;

namespace GridWorld;

/// <summary>
/// The list of all runs for the page's table, in versions: a page asks for what has changed since the version that it knows. Settings,
/// which most runs share, are sent once.
/// </summary>
internal sealed class RunList(ServedRuns runs, ServedNotes notes)
{
    readonly Lock gate = new();
    readonly Dictionary<string, (WireRun Row, long Since)> known = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> gone = new(StringComparer.Ordinal);
    readonly List<(WireRunSettings Settings, long Since)> settings = [];
    readonly Dictionary<(string, string, int, string), int> places = [];
    readonly Dictionary<string, (RunSettings Settings, double Created)> ofViews = new(StringComparer.Ordinal);

    // Later than any version of a server that ran before, so that a page of that server is sent the whole list.
    readonly long first = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    long version = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Gets the list, or the changes since a version of it.</summary>
    /// <param name="after">The version that the caller knows; null for none.</param>
    /// <param name="mayControl">Whether the caller may control runs. Others learn no folders from errors.</param>
    public WireRuns After(long? after, bool mayControl)
    {
        lock (gate)
        {
            var all = Look();
            var isWhole = after is not { } a || a < first || a > version;
            var since = isWhole ? -1 : after!.Value;
            return new(version, isWhole, mayControl, [.. settings.Where(s => s.Since > since).Select(s => s.Settings)],
                [.. Seen(all.Where(row => known[row.RunId].Since > since), mayControl)],
                isWhole ? [] : [.. gone.Where(g => g.Value > since).Select(g => g.Key)], isWhole ? all.Count : null);
        }
    }

    /// <summary>Gets a part of the runs that a filter lets through, in an order; by default newest first.</summary>
    /// <exception cref="InputException">The filter or the order is invalid.</exception>
    public WireRuns Select(string? filter, string? sort, int start, int count, bool mayControl)
    {
        lock (gate)
        {
            var (all, of) = (Look(), settings.ConvertAll(s => s.Settings));
            var rows = new RunFields(of).Select(all, filter, sort).ToList();
            return new(version, true, mayControl, of, [.. Seen(rows.Skip(start).Take(count), mayControl)], [], rows.Count);
        }
    }

    /// <summary>Gets a part of the groups of the runs that a filter lets through.</summary>
    /// <exception cref="InputException">The filter, the field of the groups or their order is invalid.</exception>
    public WireRunGroups Groups(string by, string? filter, string? sort, int start, int count)
    {
        lock (gate)
        {
            var (all, fields) = (Look(), new RunFields(settings.ConvertAll(s => s.Settings)));
            var groups = fields.Group(fields.Select(all, filter, null), by, sort);
            return new(groups.Count, [.. groups.Skip(start).Take(count)]);
        }
    }

    IEnumerable<WireRun> Seen(IEnumerable<WireRun> rows, bool mayControl) => mayControl ? rows : rows.Select(Bare);

    /// <summary>Gets runs as a side of a comparison of their mean returns over the last 100 episodes.</summary>
    /// <exception cref="UnknownRunException">One of the runs does not exist.</exception>
    /// <exception cref="InputException">One of the runs has no return or no settings.</exception>
    public ComparedScores Side(string label, IReadOnlyList<string> ids)
    {
        lock (gate)
        {
            Look();
            var (rows, faults) = (new List<WireRun>(), new Faults());
            foreach (var id in ids)
            {
                var row = known.TryGetValue(id, out var found) ? found.Row
                    : throw new UnknownRunException("One of these runs does not exist. GET api/runs lists the runs.");
                faults.Require(row.MeanReturn is { } mean && double.IsFinite(mean) && row.Settings >= 0,
                    $"{row.Name} has no finite mean return. Leave it out.");
                rows.Add(row);
            }

            faults.ThrowIfAny();
            var of = rows.Select(row => settings[row.Settings].Settings).ToList();
            return new(label, [.. rows.Select(row => row.MeanReturn!.Value)])
            {
                Seeds = [.. rows.Select(row => ulong.Parse(row.Seed!, CultureInfo.InvariantCulture))],
                World = Same(of.Select(s => s.WorldDigest)) is null ? "several" : $"{of[0].World} ({of[0].WorldDigest})",
                StepLimit = Same(of.Select(s => s.StepLimit.ToString(CultureInfo.InvariantCulture))) is null ? null : of[0].StepLimit,
                Episodes = (long)rows.Average(row => row.Episodes),
            };
        }

        static string? Same(IEnumerable<string> values) => values.Distinct().Take(2).ToList() is [var only] ? only : null;
    }

    WireRun Bare(WireRun row) => row with
    {
        Can = row.Can & WireRun.IsPlayback,
        Error = row.Error is null ? null : runs.WithoutFolders(row.Error),
    };

    List<WireRun> Look()
    {
        var next = version + 1;
        var all = new List<WireRun>(known.Count);
        notes.Refresh();
        foreach (var run in runs.Registered())
            all.Add(Row(run, next));
        foreach (var run in runs.Stored())
            all.Add(Row(run, next));
        var there = new HashSet<string>(all.Count, StringComparer.Ordinal);
        foreach (var row in all)
        {
            there.Add(row.RunId);
            if (known.TryGetValue(row.RunId, out var before) && before.Row == row)
                continue;
            (known[row.RunId], version) = ((row, next), next);
            gone.Remove(row.RunId);
        }

        if (known.Count > there.Count)
            foreach (var id in known.Keys.Where(id => !there.Contains(id)).ToList())
            {
                known.Remove(id);
                ofViews.Remove(id);
                (gone[id], version) = (next, next);
            }

        return all;
    }

    WireRun Row(WatchedRun run, long since)
    {
        var (view, status) = (run.View, run.View.Status());
        if (!ofViews.TryGetValue(view.Id, out var constant))
            ofViews[view.Id] = constant = (RunSettings.Of(view.Specification),
                view.EventLog is [var begun, ..] ? WireRun.SinceEpoch(begun.Timestamp) : first);
        var isEnded = status.State is not (RunState.Training or RunState.Paused);
        var can = view is ReplayedRun ? WireRun.IsPlayback
            : isEnded ? WireRun.CanDelete | (view is Run && status.State is not (RunState.Completed or RunState.Stopped)
                ? 0 : WireRun.CanContinue) : 0;
        var note = notes.Of(view.Id);
        return new(view.Id, WireText.Name(view.Name), status.State, status.Episodes, status.TargetEpisodes, status.Steps,
            status.MeanReturnLast100, status.GreedyValue, status.OptimalValue, constant.Created,
            Place(view.World.Name, constant.Settings, since), can, note.Starred, constant.Settings.Seed, WireText.Long(note.Text), null);
    }

    WireRun Row(RunSummary run, long since)
    {
        var note = notes.Of(run.Id);
        var can = run.State is RunState.Training or RunState.Paused ? 0
            : run.Error is not null ? WireRun.CanDelete
            : WireRun.CanDelete | WireRun.CanContinue | (run.State == RunState.Interrupted ? WireRun.CanResume : 0);
        return new(run.Id, WireText.Name(run.Name), run.State, run.Episodes, run.TargetEpisodes, run.Steps, run.MeanReturnLast100, null,
            null, WireRun.SinceEpoch(run.Created), run.Settings is null ? -1 : Place(run.World, run.Settings, since), can,
            note.Starred, run.Settings?.Seed, WireText.Long(note.Text), WireText.Long(run.Error));
    }

    int Place(string world, RunSettings of, long since)
    {
        var key = (world, of.World, of.StepLimit, of.Learner);
        if (!places.TryGetValue(key, out var place))
        {
            places[key] = place = settings.Count;
            settings.Add((new(place, WireText.Name(world), of.World, of.StepLimit, new(Encoding.UTF8.GetBytes(of.Learner))), since));
        }

        return place;
    }
}
