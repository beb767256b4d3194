namespace GridWorld;

/// <summary>The hyperparameters of a learner, constants evaluated once and schedules at the moments they can change.</summary>
internal sealed class ScheduledHyperparameters
{
    readonly Hyperparameters constants;
    readonly (Hyperparameter Setting, Schedule Schedule)[] changing;

    public ScheduledHyperparameters(LearnerOptions options)
    {
        var all = Hyperparameter.All.Where(h => h.Get(options) is not null).Select(h => (Setting: h, Schedule: h.Get(options)!)).ToArray();
        foreach (var (setting, schedule) in all)
            setting.Put(ref constants, schedule.First);
        changing = [.. all.Where(a => a.Schedule is not ConstantSchedule)];
        ChangeWithinEpisode = all.Any(a => a.Schedule.ChangesWithinEpisode);
    }

    /// <summary>Whether any value may differ from one episode to the next.</summary>
    public bool ChangeByEpisode => changing.Length > 0;

    /// <summary>Whether any value may change within an episode.</summary>
    public bool ChangeWithinEpisode { get; }

    public Hyperparameters At(in ScheduleMoment moment)
    {
        var now = constants;
        var choice = moment with { PairVisits = moment.StateVisits };
        foreach (var (setting, schedule) in changing)
            setting.Put(ref now, schedule.At(setting.ShapesChoice ? choice : moment));
        return now;
    }
}
