namespace GridWorld;

/// <summary>
/// Draws how a run learned: its picture after more and more episodes, all with the axes and the color scale of the last one.
/// </summary>
internal static class RunAnimation
{
    /// <summary>The number of pictures if none is given.</summary>
    public const int Usual = 48;

    const int Each = 12, Last = 250; // hundredths of a second

    /// <summary>The animation as GIF.</summary>
    /// <param name="run">The run.</param>
    /// <param name="frames">The most pictures.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static (byte[] Gif, int Frames) Write(RunView run, int frames, CancellationToken cancellationToken)
    {
        var status = run.StatusWithSolution();
        var episodes = Episodes(status.Episodes, frames);
        var whole = run.Past(episodes[^1], cancellationToken);
        var scales = PictureScales.Of(whole, status);
        GifImage? gif = null;
        foreach (long episode in episodes)
        {
            var past = run.Past(episode, cancellationToken);
            var then = past.Status() with
            {
                State = RunState.Training, TargetEpisodes = episodes[^1], StepsPerSecond = 0, OptimalReturn = status.OptimalReturn,
            };
            var raster = new Raster(RunPicture.DrawNamed(past, then, scales), 1);
            gif ??= new(raster.Width, raster.Height);
            gif.Add(raster.Pixels, episode == episodes[^1] ? Last : Each);
        }

        return (gif!.ToArray(), episodes.Count);
    }

    /// <summary>
    /// The episodes after which to draw: 0, and others up to the last one whose distances grow by the same factor, because most is learned
    /// at the beginning.
    /// </summary>
    public static IReadOnlyList<long> Episodes(long last, int most)
    {
        var episodes = new SortedSet<long> { 0, last };
        for (int k = 0; k < most - 2; k++)
            episodes.Add((long)Math.Round(Math.Pow(last, k / (most - 2.0))));
        return [.. episodes.Where(e => e <= last)];
    }
}
