using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>The read requests about sweeps and ensembles.</summary>
internal sealed class SweepEndpoints(ServedRuns runs, ReplayTurn turn)
{
    const int MostRows = 1000, MostLines = 100, MostForImportance = 2000;
    readonly ServedSweeps sweeps = runs.Sweeps;

    public Task List(Call call)
    {
        new QueryInput(call.Http.Request.Query).Done();
        return Reply.Json<IReadOnlyList<WireSweep>>(call.Http, [.. sweeps.List().Select(s => new WireSweep(s.Id, WireText.Name(s.Name),
            s.IsEnsemble ? "ensemble" : "sweep", s.State, WireText.Name(s.World), WireText.Name(s.Learner),
            s.Created.ToUnixTimeMilliseconds(), s.Trials, s.Ended, s.Steps, WireText.Long(call.Scope == Scope.Control || s.Error is null
                ? s.Error : runs.WithoutFolders(s.Error))))], WireJson.Default.IReadOnlyListWireSweep);
    }

    /// <summary>Sends everything that the command line prints as JSON.</summary>
    public Task Whole(Call call)
    {
        new QueryInput(call.Http.Request.Query).Done();
        var sweep = Find(call);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (sweep.Ensemble is { } ensemble)
                SweepJsonFile.Write(json, ensemble);
            else
                SweepJsonFile.Write(json, sweep.Sweep!, sweep.Sweep!.Status(), sweep.Trials().Trials, sweep.Trials().Best);
        }

