using System.Collections.Immutable;

namespace GridWorld;

/// <summary>Records the steps of the current episode.</summary>
internal sealed class StepRecorder(int actions)
{
    readonly List<EpisodeStep> steps = [];
    readonly int[] actionCounts = new int[actions];
    readonly double[] chosenFrom = new double[actions];
    bool isChosen;
    (int State, int Action, bool Explored, ImmutableArray<double> Q) now;

    /// <summary>The number of the episode.</summary>
    public long Episode { get; private set; }

    /// <summary>Whether to keep the steps or only to count their actions.</summary>
    public bool KeepSteps { get; set; } = true;

    /// <summary>The first step to keep, from 1.</summary>
    public long FirstStep { get; init; } = 1;

    /// <summary>The most steps to keep.</summary>
    public long MostSteps { get; set; } = long.MaxValue;

    /// <summary>Whether the episode has more steps than are kept.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Number of steps of the episode, kept or not.</summary>
    public int Length { get; private set; }

    /// <summary>Undiscounted sum of the rewards, unless a planner sets the value at the start.</summary>
    public double Return { get; set; }

    /// <summary>The state of the newest step.</summary>
    public int State { get; private set; }

    /// <summary>The action of the newest step.</summary>
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

    /// <summary>Keeps the row from which an action is chosen ahead of its step, because the row may change before the step.</summary>
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
            now = (state, action, explored, [.. isChosen ? chosenFrom : q]);
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
