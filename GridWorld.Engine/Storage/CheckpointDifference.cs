using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Finds the first difference between two checkpoints of an episode.</summary>
internal static class CheckpointDifference
{
    /// <summary>The first part that differs and the place in it; null if the checkpoints are the same, bit for bit.</summary>
    /// <param name="world">The world of the run, which names states and actions.</param>
    /// <param name="stored">The checkpoint in the file.</param>
    /// <param name="again">The checkpoint of the rerun.</param>
    public static string? First(World world, Checkpoint stored, Checkpoint again)
    {
        var parts = stored.Sections.ToDictionary(s => s.Name, s => s.Bytes);
        foreach (var (name, expected) in again.Sections)
        {
            // The moment at which visits are carried over from 32 to 64 bits depends on the slices of training; their sum does not.
            if (name.StartsWith("visits", StringComparison.Ordinal))
                continue;
            if (!parts.TryGetValue(name, out byte[]? bytes) || bytes.Length != expected.Length)
                return $"part '{name}': the file contains {bytes?.Length ?? 0} bytes, the rerun {expected.Length}";
            int place = bytes.AsSpan().CommonPrefixLength(expected);
            if (place < expected.Length)
                return Describe(world, name, bytes, expected, place);
        }

        var (visits, visitsAgain) = (Visits(world, stored), Visits(world, again));
        int pair = visits.AsSpan().CommonPrefixLength(visitsAgain);
        return pair < visits.Length
            ? $"part 'visits', {Pair(world, pair)}: the file contains {visits[pair]}, the rerun {visitsAgain[pair]}"
            : null;
    }

    static string Describe(World world, string name, byte[] stored, byte[] again, int place)
    {
        if (name is not ("q" or "q1" or "q2"))
            return $"part '{name}', byte {place}: the file contains {stored[place]}, the rerun {again[place]}";
        int pair = place / sizeof(double);
        return $"part '{name}', {Pair(world, pair)}: "
            + FormattableString.Invariant($"the file contains {Value(stored):R}, the rerun {Value(again):R}");

        double Value(byte[] bytes) => MemoryMarshal.Cast<byte, double>(bytes)[pair];
    }

    static string Pair(World world, int pair)
    {
        var (state, action) = Math.DivRem(pair, world.Actions);
        return $"state {state}, action {world.ActionNames[action]}";
    }

    static long[] Visits(World world, Checkpoint checkpoint)
    {
        var visits = new VisitCounts(world.States, world.Actions);
        visits.Load(new StateReader(checkpoint.Sections));
        return visits.ToArray();
    }
}
