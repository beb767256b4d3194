namespace GridWorld;

/// <summary>One step as it was learned from.</summary>
/// <param name="Step">Place in the episode, from 1.</param>
/// <param name="State">The state S.</param>
/// <param name="Action">The action chosen in it.</param>
/// <param name="Explored">Whether chance, not the values, chose it.</param>
/// <param name="Reward">The reward R.</param>
/// <param name="NextState">The next state S′.</param>
/// <param name="End">Whether and why the episode ended with it.</param>
/// <param name="Q">The row Q(S, ·) that the action was chosen from.</param>
/// <param name="NewValue">Q(S, A) after the step was learned.</param>
public sealed record EpisodeStep(int Step, int State, int Action, bool Explored, double Reward, int NextState, StepEnd End, double[] Q, double NewValue);

/// <summary>Keeps the steps of the episode that is going on.</summary>
internal sealed class StepRecorder(int actions)
{
    readonly List<EpisodeStep> steps = [];
    readonly int[] actionCounts = new int[actions];
    (int State, int Action, bool Explored, double[] Q) now;

    /// <summary>The episode the steps belong to.</summary>
    public long Episode { get; private set; }

    /// <summary>Whether whole steps are kept, or their actions only counted.</summary>
    public bool KeepSteps { get; set; } = true;

    /// <summary>The most steps that are kept.</summary>
    public long MostSteps { get; init; } = long.MaxValue;

    /// <summary>Whether the episode has more steps than are kept.</summary>
    public bool IsOver { get; private set; }

    public IReadOnlyList<EpisodeStep> Steps => steps;

    public ReadOnlySpan<int> ActionCounts => actionCounts;

    public void Begin(long episode)
    {
        Episode = episode;
        steps.Clear();
        IsOver = false;
        Array.Clear(actionCounts);
    }

    public void Before(int state, int action, bool explored, ReadOnlySpan<double> q)
    {
        actionCounts[action]++;
        if (KeepSteps)
            now = (state, action, explored, q.ToArray());
    }

    public void After(in TimeStep step, StepEnd end, double newValue)
    {
        if (!KeepSteps)
            return;
        if (steps.Count == MostSteps)
            IsOver = true;
        else
            steps.Add(new(steps.Count + 1, now.State, now.Action, now.Explored, step.Reward, step.State, end, now.Q, newValue));
    }
}
