namespace GridWorld;

/// <summary>The unit that a schedule counts.</summary>
public enum ScheduleUnit
{
    /// <summary>Episodes that have ended.</summary>
    Episodes,

    /// <summary>Steps of the run.</summary>
    Steps,

    /// <summary>Visits of the state.</summary>
    StateVisits,

    /// <summary>Times the action was taken in the state.</summary>
    StateActionVisits,
}
