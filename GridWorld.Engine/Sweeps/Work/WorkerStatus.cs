namespace GridWorld;

/// <summary>Another machine that trains for a sweep.</summary>
/// <param name="Name">Its machine and process.</param>
/// <param name="Threads">Number of threads that train.</param>
/// <param name="TrialsPerSecond">Pieces of work that it finishes in a second.</param>
/// <param name="Silent">Seconds since its last sign of life.</param>
/// <param name="Restarts">How often it lost its connection.</param>
/// <param name="Lost">Seconds that it was without one.</param>
/// <param name="IsGone">Whether its work was given to others.</param>
internal sealed record WorkerStatus(string Name, int Threads, double TrialsPerSecond, double Silent, int Restarts, double Lost,
    bool IsGone)
{
    public override string ToString() =>
        FormattableString.Invariant($"{Name}: {Printable.Count(Threads, "thread")}, {TrialsPerSecond:F1} trials/s")
            + (IsGone ? ", gone" : Silent > 3 ? FormattableString.Invariant($", silent for {Silent:F0} s") : "")
            + (Restarts > 0 ? FormattableString.Invariant($", {Lost:F0} s lost to {Printable.Count(Restarts, "restart")}") : "");
}
