using System.Globalization;

namespace GridWorld;

/// <summary>
/// What a learner or a simulator written elsewhere threw, and where: the steps since the last boundary are rerun until it throws once more.
/// </summary>
internal static class ForeignFault
{
    const int StackLines = 3;
    const long MostSteps = 1 << 22;

    /// <summary>What was thrown, in a sentence.</summary>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="where">What <see cref="Where"/> gave.</param>
    public static string Words(Exception thrown, string where) =>
        thrown is InputException ? thrown.Message : $"{thrown.GetType().Name}{where}: {thrown.Message} {Stack(thrown)}";

    /// <summary>Advances a loop until it throws again, and says where; nothing if it does not.</summary>
    /// <param name="thrown">What was thrown before.</param>
    /// <param name="loop">The loop, at a boundary from before. Its episodes are those that had ended when it threw.</param>
    /// <param name="advance">Takes at most so many steps, ends at most so many episodes, until the buffer is full.</param>
    public static string Where(Exception thrown, TrainingLoop loop, Action<long, long, EpisodeBuffer> advance)
    {
        var recorder = loop.Recorder = new(loop.Actions) { MostSteps = 1 };
        try
        {
            var rows = new EpisodeBuffer(1);
            for (long last = loop.Steps + MostSteps; loop.Steps < last && !loop.IsNonFinite; rows.Count = 0)
                advance(last - loop.Steps, 1, rows);
        }
        catch (Exception again) when (again.GetType() == thrown.GetType())
        {
            return recorder.Episode <= loop.Episodes
                ? string.Create(CultureInfo.InvariantCulture, $" at the start of episode {loop.Episodes + 1}")
                : string.Create(CultureInfo.InvariantCulture,
                $" in episode {recorder.Episode}, state {recorder.State}, action {recorder.Action}");
        }
        finally
        {
            loop.Recorder = null;
        }

        return "";
    }

    static string Stack(Exception thrown) =>
        string.Join("; ", (thrown.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Take(StackLines));
}
