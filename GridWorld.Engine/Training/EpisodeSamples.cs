namespace GridWorld;

/// <summary>What a run's options want of single episodes: mean Q and action counts of each, and the steps of the first.</summary>
internal sealed class EpisodeSamples
{
    readonly RunOptions options;
    readonly List<(long Episode, EpisodeStep[] Steps)> traces = [];
    StepRecorder? recorder;

    public EpisodeSamples(RunOptions options, TrainingLoop loop)
    {
        this.options = options;
        bool keepsSteps = options.TraceEpisodes > loop.Episode;
        if (options.SampleEveryEpisode || keepsSteps)
            recorder = loop.Recorder = new(loop.Actions) { MostSteps = RunOptions.MostTracedSteps, KeepSteps = keepsSteps };
    }

    /// <summary>Whether samples are taken, at the end of every episode.</summary>
    public bool AreTaken => recorder is not null;

    public IReadOnlyList<(long Episode, EpisodeStep[] Steps)> Traces => traces;

    /// <summary>No more is taken.</summary>
    public void Stop() => recorder = null;

    /// <summary>Takes a sample of the episode that has ended, if one has, into its row.</summary>
    public void Take(TrainingLoop loop, EpisodeBuffer rows)
    {
        if (recorder is null || loop.InEpisode || rows.Count == 0)
            return;
        rows.Sample(rows.Count - 1, MeanGreedyValue(loop), recorder.ActionCounts);
        bool isOver = recorder.Episode >= options.TraceEpisodes;
        if (recorder is { KeepSteps: true, IsOver: false } && recorder.Episode <= options.TraceEpisodes)
        {
            traces.Add((recorder.Episode, [.. recorder.Steps]));
            recorder.MostSteps -= recorder.Length;
        }

        // A trace ends with the last episode that fits as a whole; which rows are sampled does not depend on it.
        recorder.KeepSteps &= !isOver && !recorder.IsOver;
        if (!options.SampleEveryEpisode && isOver)
            recorder = loop.Recorder = null;
    }

    static double MeanGreedyValue(TrainingLoop loop)
    {
        double sum = 0;
        int visited = 0;
        for (int s = 0; s < loop.States; s++)
        {
            if (loop.Visits.OfState(s) == 0)
                continue;
            sum += Greedy.Of(loop.Values.Row(s)).Value;
            visited++;
        }

        return visited == 0 ? 0 : sum / visited;
    }
}
