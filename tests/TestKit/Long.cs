using System.Diagnostics;
using System.Globalization;

namespace GridWorld.Tests;

/// <summary>
/// The long form of a test. <c>dotnet run build.cs long NAME [SEED [COUNT]]</c> sets the one variable to NAME:SEED:COUNT and runs the
/// test of that name; in the suite it is not set.
/// </summary>
internal static class Long
{
    static readonly string[] Asked = (Environment.GetEnvironmentVariable("GRIDWORLD_LONG") ?? "").Split(':');

    /// <summary>Whether this test was asked for in its long form.</summary>
    public static bool Is(string name) => Asked[0] == name;

    /// <summary>How many rounds, seconds or episodes: the suite's number, or the long form's, unless another was asked for.</summary>
    public static long Count(string name, long suite, long isLong) => !Is(name) ? suite : Part(2) ?? isLong;

    /// <summary>The suite's seed; in the long form the one asked for, else one that no run before had.</summary>
    public static ulong Seed(string name, ulong suite) => !Is(name) ? suite : (ulong)(Part(1) ?? Stopwatch.GetTimestamp() % 1_000_000_000);

    /// <summary>Prints figures of a long form.</summary>
    public static void Say(string name, string figures)
    {
        if (Is(name))
            Console.WriteLine($"long {name}: {figures}");
    }

    static long? Part(int place) =>
        Asked.Length > place && Asked[place].Length > 0 ? long.Parse(Asked[place], CultureInfo.InvariantCulture) : null;
}
