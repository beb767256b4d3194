using System.Globalization;

namespace GridWorld;

/// <summary>The facts about a run, as pairs of name and text.</summary>
internal sealed class RunFacts(RunView view, RunStatus status)
{
    RunSpecification Specification => view.Specification;

    /// <summary>Whether the run is in training or paused.</summary>
    public bool IsUnderWay => status.State is RunState.Training or RunState.Paused;

    public string Headline => Printable.Line($"{view.Name}: {Specification.Learner.Name} in {WorldText}, seed {Specification.Seed}");

    public string Progress =>
        $"{StateText}: {Numerals.Count(status.Episodes)}{Target} {Episodes}, {Numerals.Count(status.Steps)} {Steps}{Speed}";

    public string Return => status.MeanReturnLast100 is null ? $"no {Episode} has ended yet"
        : Specification.IsPlanned ? $"{Numerals.Short(status.MeanReturnLast100)} at the start (discounted){Optimum}"
        : $"{Numerals.Short(status.MeanReturnLast100)} on average over the last {Math.Min(100, status.Episodes)} episodes (sum of"
        + $" rewards, undiscounted){Optimum}";

    public string Settings => string.Join(", ", Specification.Learner.Effective
        .Select(h => $"{h.Name.Replace('_', ' ')} {Numerals.Short(status.Settings[h.Name])}"));

    /// <summary>The rows of a table, most important first.</summary>
    public IEnumerable<(string Name, string Text)> Rows()
    {
        yield return ("State", Progress);
        yield return (Specification.IsPlanned ? "Value" : "Return", Return);
        if (status.GreedyValue is not null || status.OptimalActionShare is not null)
            yield return ("Greedy policy", Policy);
        if (OptimumMissing is { } why)
            yield return ("Optimum", why);
        yield return ("Settings", Settings);
        if (status.Message is { } message)
            yield return ("Error", message);
    }

    /// <summary>The caption of the picture: everything that distinguishes this picture from others.</summary>
    public string Caption()
    {
        string when = view.EventLog is [var first, ..]
            ? first.Timestamp.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC', ", CultureInfo.InvariantCulture) : "";
        return $"{Headline} · {Numerals.Count(status.Episodes)} {Episodes} · "
            + (Specification.IsPlanned ? $"value {Numerals.Short(status.MeanReturnLast100)} at the start"
            : $"return {Numerals.Short(status.MeanReturnLast100)} per episode "
            + $"(sum of rewards, mean of the last {Math.Min(100, status.Episodes)})") + $" · {when}GridWorld {Telemetry.Version}";
    }

    public string Text(string? link)
    {
        var lines = new List<string> { Headline, Progress, $"{(Specification.IsPlanned ? "value" : "return")}: {Return}",
            OptimumMissing is { } why ? $"{Settings}; optimum: {why}" : Settings };
        if (status.Message is { } message)
            lines.Add($"error: {message}");
        else if (link is not null)
            lines.Add($"live view: {link}");
        return string.Join('\n', lines);
    }

    string WorldText => $"{(view.World.Name.Length > 0 ? view.World.Name : "a world")} ({view.World.Width}×{view.World.Height})";

    string StateText => status.State.ToString().ToLowerInvariant();

    string Target => status.TargetEpisodes is { } target && IsUnderWay ? $" of {Numerals.Count(target)}" : "";

    string Speed => status.StepsPerSecond > 0 ? $", {Numerals.Large(status.StepsPerSecond)} {Steps}/s" : "";

    string Episode => Specification.IsPlanned ? "pass" : "episode";

    string Episodes => Specification.IsPlanned ? "passes" : "episodes";

    string Steps => Specification.IsPlanned ? "updates" : "steps";

    string Optimum =>
        status.OptimalReturn is not { } optimum ? ""
        : Specification.IsPlanned ? $"; the optimum is {Numerals.Short(optimum)} (exact)"
        : $"; the optimal policy returns {Numerals.Short(optimum)} (exact, undiscounted)";

    string? OptimumMissing => status.TruthMessage
        ?? (status.OptimalValue is null ? "is still being computed; show the run again to see it" : null);

    string Policy =>
        $"discounted value {Numerals.Short(status.GreedyValue)} at the start (optimum {Numerals.Short(status.OptimalValue)}, discounted)"
        + (status.OptimalActionShare is { } share
        ? $", {(100 * share).ToString("0.#", CultureInfo.InvariantCulture)} % of the states act optimally" : "")
        + (status.TruthEpisode is { } episode ? $", computed after {Episode} {Numerals.Count(episode)}" : "");
}
