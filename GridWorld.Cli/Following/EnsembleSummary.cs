using System.Globalization;

namespace GridWorld.Cli;

/// <summary>Follows an ensemble to its end, and prints what came of it.</summary>
internal static class EnsembleSummary
{
    /// <returns>Whether every seed ended well.</returns>
    public static async Task<bool> FollowAsync(Ensemble ensemble, bool json, WidgetServer? server = null)
    {
        using var interrupt = new Interrupt(ensemble.Stop);
        server?.Register(ensemble);
        Serving.Say(server, ensemble.Id);
        await Progress.FollowAsync(ensemble);
        Print(ensemble, json);
        if (ensemble.StoreError is { } error)
            Console.Error.WriteLine($"The end of the ensemble could not be stored: {error}");
        else if (ensemble.State == RunState.Stopped)
            Console.Error.WriteLine($"Stopped after episode {ensemble.Status().Episodes}. To resume: gridworld resume {ensemble.Id}");
        await interrupt.StayAsync(server);
        return ensemble.Status() is { Failed: 0 } && ensemble.StoreError is null;
    }

    /// <summary>Prints an ensemble: what its seeds came to, and the interquartile mean over them.</summary>
    public static void Print(EnsembleView ensemble, bool json)
    {
        var status = ensemble.Status();
        if (status.Message is { } message)
            Console.Error.WriteLine(Printable.Line(message));
        if (json)
        {
            Json.Print(writer => SweepJsonFile.Write(writer, ensemble));
            return;
        }

        var seeds = ensemble.Seeds;
        var (mean, interval) = seeds.InterquartileReturn();
        Facts.Print(("ensemble id", ensemble.Id), ("seeds", $"{ensemble.SeedCount} from {ensemble.Specification.Seed}"),
            ("episodes each", status.Episodes), ("steps", status.Steps), ("steps per second", Facts.Speed(status.StepsPerSecond)),
            ("mean return of the last 100", mean is null ? null : string.Create(CultureInfo.InvariantCulture,
                $"{mean:0.###} (interquartile"
                + $" mean{(interval is null ? "" : $", 95 % interval {interval.Low:0.###} to {interval.High:0.###}")})")),
            ("greedy value", Range(seeds.Select(s => s.GreedyValue))), ("optimal value", ensemble.OptimalValue()));
    }

    static string? Range(IEnumerable<double?> values) => values.OfType<double>().ToArray() is { Length: > 0 } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.Min():0.###} to {known.Max():0.###}") : null;
}
