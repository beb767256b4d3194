namespace GridWorld;

/// <summary>The hyperparameters of a learner. Constants are evaluated once, schedules whenever they can change.</summary>
internal sealed class ScheduledHyperparameters
{
    readonly Hyperparameters constants;
    readonly (int Place, bool ShapesChoice, Schedule Schedule)[] changing;

    public ScheduledHyperparameters(LearnerOptions options)
    {
        var all = options.Hyperparameters.Select((h, place) => (h.Name, Place: place, ShapesChoice: h.Shapes is not null,
            Schedule: h.Get(options))).ToList();
        var first = new Hyperparameters();
        foreach (var h in all)
            first[h.Name] = h.Schedule.First;
        // A planner replaces values, which is a learning rate of 1, and does not explore.
        if (all.TrueForAll(h => h.Name != "learning_rate"))
            first.LearningRate = 1;
        if (all.TrueForAll(h => h.Name != "epsilon"))
            first.Epsilon = 0;
        constants = first;
        changing = [.. all.Where(h => h.Schedule is not ConstantSchedule).Select(h => (h.Place, h.ShapesChoice, h.Schedule))];
        ChangeWithinEpisode = all.Any(h => h.Schedule.ChangesWithinEpisode);
    }

    /// <summary>Whether any value can change between episodes.</summary>
    public bool ChangeByEpisode => changing.Length > 0;

    /// <summary>Whether any value can change within an episode.</summary>
    public bool ChangeWithinEpisode { get; }

    public Hyperparameters At(in ScheduleMoment moment)
    {
        var now = constants;
        var choice = moment with { PairVisits = moment.StateVisits };
        foreach (var (place, shapesChoice, schedule) in changing)
            now.Put(place, schedule.At(shapesChoice ? choice : moment));
        return now;
    }
}
