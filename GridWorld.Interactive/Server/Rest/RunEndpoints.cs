namespace GridWorld;

/// <summary>The REST API for runs. Reading requires the view token, steering the control token. Every change is a POST.</summary>
internal static class RunEndpoints
{
    const string Session = "/api/training-session/*/", Sweep = "/api/sweep/*/";

    public static IEnumerable<Route> Routes(ServedRuns runs, ReplayTurn turn)
    {
        var (read, replay, control) = (new ReadEndpoints(runs, turn), new ReplayEndpoints(runs, turn), new ControlEndpoints(runs));
        var histograms = new HistogramEndpoints(runs, turn);
        var (detail, file) = (new DetailEndpoints(runs, turn, histograms), new FileEndpoints(runs));
        var (recorded, table) = (new RecordedSessionEndpoint(runs), new RunTableEndpoints(runs, new(runs), turn));
        var (sweep, steer) = (new SweepEndpoints(runs, turn), new SweepControlEndpoints(runs));
        return
        [
            new("GET", "/api/training-sessions", Scope.View, read.Sessions),
            new("GET", "/api/runs", Scope.View, table.Runs),
            new("GET", "/api/comparison", Scope.View, table.Comparison),
            new("GET", "/api/sweeps", Scope.View, sweep.List),
            new("GET", "/api/sweep/*", Scope.View, sweep.Whole),
            new("GET", Sweep + "status", Scope.View, sweep.Status),
            new("GET", Sweep + "trials", Scope.View, sweep.Trials),
            new("GET", Sweep + "seeds", Scope.View, sweep.Seeds),
            new("GET", Sweep + "plot", Scope.View, sweep.Plot),
            new("GET", Sweep + "importance", Scope.View, sweep.Importance),
            new("GET", Sweep + "curve", Scope.View, sweep.Curve),
            new("GET", Sweep + "histogram", Scope.View, histograms.OfSeeds),
            new("POST", Sweep + "pause", Scope.Control, steer.Pause),
            new("POST", Sweep + "resume", Scope.Control, steer.Resume),
            new("POST", Sweep + "stop", Scope.Control, steer.Stop),
            new("GET", Session + "status", Scope.View, read.Status),
            new("GET", Session + "settings", Scope.View, read.Settings),
            new("GET", "/api/metrics", Scope.View, read.Metrics),
            new("GET", "/api/agent/state", Scope.View, read.AgentState),
            new("GET", "/api/agent/history", Scope.View, replay.History),
            new("GET", "/api/map", Scope.View, new MapEndpoint(runs).Map),
            new("GET", "/api/step", Scope.View, new StepEndpoint(runs, turn).Step),
            new("GET", "/api/extremes", Scope.View, replay.Extremes),
            new("GET", "/api/episode/*", Scope.View, replay.Episode),
            new("GET", "/api/episode/*/steps", Scope.View, replay.Steps),
            new("GET", "/api/trajectories", Scope.View, replay.Trajectories),
            new("GET", "/api/animation", Scope.View, replay.Animation),
            new("GET", "/api/events", Scope.View, read.Events),
            new("GET", "/api/episodes", Scope.View, detail.Episodes),
            new("GET", "/api/histogram", Scope.View, histograms.OfRun),
            new("GET", "/api/checkpoints", Scope.View, detail.Checkpoints),
            new("GET", "/api/agent/policy", Scope.View, detail.Policy),
            new("GET", "/api/agent/table", Scope.View, detail.Table),
            new("GET", "/api/breakpoints", Scope.View, new BreakpointEndpoint(runs, turn).Find),
            new("GET", "/api/export", Scope.View, file.Export),
            new("GET", "/api/run-file", Scope.View, file.RunFile),
            new("GET", "/api/catalog", Scope.View, NewRunEndpoint.Catalog),
            new("POST", "/api/training-sessions", Scope.Control, new NewRunEndpoint(runs).Start),
            new("POST", Session + "fork", Scope.Control, new ForkEndpoint(runs, turn).Start),
            new("POST", Session + "pause", Scope.Control, control.Pause),
            new("POST", Session + "resume", Scope.Control, control.Resume),
            new("POST", Session + "stop", Scope.Control, control.Stop),
            new("POST", Session + "hyperparameters", Scope.Control, control.Hyperparameters),
            new("POST", Session + "rewards", Scope.Control, control.Reward),
            new("POST", Session + "checkpoints", Scope.Control, control.Checkpoint),
            new("POST", Session + "continue", Scope.Control, control.Continue),
            new("POST", Session + "pace", Scope.Control, control.Pace),
            new("POST", Session + "replay", Scope.Control, recorded.Show),
            new("POST", Session + "note", Scope.Control, table.Note),
            new("POST", Session + "delete", Scope.Control, table.Delete),
        ];
    }
}
