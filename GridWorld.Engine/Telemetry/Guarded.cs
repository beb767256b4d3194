using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GridWorld;

/// <summary>
/// Records measurements and activities so that a listener that throws loses its data but never ends the run or the process.
/// </summary>
internal static class Guarded
{
    public static void TryAdd(this Counter<long> counter, long delta, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(delta, tags);
        }
        catch (Exception)
        {
        }
    }

    public static void TryRecord(this Histogram<double> histogram, double value)
    {
        try
        {
            histogram.Record(value);
        }
        catch (Exception)
        {
        }
    }

    /// <summary>Starts an activity; null if no one listens or a listener throws.</summary>
    public static Activity? TryStart(this ActivitySource source, string name)
    {
        var before = Activity.Current;
        try
        {
            return source.StartActivity(name);
        }
        catch (Exception)
        {
            Return(before);
            return null;
        }
    }

    public static void TryStop(this Activity? activity)
    {
        try
        {
            activity?.Dispose();
        }
        catch (Exception)
        {
            Return(activity!.Parent);
        }
    }

    // An activity whose listener threw would otherwise stay current forever. This assignment also calls listeners, which may throw.
    static void Return(Activity? before)
    {
        try
        {
            Activity.Current = before;
        }
        catch (Exception)
        {
        }
    }
}
