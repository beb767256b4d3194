using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GridWorld;

/// <summary>Measurements and activities as they are made here: a listener that throws costs its data, never the run or the process.</summary>
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

    /// <summary>A new activity; null while no one listens, or if a listener throws.</summary>
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

    // What a listener broke off would stay the current activity forever. A listener hears of this, too.
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
