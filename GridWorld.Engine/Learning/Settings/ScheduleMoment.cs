namespace GridWorld;

/// <summary>The counts, from 0, at the moment when a hyperparameter is used.</summary>
internal readonly record struct ScheduleMoment(long Episode, long Step, long StateVisits, long PairVisits)
{
    public long Count(ScheduleUnit unit) => unit switch
    {
        ScheduleUnit.Episodes => Episode,
        ScheduleUnit.Steps => Step,
        ScheduleUnit.StateVisits => StateVisits,
        _ => PairVisits,
    };
}
