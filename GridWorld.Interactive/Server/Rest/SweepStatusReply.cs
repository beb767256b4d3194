using System.Globalization;
using System.Text;

namespace GridWorld;

/// <summary>Sends how a sweep or an ensemble stands.</summary>
internal static class SweepStatusReply
{
    public static Task SendAsync(Call call, ServedSweep sweep, ServedRuns runs) => Reply.Json(call.Http,
        sweep.Ensemble is { } ensemble ? Of(ensemble, sweep, call, runs) : Of(sweep.Sweep!, sweep, call, runs),
        WireJson.Default.WireSweepStatus);

    static WireSweepStatus Of(SweepView view, ServedSweep sweep, Call call, ServedRuns runs)
    {
        var (of, best) = (view.Definition, sweep.Trials().Best);
        var now = view.Status() with { State = sweep.State };
        var part = new WireSweepPart(of.Objective, sweep.HigherIsBetter, now.Trials, now.Ended, now.Failed, of.Seeds, of.TestSeeds,
            of.Sampler.ToString().ToLowerInvariant(), of.Pruner.ToString().ToLowerInvariant(),
            [.. of.Worlds.SelectMany(world => of.Learners.Select(learner => new WireSweepGroup(WireText.Name(world), learner)))],
            [.. of.Space.Select(p => p.Name)], [.. best.Select(b => new WireBest(WireText.Name(b.World), b.Learner, b.Trial,
                new(Encoding.UTF8.GetBytes(b.Settings.ToJson())), b.Objective, b.TestObjective, b.Interval?.Low, b.Interval?.High))],
            view is not SweepRun run ? [] : run.Board.Workers().Select(w => w with { Name = WireText.Name(w.Name) }));
        return new(view.Id, WireText.Name(view.Name), now.State, SweepControlEndpoints.CanControl(sweep, now.State, call),
            SweepControlEndpoints.CanResume(sweep, now.State, call), WireText.Name(string.Join(", ", of.Worlds)),
            WireText.Name(string.Join(", ", of.Learners)), now.Steps, now.Seconds, now.SecondsLeft, Words(now.Message, call, runs), part,
            null);
    }

    static WireSweepStatus Of(EnsembleView view, ServedSweep sweep, Call call, ServedRuns runs)
    {
        var (now, of) = (view.Status(), view.Specification);
        var (mean, interval) = sweep.Score();
        double? seconds = now.StepsPerSecond > 0 ? now.Steps / now.StepsPerSecond : null;
        return new(view.Id, WireText.Name(view.Name), now.State, SweepControlEndpoints.CanControl(sweep, now.State, call),
            SweepControlEndpoints.CanResume(sweep, now.State, call), WireText.Name(of.World.Name), of.Learner.Name, now.Steps, seconds,
            now is { State: RunState.Training, Episodes: > 0, TargetEpisodes: { } target }
                ? seconds / now.Episodes * (target - now.Episodes) : null, Words(now.Message, call, runs), null,
            new(now.Seeds, of.Seed.ToString(CultureInfo.InvariantCulture), now.Failed, now.Episodes, now.TargetEpisodes,
            now.StepsPerSecond, mean, interval?.Low, interval?.High));
    }

    static string? Words(string? message, Call call, ServedRuns runs) =>
        WireText.Long(message is null || call.Scope == Scope.Control ? message : runs.WithoutFolders(message));
}