        call.Http.Response.ContentType = "application/json";
        return Reply.Bytes(call.Http, buffer.WrittenMemory);
    }

    public Task Status(Call call)
    {
        new QueryInput(call.Http.Request.Query).Done();
        return SweepStatusReply.SendAsync(call, Find(call), runs);
    }

    public Task Trials(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (start, count) = Part(query);
        var (filter, sort) = (query.Text("filter"), query.Text("sort"));
        query.Done();
        var sweep = FindSweep(call);
        var (all, rows) = (sweep.Trials().Trials, sweep.Select(filter, sort));
        return Reply.Json(call.Http, new(all.Count, all.Count(t => t.IsTest), rows.Count, [.. rows.Skip(start).Take(count).Select(t =>
            new WireTrial(t.Number, WireText.Name(t.World), t.Learner, new(Encoding.UTF8.GetBytes(t.Settings.ToJson())),
            sweep.SeedCountOf(t), t.Objective, SeedTable.Word(t.State), t.Episodes, t.IsTest ? "test" : "tune", t.SameAs, t.Hash,
            WireText.Long(t.Error)))]), WireJson.Default.WireTrials);
    }

    public Task Seeds(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (start, count) = Part(query);
        var (filter, sort, trial) = (query.Text("filter"), query.Text("sort"), query.Integer("trial", 1, long.MaxValue));
        var sweep = Find(call);
        query.Require(sweep.Ensemble is not null || trial is not null, "trial is required: the number of the trial.").Done();
        var rows = RowFilter.Sort(sweep.Seeds(trial).Where(RowFilter.Read(filter, SeedFields, s => $"{s.Seed}\n{s.Error}")), sort,
            SeedFields).ToList();
        var prefix = sweep.Ensemble is not null ? sweep.Id : string.Create(CultureInfo.InvariantCulture, $"{sweep.Id}/{trial}");
        return Reply.Json(call.Http, new(rows.Count, [.. rows.Skip(start).Take(count).Select(s =>
            new WireSeed(string.Create(CultureInfo.InvariantCulture, $"{prefix}/{s.Seed}"), s.Seed.ToString(CultureInfo.InvariantCulture),
            SeedTable.Word(s.State), s.Episodes, s.Steps, s.MeanReturnLast100, s.Score, s.GreedyValue, WireText.Long(s.Error)))]),
            WireJson.Default.WireSeeds);
    }

    public Task Plot(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var filter = query.Text("filter");
        query.Done();
        return Reply.Json(call.Http, SweepPlot.Of(FindSweep(call), filter), WireJson.Default.WireSweepPlot);
    }

    /// <summary>Sends the importance of the settings in one world for one learner, from an even sample of the trials.</summary>
    public Task Importance(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var (world, learner) = (query.Text("world"), query.Text("learner"));
        query.Done();
        var sweep = FindSweep(call);
        var trials = sweep.Trials().Trials.Where(t => t is { IsTest: false, Objective: not null }
            && (world is null || t.World == world) && (learner is null || t.Learner == learner)).ToList();
        var step = Math.Max(1, (trials.Count + MostForImportance - 1) / MostForImportance);
        var some = trials.Where((_, k) => k % step == 0).ToList();
        return turn.AnswerAsync(call.Http, _ => sweep.Sweep!.ImportancesIn(some, world, learner), shares =>
            Reply.Json(call.Http, new(world ?? some.FirstOrDefault()?.World ?? "", learner ?? some.FirstOrDefault()?.Learner ?? "",
            some.Count, shares), WireJson.Default.WireImportances));
    }

    /// <summary>Sends the mean curve of an ensemble with its band, and the curves of some seeds.</summary>
    public Task Curve(Call call)
    {
        var query = new QueryInput(call.Http.Request.Query);
        var points = (int)(query.Integer("points", 1, SeedCurve.Most) ?? 200);
        var lines = (int)(query.Integer("lines", 0, MostLines) ?? 30);
        var axis = query.OneOf("axis", "episodes", "steps") == "steps" ? CurveAxis.Steps : CurveAxis.Episodes;
        var sweep = Find(call);
        query.Require(sweep.Ensemble is not null, "A sweep has no curve. GET api/sweep/ID/seeds lists the seeds of its trials.").Done();
        return turn.AnswerAsync(call.Http, _ => CurveOf(sweep.Curves(), axis, points, lines),
            curve => Reply.Json(call.Http, curve, WireJson.Default.WireEnsembleCurve));
    }

    static WireEnsembleCurve CurveOf(IReadOnlyList<StoredSeed> seeds, CurveAxis axis, int points, int lines)
    {
        var mean = EnsembleCurve.Of(seeds, axis, points);
        var alive = seeds.Where(s => s.Result.State != TrialState.Failed).ToList();
        var (_, curves) = EnsembleCurve.Common(seeds, axis, points);
        var step = Math.Max(1, (curves.Count + Math.Max(1, lines) - 1) / Math.Max(1, lines));
        return new([.. mean.Select(p => p.End)], [.. mean.Select(p => p.Mean)], [.. mean.Select(p => p.Low)],
            [.. mean.Select(p => p.High)], [.. curves.Index().Where(c => c.Index % step == 0).Take(lines).Select(c =>
                new WireSeedLine(alive[c.Index].Result.Seed.ToString(CultureInfo.InvariantCulture), c.Item))]);
    }

    ServedSweep Find(Call call) => SweepControlEndpoints.Find(sweeps, call);

    ServedSweep FindSweep(Call call) => Find(call) is { Sweep: not null } sweep ? sweep
        : throw new InputException("An ensemble has no trials. GET api/sweep/ID/seeds lists its seeds.");

    static (int Start, int Count) Part(QueryInput query) =>
        ((int)(query.Integer("start", 0, int.MaxValue) ?? 0), (int)(query.Integer("count", 1, MostRows) ?? 100));

    static RowField<SeedResult>[] SeedFields { get; } =
    [
        // Most seeds are exact as numbers; greater ones are compared as texts.
        new("seed", s => s.Seed <= 1UL << 53 ? (double)s.Seed : s.Seed.ToString(CultureInfo.InvariantCulture)),
        new("score", s => s.Score), new("return", s => s.MeanReturnLast100), new("greedy_value", s => s.GreedyValue),
        new("episodes", s => (double)s.Episodes), new("steps", s => (double)s.Steps), new("state", s => SeedTable.Word(s.State)),
        new("error", s => s.Error),
    ];
}
