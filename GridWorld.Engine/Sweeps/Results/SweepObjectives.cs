using System.Collections.Concurrent;
using System.Globalization;

namespace GridWorld;

/// <summary>The objectives of sweeps by name.</summary>
public static class SweepObjectives
{
    const string StepsTo = "steps_to:";
    static readonly ConcurrentDictionary<string, SweepObjective> registered = new(StringComparer.Ordinal);
    static readonly SweepObjective[] own =
    [
        new("mean_return_last_100", true), new("mean_return", true), new(StepsTo, false), new("optimality_gap", false),
    ];

    /// <summary>
    /// The names: <c>mean_return_last_100</c> and <c>mean_return</c>, which are maximized; <c>steps_to:X</c>, the number of steps until the
    /// mean return of the last 100 episodes is at least X, and <c>optimality_gap</c>, which are minimized; then those that were registered.
    /// </summary>
    public static IReadOnlyList<string> Names => [.. own.Select(o => o.Name == StepsTo ? o.Name + "X" : o.Name),
        .. registered.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes a function known as an objective in this process.</summary>
    /// <param name="name">The name, 1 to 64 lower-case letters, digits and underscores.</param>
    /// <param name="score">The score of one seed from its episodes. The objective of a trial is the mean over its seeds. The function must
    /// return the same number for the same episodes.</param>
    /// <param name="higherIsBetter">Whether the score is maximized.</param>
    /// <param name="replace">Whether the function replaces one that was registered under the same name. Default no.</param>
    /// <exception cref="InputException">The name is invalid or taken.</exception>
    public static void Register(string name, Func<IReadOnlyList<EpisodeRecord>, double> score, bool higherIsBetter, bool replace = false)
    {
        string shown = Printable.Text(Guard.NotNull(name));
        var objective = new SweepObjective(name, higherIsBetter, Score: Guard.NotNull(score));
        new Faults().Require(name.Length is >= 1 and <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'),
            $"The name of an objective must have 1 to 64 lower-case letters, digits and underscores (got '{shown}').")
            .Require(own.All(o => o.Name != name), $"The objective '{shown}' is built in. Use another name.")
            .ThrowIfAny();
        if (replace)
            registered[name] = objective;
        else if (!registered.TryAdd(name, objective))
            throw new InputException($"An objective '{shown}' is registered already. Use another name, or pass replace: true.");
    }

    /// <summary>The objective of a name.</summary>
    /// <exception cref="InputException">There is no such objective.</exception>
    internal static SweepObjective Parse(string text)
    {
        if (text.StartsWith(StepsTo, StringComparison.Ordinal))
        {
            return double.TryParse(text[StepsTo.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out double target)
                && double.IsFinite(target)
                ? new(text, false, target)
                : throw new InputException($"steps_to: must be followed by a return, such as steps_to:-15 (got {Printable.Text(text)}).");
        }

        if (own.FirstOrDefault(o => o.Name == text) is { } objective || registered.TryGetValue(text, out objective))
            return objective;
        string hint = NearNames.Of(text, Names) is [var near, ..] ? $"Did you mean {near}?" : $"Use one of {string.Join(", ", Names)}.";
        throw new InputException($"There is no objective '{Printable.Text(text)}'. {hint}");
    }
}
