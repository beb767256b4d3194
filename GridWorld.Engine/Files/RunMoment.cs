namespace GridWorld;

/// <summary>A run and its status at one moment, including the known optimum.</summary>
internal sealed record RunMoment(RunView View, RunStatus Status)
{
    public static RunMoment Of(RunView view)
    {
        var solution = view.SolveExactly(); // first, because a status without it starts a second computation
        var status = view.Status();
        return new(view, status.Judged(solution, status.TruthMessage));
    }
}
