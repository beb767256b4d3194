using System.Globalization;

namespace GridWorld;

/// <summary>
/// Describes an exception of a user's learner or simulator. To find the place, it replays the steps since the last boundary until the
/// exception recurs.
/// </summary>
internal static class ForeignFault
{
    const int StackLines = 3;
    const long MostSteps = 1 << 22;

    /// <summary>The description of an exception, in a sentence.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="where">The result of <see cref="Where"/>.</param>
    public static string Words(Exception thrown, string where) =>
        thrown is InputException ? thrown.Message : $"{thrown.GetType().Name}{where}: {thrown.Message} {Stack(thrown)}";

    /// <summary>Advances a loop until it throws again, and returns the place; an empty string if it does not throw.</summary>
    /// <param name="thrown">The first exception.</param>
    /// <param name="loop">The loop, restored to an earlier boundary.</param>
    /// <param name="advance">Advances the loop by at most the given numbers of steps and episodes, until the buffer is full.</param>
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
