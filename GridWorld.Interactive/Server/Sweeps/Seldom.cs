using System.Diagnostics;

namespace GridWorld;

/// <summary>
/// A value that is computed again when what it comes from has changed, but takes at most a fifth of the time: until then, the last one is
/// given again.
/// </summary>
internal sealed class Seldom<TStamp, T>(Func<T> compute) where TStamp : struct, IEquatable<TStamp>
{
    const int Rarity = 5;
    readonly Lock gate = new();
    (TStamp Stamp, T Value)? last;
    long at;
    TimeSpan took;

    /// <summary>Gets the value.</summary>
    /// <param name="stamp">Stands for what the value comes from.</param>
    public T At(TStamp stamp)
    {
        lock (gate)
        {
            if (last is { } known && (known.Stamp.Equals(stamp) || Stopwatch.GetElapsedTime(at) < took * Rarity))
                return known.Value;
            var begun = Stopwatch.GetTimestamp();
            var value = compute();
            // The first time, the code is compiled, too: that says nothing about the next time.
            (last, took, at) = ((stamp, value), last is null ? default : Stopwatch.GetElapsedTime(begun), Stopwatch.GetTimestamp());
            return value;
        }
    }
}
