namespace GridWorld;

/// <summary>
/// Samples episodes as the options of a run require: mean Q and action counts of each, and the steps of the first episodes.
/// </summary>
internal sealed class EpisodeSamples
{
    readonly RunOptions options;
    readonly List<EpisodeTrace> traces = [];
    StepRecorder? recorder;

    public EpisodeSamples(RunOptions options, TrainingLoop loop)
    {
        this.options = options;
        bool keepsSteps = options.TraceEpisodes > loop.Episodes;
        if (options.SampleEveryEpisode || keepsSteps)
            recorder = loop.Recorder = new(loop.Actions) { MostSteps = RunOptions.MostTracedSteps, KeepSteps = keepsSteps };
    }

    /// <summary>Whether samples are taken at the end of every episode.</summary>
    public bool AreTaken => recorder is not null;

    public IReadOnlyList<EpisodeTrace> Traces => traces;

    /// <summary>Stops sampling.</summary>
    public void Stop() => recorder = null;

    /// <summary>Adds a sample to the row of the episode that has ended, if any.</summary>
    public void Take(TrainingLoop loop, EpisodeBuffer rows)
    {
        if (recorder is null || loop.InEpisode || rows.Count == 0)
            return;
        rows.Sample(rows.Count - 1, MeanGreedyValue(loop), recorder.ActionCounts);
        bool isOver = recorder.Episode >= options.TraceEpisodes;
        if (recorder is { KeepSteps: true, IsOver: false } && recorder.Episode <= options.TraceEpisodes)
        {
            traces.Add(new(recorder.Episode, [.. recorder.Steps]));
            recorder.MostSteps -= recorder.Length;
        }

        // A trace ends with the last episode that fits completely. The sampled rows do not depend on it.
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
