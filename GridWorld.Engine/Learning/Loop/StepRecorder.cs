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
public sealed record EpisodeStep(int Step, int State, int Action, bool Explored, double Reward, int NextState, StepEnd End, double[] Q,
    double NewValue);

/// <summary>Keeps the steps of the episode that is going on.</summary>
internal sealed class StepRecorder(int actions)
{
    readonly List<EpisodeStep> steps = [];
    readonly int[] actionCounts = new int[actions];
    readonly double[] chosenFrom = new double[actions];
    bool isChosen;
    (int State, int Action, bool Explored, double[] Q) now;

    /// <summary>The episode the steps belong to.</summary>
    public long Episode { get; private set; }

    /// <summary>Whether whole steps are kept, or their actions only counted.</summary>
    public bool KeepSteps { get; set; } = true;

    /// <summary>The first step that is kept, from 1.</summary>
    public long FirstStep { get; init; } = 1;

    /// <summary>The most steps that are kept.</summary>
    public long MostSteps { get; set; } = long.MaxValue;

    /// <summary>Whether the episode has more steps than are kept.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Steps of the episode, kept or not.</summary>
    public int Length { get; private set; }

    /// <summary>Undiscounted sum of their rewards.</summary>
    public double Return { get; private set; }

    /// <summary>Where the newest step was taken from.</summary>
    public int State { get; private set; }

    /// <summary>What was done there.</summary>
    public int Action { get; private set; }

    public IReadOnlyList<EpisodeStep> Steps => steps;

    bool IsKept => KeepSteps && Length + 1 >= FirstStep && steps.Count < MostSteps;

    public ReadOnlySpan<int> ActionCounts => actionCounts;

    public void Begin(long episode)
    {
        Episode = episode;
        steps.Clear();
        (Length, Return, IsOver, isChosen) = (0, 0, false, false);
        Array.Clear(actionCounts);
    }

    /// <summary>An action is chosen ahead of its step, from a row that may have changed by then.</summary>
    public void Choose(ReadOnlySpan<double> q)
    {
        q.CopyTo(chosenFrom);
        isChosen = true;
    }

    public void Before(int state, int action, bool explored, ReadOnlySpan<double> q)
    {
        actionCounts[action]++;
        (State, Action) = (state, action);
        if (IsKept)
            now = (state, action, explored, isChosen ? [.. chosenFrom] : q.ToArray());
        isChosen = false;
    }

    public void After(in TimeStep step, StepEnd end, double newValue)
    {
        bool isKept = IsKept;
        Length++;
        Return += step.Reward;
        IsOver |= KeepSteps && steps.Count == MostSteps;
        if (isKept)
            steps.Add(new(Length, now.State, now.Action, now.Explored, step.Reward, step.State, end, now.Q, newValue));
    }
}
